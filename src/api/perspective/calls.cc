#include "api/perspective/calls.h"

#include <algorithm>
#include <utility>

#include "api/feedback.h"
#include "api/perspective/media.h"
#include "api/perspective/suggestion.h"
#include "json/writer.h"

namespace dss::api::perspective {

namespace {

// A comment whose spans alone are scored deserves what its worst span does.
double value_of(const SuggestedScore& score) {
  if (score.summary) return *score.summary;
  float highest = 0;
  for (const SuggestedSpan& span : score.spans) highest = std::max(highest, span.value);
  return highest;
}

// Whether it is kept is not the client's concern: the answer is the same.
void keep(const Service& service, const http::Caller& caller, const Suggestion& suggestion) {
  Feedback feedback{.text = suggestion.text,
                    .community_id = suggestion.community,
                    .client_token = suggestion.client_token,
                    .tenant = caller.tenant,
                    .do_not_store = suggestion.do_not_store};
  for (const SuggestedScore& score : suggestion.scores) {
    feedback.labels.push_back({score.attribute, value_of(score)});
  }
  static_cast<void>(service.feedback(feedback));
}

}  // namespace

tl::expected<Analysis, Refusal> plan_analysis(const Context& context, std::string_view body) {
  auto request = parse_analyze_request(body, &json::thread_reader());
  if (!request) return tl::unexpected(std::move(request.error()));
  return Analysis::plan(context, std::move(*request));
}

http::Response suggest_score(const Context& context, const http::Caller& caller,
                             std::string_view body) {
  const auto suggestion = parse_suggestion(body, &json::thread_reader());
  if (!suggestion) return error_response(suggestion.error());
  if (context.service.feedback) keep(context.service, caller, *suggestion);
  http::Response response;
  response.content_type = kJson;
  json::Writer writer(&response.body);
  writer.begin_object();
  if (!suggestion->client_token.empty()) writer.key("clientToken").string(suggestion->client_token);
  writer.end_object();
  return response;
}

}  // namespace dss::api::perspective
