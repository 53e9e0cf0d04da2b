#include "api/native/answer.h"

#include <algorithm>
#include <string>

#include "api/failure.h"
#include "api/native/error.h"
#include "api/native/score_response.h"
#include "api/native/validation.h"
#include "http/query.h"

namespace dss::api::native {
namespace {

// Failures that concern the text also carry `detail`, so that clients which read only that learn
// the cause.
http::Response refuse(const Service& service, const base::Error& error) {
  const http::Failure failure = failure_of(error);
  if (failure.status != 422) return error_response(failure, *service.clock);
  const bool about_model = error.kind == base::ErrorKind::kUnknownModel;
  return issues_response(
      failure.code,
      {{.field = about_model ? "model" : "text",
        .position = {},
        .index = {},
        .message = failure.message,
        .type = about_model ? "value_error.unknown_model" : "value_error.unsupported_language",
        .context = {}}},
      *service.clock);
}

}  // namespace

std::string_view kept_model(const Service& service, std::string_view model) {
  const auto& types = service.model_types;
  const auto found = std::find(types.begin(), types.end(), model);
  return found != types.end() ? *found : std::string_view(service.default_model);
}

tl::expected<std::string_view, http::Response> model_in_query(const Service& service,
                                                              const http::Request& request) {
  const std::string model =
      http::query_parameter(request.query, "model").value_or(service.default_model);
  const std::string_view kept = kept_model(service, model);
  if (kept == model) return kept;
  Issue issue = unknown_model();
  issue.place = "query";
  return tl::unexpected(issues_response("validation_error", {issue}, *service.clock));
}

tl::expected<PolicyPointer, http::Response> chosen_policy(const Service& service,
                                                          const http::Request& request,
                                                          std::string_view community) {
  auto policy = policy_of_request(service, request, community);
  if (policy) return std::move(*policy);
  return tl::unexpected(issues_response("unknown_policy",
                                        {{.field = "X-Policy",
                                          .position = {},
                                          .index = {},
                                          .message = policy.error().message,
                                          .type = "value_error.unknown_policy",
                                          .context = {},
                                          .place = "header"}},
                                        *service.clock));
}

http::Response answer_text(const Service& service, const Scored& scored, const Kept& kept) {
  if (!scored.outcome) return refuse(service, scored.outcome.error());
  policy::Decision decision;
  if (kept.policy != nullptr) {
    decision = decide(*kept.policy, kept.matches, *scored.outcome, service.thresholds);
  }
  http::Response response;
  response.body = write_score_response(*scored.outcome,
                                       {.model = scored.model,
                                        .verdict = scored.verdict,
                                        .processing = service.clock->steady() - kept.begun,
                                        .timestamp = service.clock->system(),
                                        .trimmed_in_front = kept.trimmed_in_front,
                                        .thresholds = &service.thresholds,
                                        .policy = kept.policy.get(),
                                        .decision = kept.policy != nullptr ? &decision : nullptr,
                                        .blocklists = kept.lists ? &kept.lists->matches : nullptr});
  return response;
}

}  // namespace dss::api::native
