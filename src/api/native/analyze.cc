#include "api/native/analyze.h"

#include <algorithm>
#include <utility>

#include "api/ask.h"
#include "api/failure.h"
#include "api/listed.h"
#include "api/media_type.h"
#include "api/native/error.h"
#include "api/native/score_request.h"
#include "api/native/score_response.h"

namespace dss::api::native {
namespace {

// The service's own name for a model that the request names: it outlives the parser's memory.
std::string_view kept_model(const Service& service, std::string_view model) {
  const auto& types = service.model_types;
  const auto found = std::find(types.begin(), types.end(), model);
  return found != types.end() ? *found : std::string_view(service.default_model);
}

http::Response unsupported_media_type(const Service& service) {
  return error_response(
      {.status = 415,
       .code = "unsupported_media_type",
       .message = "The body must be JSON in UTF-8: Content-Type: application/json"},
      *service.clock);
}

bool is_plain(std::string_view content_encoding) {
  return content_encoding.empty() || content_encoding == "identity";
}

http::Response unsupported_encoding(const Service& service) {
  http::Response response =
      error_response({.status = 415,
                      .code = "unsupported_media_type",
                      .message = "The body must not be compressed (Content-Encoding)"},
                     *service.clock);
  response.headers.emplace_back("Accept-Encoding", "identity");
  return response;
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

http::Response answer(const Service& service, const Scored& scored, base::SteadyTime begun,
                      std::size_t trimmed_in_front, const std::optional<Listed>& lists) {
  if (!scored.outcome) return refuse(service, scored.outcome.error());
  http::Response response;
  response.body =
      write_score_response(*scored.outcome, {.model = scored.model,
                                             .verdict = scored.verdict,
                                             .processing = service.clock->steady() - begun,
                                             .timestamp = service.clock->system(),
                                             .trimmed_in_front = trimmed_in_front,
                                             .thresholds = &service.thresholds,
                                             .blocklists = lists ? &lists->matches : nullptr});
  return response;
}

}  // namespace

void analyze(const Service& service, const http::Request& request, http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  if (!is_plain(request.header("content-encoding"))) {
    return responder.send(unsupported_encoding(service));
  }
  if (!is_json(request.header("content-type"))) {
    return responder.send(unsupported_media_type(service));
  }
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
      [&service, begun, trimmed, lists = listed(service, wanted->text)](const Scored& scored) {
        return answer(service, scored, begun, trimmed, lists);
      },
      std::move(responder));
}

}  // namespace dss::api::native
