#include "api/native/feedback.h"

#include "api/native/error.h"
#include "api/native/feedback_request.h"
#include "api/native/json_body.h"
#include "json/writer.h"

namespace dss::api::native {
namespace {

http::Response status(int code, std::string_view word, std::string_view reason) {
  http::Response response;
  response.status = code;
  json::Writer writer(&response.body);
  writer.begin_object().key("status").string(word);
  if (!reason.empty()) writer.key("reason").string(reason);
  writer.end_object();
  return response;
}

http::Response answer(FeedbackFate fate, const base::Clock& clock) {
  switch (fate) {
    case FeedbackFate::kTaken:
      return status(202, "accepted", {});
    case FeedbackFate::kNotConfigured:
      return status(200, "not_kept", "not_configured");
    case FeedbackFate::kNotWanted:
      return status(200, "not_kept", "do_not_store");
    case FeedbackFate::kNoRoom:
      break;
  }
  return error_response({.status = 503,
                         .code = "feedback_unavailable",
                         .message = "The feedback database does not keep up; try again shortly.",
                         .retry_after_seconds = 5},
                        clock);
}

}  // namespace

http::Response take_feedback(const Service& service, const http::Request& request) {
  if (auto refusal = refuse_body_type(request, *service.clock)) return std::move(*refusal);
  auto feedback = parse_feedback_request(request.body, &json::thread_reader());
  if (!feedback) return issues_response("validation_error", feedback.error(), *service.clock);
  feedback->tenant = request.caller.tenant;
  return answer(service.feedback(*feedback), *service.clock);
}

}  // namespace dss::api::native
