#include "api/native/analyze.h"

#include <algorithm>
#include <utility>

#include "api/ask.h"
#include "api/failure.h"
#include "api/native/error.h"
#include "api/native/json_body.h"
#include "api/native/score_request.h"
#include "api/native/score_response.h"
#include "api/policy_choice.h"

namespace dss::api::native {
namespace {

// The service's own name for a model that the request names: it outlives the parser's memory.
std::string_view kept_model(const Service& service, std::string_view model) {
  const auto& types = service.model_types;
  const auto found = std::find(types.begin(), types.end(), model);
  return found != types.end() ? *found : std::string_view(service.default_model);
}

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
        .message = failure.message,
        .type = about_model ? "value_error.unknown_model" : "value_error.unsupported_language",
        .context = {}}},
      *service.clock);
}

http::Response refuse_policy(const Service& service, const base::Error& error) {
  return issues_response("unknown_policy",
                         {{.field = "X-Policy",
                           .position = {},
                           .message = error.message,
                           .type = "value_error.unknown_policy",
                           .context = {},
                           .place = "header"}},
                         *service.clock);
}

/// What is kept of a request until its text is scored.
struct Kept {
  base::SteadyTime begun;
  std::size_t trimmed_in_front = 0;
  PolicyPointer policy;     ///< null: none applies
  policy::Matches matches;  ///< views into the policy
};

http::Response answer(const Service& service, const Scored& scored, const Kept& kept) {
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
                                        .decision = kept.policy != nullptr ? &decision : nullptr});
  return response;
}

}  // namespace

void analyze(const Service& service, const http::Request& request, http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (auto refusal = refuse_body_type(request, *service.clock)) {
    return responder.send(std::move(*refusal));
  }
  const auto wanted =
      parse_score_request(request.body, service.default_model, &json::thread_reader());
  if (!wanted) {
    return responder.send(issues_response("validation_error", wanted.error(), *service.clock));
  }
  auto policy = policy_of_request(service, request);
  if (!policy) return responder.send(refuse_policy(service, policy.error()));
  Kept kept{.begun = begun,
            .trimmed_in_front = wanted->trimmed_in_front,
            .policy = std::move(*policy),
            .matches = {}};
  if (kept.policy != nullptr) kept.matches = policy::match_lists(*kept.policy, wanted->text);
  ask(
      service, {request, begun, service.clock->steady()},
      {.text = wanted->text,
       .model = kept_model(service, wanted->model),
       .explain = wanted->explain},
      [&service, kept = std::move(kept)](const Scored& scored) {
        return answer(service, scored, kept);
      },
      std::move(responder));
}

}  // namespace dss::api::native
