#include "api/native/analyze.h"

#include <utility>

#include "api/ask.h"
#include "api/listed.h"
#include "api/native/answer.h"
#include "api/native/json_body.h"
#include "api/native/score_request.h"

namespace dss::api::native {

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
  auto policy = chosen_policy(service, request, wanted->community);
  if (!policy) return responder.send(std::move(policy.error()));
  Kept kept{.begun = begun,
            .trimmed_in_front = wanted->trimmed_in_front,
            .policy = std::move(*policy),
            .lists = listed(service, wanted->text)};
  if (kept.policy != nullptr) kept.matches = policy::match_lists(*kept.policy, wanted->text);
  ask(
      service, {request, begun, service.clock->steady()},
      {.text = wanted->text,
       .model = kept_model(service, wanted->model),
       .explain = wanted->explain},
      [&service, kept = std::move(kept)](const Scored& scored) {
        return answer_text(service, scored, kept);
      },
      std::move(responder));
}

}  // namespace dss::api::native
