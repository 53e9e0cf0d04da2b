#include "api/perspective/calls.h"

#include <utility>

#include "api/perspective/media.h"
#include "json/writer.h"

namespace dss::api::perspective {

tl::expected<Analysis, Refusal> plan_analysis(const Context& context, std::string_view body) {
  auto request = parse_analyze_request(body, &json::thread_reader());
  if (!request) return tl::unexpected(std::move(request.error()));
  return Analysis::plan(context, std::move(*request));
}

http::Response suggest_score(const Context& context, std::string_view body) {
  const auto suggestion = parse_suggestion(body, &json::thread_reader());
  if (!suggestion) return error_response(suggestion.error());
  if (context.settings.feedback) context.settings.feedback(*suggestion);
  http::Response response;
  response.content_type = kJson;
  json::Writer writer(&response.body);
  writer.begin_object();
  if (!suggestion->client_token.empty()) writer.key("clientToken").string(suggestion->client_token);
  writer.end_object();
  return response;
}

}  // namespace dss::api::perspective
