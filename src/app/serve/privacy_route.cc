#include "app/serve/privacy_route.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "app/privacy/record.h"
#include "base/accept.h"
#include "http/query.h"

namespace dss::app {
namespace {

struct Texts {
  std::string markdown;
  std::string json;
};

Texts texts_of(const ServeSettings& settings, RecordLanguage language) {
  const ProcessingRecord record = processing_record(settings, language);
  return {.markdown = record_markdown(record), .json = record_json(record)};
}

RecordLanguage language_of(const http::Request& request) {
  if (const auto asked = http::query_parameter(request.query, "language")) {
    if (const auto known = record_language(*asked)) return *known;
  }
  static constexpr std::string_view kOffered[] = {"en", "fr"};
  return base::preferred_language(request.header("accept-language"), kOffered) == 0
             ? RecordLanguage::kEnglish
             : RecordLanguage::kFrench;
}

// Of both wanted alike: the one that was asked for by name, else JSON.
bool wants_markdown(const http::Request& request) {
  if (const auto format = http::query_parameter(request.query, "format")) {
    return *format == "markdown";
  }
  const std::string_view accept = request.header("accept");
  const base::AcceptWish markdown = base::media_wish(accept, "text", "markdown");
  const base::AcceptWish json = base::media_wish(accept, "application", "json");
  if (markdown.q != json.q) return markdown.q > json.q;
  return markdown.specificity > json.specificity;
}

}  // namespace

http::Route privacy_route(const ServeSettings& settings) {
  const auto texts = std::make_shared<const std::array<Texts, 2>>(std::array{
      texts_of(settings, RecordLanguage::kEnglish), texts_of(settings, RecordLanguage::kFrench)});
  http::Route route;
  route.method = http::Method::kGet;
  route.path = "/privacy";
  route.handler = [texts](const http::Request& request, http::Responder responder) {
    const RecordLanguage language = language_of(request);
    const Texts& chosen = (*texts)[static_cast<std::size_t>(language)];
    const bool markdown = wants_markdown(request);
    http::Response response;
    response.content_type = markdown ? "text/markdown; charset=utf-8" : "application/json";
    response.headers.emplace_back("Content-Language",
                                  language == RecordLanguage::kFrench ? "fr" : "en");
    response.headers.emplace_back("Vary", "Accept, Accept-Language");
    response.body = markdown ? chosen.markdown : chosen.json;
    responder.send(std::move(response));
  };
  return route;
}

}  // namespace dss::app
