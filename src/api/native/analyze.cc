#include "api/native/analyze.h"

#include <utility>

#include "api/ask.h"
#include "api/native/answer.h"
#include "api/native/score_request.h"

namespace dss::api::native {

void analyze(const Service& service, const http::Request& request, http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (auto refusal = refuse_body(service, request)) return responder.send(std::move(*refusal));
  const auto wanted =
      parse_score_request(request.body, service.default_model, &json::thread_reader());
  if (!wanted) {
    return responder.send(issues_response("validation_error", wanted.error(), *service.clock));
  }
  const std::size_t trimmed = wanted->trimmed_in_front;
  ask(
      service, {request, begun, service.clock->steady()},
      {.text = wanted->text,
       .model = kept_model(service, wanted->model),
       .explain = wanted->explain},
      [&service, begun, trimmed](const Scored& scored) {
        return answer_text(service, scored, begun, trimmed);
      },
      std::move(responder));
}

}  // namespace dss::api::native
