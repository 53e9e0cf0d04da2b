#include "app/serve/privacy_route.h"

#include <array>
#include <memory>
#include <string>

#include "app/privacy/record.h"
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

/// The first language of Accept-Language that there is a record in; weights are not compared.
RecordLanguage language_of(const http::Request& request) {
  if (const auto asked = http::query_parameter(request.query, "language")) {
    if (const auto known = record_language(*asked)) return *known;
  }
  std::string_view accepted = request.header("accept-language");
  while (!accepted.empty()) {
    const std::size_t comma = std::min(accepted.find(','), accepted.size());
    std::string_view tag = accepted.substr(0, comma);
    while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
    if (const auto known = record_language(tag.substr(0, tag.find(';')))) return *known;
    accepted.remove_prefix(std::min(comma + 1, accepted.size()));
  }
  return RecordLanguage::kEnglish;
}

bool wants_markdown(const http::Request& request) {
  if (const auto format = http::query_parameter(request.query, "format")) {
    return *format == "markdown";
  }
  return request.header("accept").find("text/markdown") != std::string_view::npos;
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
