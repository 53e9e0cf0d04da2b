#include "api/native/answer.h"

#include <algorithm>
#include <string>

#include "api/failure.h"
#include "api/media_type.h"
#include "api/native/error.h"
#include "api/native/score_response.h"
#include "api/native/validation.h"
#include "http/query.h"

namespace dss::api::native {
namespace {

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
        .index = {},
        .message = failure.message,
        .type = about_model ? "value_error.unknown_model" : "value_error.unsupported_language",
        .context = {}}},
      *service.clock);
}

}  // namespace

std::optional<http::Response> refuse_body(const Service& service, const http::Request& request) {
  if (!is_plain(request.header("content-encoding"))) return unsupported_encoding(service);
  if (!is_json(request.header("content-type"))) return unsupported_media_type(service);
  return std::nullopt;
}

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
  issue.part = "query";
  return tl::unexpected(issues_response("validation_error", {issue}, *service.clock));
}

http::Response answer_text(const Service& service, const Scored& scored, base::SteadyTime begun,
                           std::size_t trimmed_in_front) {
  if (!scored.outcome) return refuse(service, scored.outcome.error());
  http::Response response;
  response.body =
      write_score_response(*scored.outcome, {.model = scored.model,
                                             .verdict = scored.verdict,
                                             .processing = service.clock->steady() - begun,
                                             .timestamp = service.clock->system(),
                                             .trimmed_in_front = trimmed_in_front,
                                             .thresholds = &service.thresholds});
  return response;
}

}  // namespace dss::api::native
