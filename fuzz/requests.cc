// Requests to every route of every protocol: `METHOD target`, lines `Name: value`, an empty line,
// and the body. Whatever they hold, one answer comes: not 500, its JSON and UTF-8 valid, its header
// fields free of control characters.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/azure/routes.h"
#include "api/deterministic_backend.h"
#include "api/discourse/routes.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"
#include "api/openai/routes.h"
#include "api/perspective/routes.h"
#include "api/tei/routes.h"
#include "base/utf8.h"
#include "blocklist/store.h"
#include "trace/context.h"

namespace {

using namespace dss;

/// The deterministic backend's answer, but with probabilities that are some.
base::Result<scoring::Outcome> score(std::string_view text, const scoring::Options& options) {
  auto outcome = api::deterministic_score(text, options);
  if (!outcome) return outcome;
  for (float& p : outcome->scores.probability) {
    if (!(p >= 0.01F && p <= 0.99F)) p = 0.5F;
  }
  if (options.explain) {
    outcome->explanation =
        api::deterministic_explanation(text, outcome->scores.probability.front());
  }
  return outcome;
}

/// All protocols over the deterministic backend, with a list in memory.
class Routes {
 public:
  Routes() {
    service_.backend = api::deterministic_backend();
    service_.backend.score = score;
    service_.clock = &clock_;
    service_.stats = &stats_;
    service_.blocklists = [this] { return lists_.matcher(); };
    api::native::add_routes(service_, &table_);
    api::perspective::add_routes(service_, {}, &table_);
    api::openai::add_routes(service_, &table_);
    api::tei::add_routes(service_, &table_);
    api::discourse::add_routes(service_, &table_);
    api::azure::add_routes(service_, &lists_, "https", &table_);
    router_ = std::make_unique<http::Router>(&table_);
    const blocklist::Item items[] = {{.id = "a", .text = "fool"},
                                     {.id = "b", .text = "f+o", .kind = blocklist::Kind::kPattern}};
    if (!lists_.put_list("own", nullptr) || !lists_.put_items("own", items)) std::abort();
    as_made_ = lists_.matcher();
  }
  [[nodiscard]] const http::Router& router() const { return *router_; }
  /// Whether a request has left something behind.
  [[nodiscard]] bool changed() const { return lists_.matcher() != as_made_; }

 private:
  base::ManualClock clock_;
  api::Stats stats_;
  blocklist::Store lists_;
  api::Service service_;
  http::RouteTable table_;
  std::unique_ptr<http::Router> router_;
  std::shared_ptr<const blocklist::Matcher> as_made_;
};

http::Method method_of(std::string_view name) {
  for (const auto method : {http::Method::kGet, http::Method::kHead, http::Method::kPost,
                            http::Method::kPut, http::Method::kPatch, http::Method::kDelete}) {
    if (http::method_name(method) == name) return method;
  }
  return http::Method::kOther;
}

bool is_control(char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; }

/// Takes the first line off `*text`, without its end.
std::string_view take_line(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  const std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return line;
}

/// Nothing: what the HTTP parser would have refused.
std::optional<api::TestRequest> read(std::string_view text) {
  api::TestRequest request;
  const std::string_view first = take_line(&text);
  const std::size_t space = std::min(first.find(' '), first.size());
  request.method = method_of(first.substr(0, space));
  request.path = first.substr(std::min(space + 1, first.size()));
  if (!request.path.starts_with('/') || request.path.find(' ') != std::string::npos) return {};
  if (std::any_of(request.path.begin(), request.path.end(), is_control)) return {};
  for (std::string_view line = take_line(&text); !line.empty(); line = take_line(&text)) {
    const std::size_t colon = line.find(": ");
    if (colon == line.npos || std::any_of(line.begin(), line.end(), is_control)) return {};
    request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  request.body = text;
  return request;
}

void check(const http::Response& response, std::string_view input) {
  if (response.status < 200 || response.status > 599) std::abort();
  // The deterministic backend has a defect on demand.
  if (response.status == 500 && input.find("break]") == input.npos) std::abort();
  for (const auto& [name, value] : response.headers) {
    if (std::any_of(value.begin(), value.end(), is_control)) std::abort();
  }
  if (!base::is_valid_utf8(response.body)) std::abort();
  static json::Reader reader;
  const bool is_json = response.content_type.starts_with("application/json");
  if (is_json && !response.body.empty() && !reader.parse(response.body)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto routes = std::make_unique<Routes>();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  auto request = read(input);
  if (!request) return 0;
  for (const auto& [name, value] : request->headers) {
    if (name == "traceparent") static_cast<void>(trace::parse_traceparent(value));
  }
  const bool is_route =
      routes->router()
          .match(request->method, request->path.substr(0, request->path.find('?')),
                 http::Door::kPublic)
          .route != nullptr;
  const auto response = api::run(routes->router(), std::move(*request));
  if (response.has_value() != is_route) std::abort();
  if (response) check(*response, input);
  if (routes->changed()) routes = std::make_unique<Routes>();
  return 0;
}
