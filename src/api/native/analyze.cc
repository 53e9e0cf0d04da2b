#include "api/native/analyze.h"

#include <algorithm>

#include "api/media_type.h"
#include "api/native/error.h"
#include "api/native/score_request.h"
#include "api/native/score_response.h"

namespace dss::api::native {
namespace {

std::uint8_t annotation_of(const Service& service, std::string_view model) {
  const auto& types = service.model_types;
  const auto found = std::find(types.begin(), types.end(), model);
  return found == types.end() ? 0 : static_cast<std::uint8_t>(1 + (found - types.begin()));
}

Refusal refusal_of(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::kInvalidArgument:
    case base::ErrorKind::kUnsupportedLanguage:
    case base::ErrorKind::kTooLarge:
      return Refusal::kValidation;
    case base::ErrorKind::kUnavailable:
    case base::ErrorKind::kUnknownModel:
    case base::ErrorKind::kCorrupt:
      return Refusal::kModel;
    default:
      return Refusal::kServer;
  }
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
http::Response refuse(const Service& service, const http::Request& request, std::string_view model,
                      const base::Error& error) {
  const Refusal refusal = refusal_of(error);
  service.stats->refused(refusal);
  if (service.observer != nullptr) service.observer->refused(model, refusal, request);
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

http::Response score(const Service& service, const http::Request& request,
                     const ScoreRequest& wanted, base::SteadyTime begun) {
  const base::SteadyTime parsed = service.clock->steady();
  const auto outcome =
      service.backend.score(wanted.text, {.model = wanted.model, .explain = wanted.explain});
  if (!outcome) return refuse(service, request, wanted.model, outcome.error());
  const auto verdict = verdict_of(*outcome);
  if (!verdict) {
    return refuse(service, request, wanted.model,
                  {base::ErrorKind::kCorrupt, "the model's answer is not a probability"});
  }
  const base::SteadyTime done = service.clock->steady();
  service.stats->scored(*verdict);
  if (service.observer != nullptr) {
    service.observer->analysed({.model = wanted.model,
                                .outcome = *outcome,
                                .verdict = *verdict,
                                .parse_seconds = base::seconds_between(begun, parsed),
                                .processing_seconds = base::seconds_between(begun, done),
                                .request = request});
  }
  http::Response response;
  response.body = write_score_response(*outcome, {.model = wanted.model,
                                                  .verdict = *verdict,
                                                  .processing = done - begun,
                                                  .timestamp = service.clock->system(),
                                                  .trimmed_in_front = wanted.trimmed_in_front,
                                                  .thresholds = &service.thresholds});
  return response;
}

}  // namespace

http::Response analyze(const Service& service, const http::Request& request) {
  const base::SteadyTime begun = service.clock->steady();
  if (!is_plain(request.header("content-encoding"))) return unsupported_encoding(service);
  if (!is_json(request.header("content-type"))) return unsupported_media_type(service);
  const auto wanted =
      parse_score_request(request.body, service.default_model, &json::thread_reader());
  if (!wanted) return issues_response("validation_error", wanted.error(), *service.clock);
  http::Response response = score(service, request, *wanted, begun);
  response.annotation.model = annotation_of(service, wanted->model);
  return response;
}

}  // namespace dss::api::native
