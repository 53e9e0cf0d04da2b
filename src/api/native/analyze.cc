#include "api/native/analyze.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "api/media_type.h"
#include "api/native/error.h"
#include "api/native/score_request.h"
#include "api/native/score_response.h"

namespace dss::api::native {
namespace {

// Answers within the time that an event loop may take.
constexpr std::string_view kInlineModel = "simple";

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

// Milliseconds that the client waits for an answer from an encoder.
constexpr std::string_view kDeadlineHeader = "x-request-deadline-ms";

std::optional<base::SteadyTime> deadline_of(const http::Request& request, base::SteadyTime begun) {
  const std::string_view value = request.header(kDeadlineHeader);
  std::uint32_t milliseconds = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), milliseconds);
  if (value.empty() || error != std::errc() || end != value.data() + value.size()) {
    return std::nullopt;
  }
  return begun + std::chrono::milliseconds(milliseconds);
}

// A request that was understood, with what its answer takes; views hold until the answer.
struct Asked {
  const Service& service;
  const http::Request& request;
  std::string_view model;
  std::size_t trimmed_in_front;
  base::SteadyTime begun;
  base::SteadyTime parsed;
};

http::Response scored(const Asked& asked, const scoring::Outcome& outcome, const Verdict& verdict) {
  const Service& service = asked.service;
  const base::SteadyTime done = service.clock->steady();
  service.stats->scored(verdict);
  if (service.observer != nullptr) {
    service.observer->analysed({.model = asked.model,
                                .outcome = outcome,
                                .verdict = verdict,
                                .parse_seconds = base::seconds_between(asked.begun, asked.parsed),
                                .processing_seconds = base::seconds_between(asked.begun, done),
                                .request = asked.request});
  }
  http::Response response;
  response.body = write_score_response(outcome, {.model = asked.model,
                                                 .verdict = verdict,
                                                 .processing = done - asked.begun,
                                                 .timestamp = service.clock->system(),
                                                 .trimmed_in_front = asked.trimmed_in_front,
                                                 .thresholds = &service.thresholds});
  return response;
}

http::Response answer(const Asked& asked, const base::Result<scoring::Outcome>& outcome) {
  const auto respond = [&] {
    if (!outcome) return refuse(asked.service, asked.request, asked.model, outcome.error());
    Asked answered = asked;
    if (outcome->degraded) answered.model = kInlineModel;
    const auto verdict = verdict_of(*outcome);
    if (verdict) return scored(answered, *outcome, *verdict);
    return refuse(asked.service, asked.request, asked.model,
                  {base::ErrorKind::kCorrupt, "the model's answer is not a probability"});
  };
  http::Response response = respond();
  response.annotation.model = annotation_of(asked.service, asked.model);
  return response;
}

// An answer that a worker gives: keeps the model's name, which the parser's memory does not.
struct Waiting {
  std::string model;
  Asked asked;
  http::Responder responder;
};

bool answer_later(const Asked& asked, const ScoreRequest& wanted, http::Responder* responder) {
  const Service& service = asked.service;
  if (!service.backend.score_later) return false;
  const auto waiting =
      std::make_shared<Waiting>(Waiting{std::string(asked.model), asked, std::move(*responder)});
  waiting->asked.model = waiting->model;
  Later later{.gone = [waiting] { return waiting->responder.client_gone(); },
              .done =
                  [waiting](const base::Result<scoring::Outcome>& outcome) {
                    waiting->responder.send(answer(waiting->asked, outcome));
                  }};
  const scoring::Options options{.model = waiting->model,
                                 .explain = wanted.explain,
                                 .deadline = deadline_of(asked.request, asked.begun)};
  if (service.backend.score_later(wanted.text, options, &later)) return true;
  *responder = std::move(waiting->responder);
  return false;
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
  const Asked asked{
      service, request, wanted->model, wanted->trimmed_in_front, begun, service.clock->steady()};
  if (wanted->model != kInlineModel && answer_later(asked, *wanted, &responder)) return;
  const scoring::Options options{.model = wanted->model, .explain = wanted->explain};
  responder.send(answer(asked, service.backend.score(wanted->text, options)));
}

}  // namespace dss::api::native
