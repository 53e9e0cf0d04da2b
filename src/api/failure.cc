#include "api/failure.h"

namespace dss::api {
namespace {

// A model that is not there has to be put there by somebody; room in a queue is soon made.
constexpr int kMissingModelSeconds = 30;
constexpr int kFullQueueSeconds = 1;

constexpr std::string_view kOwnFault = "The server failed to answer; its log says why.";

}  // namespace

http::Failure failure_of(const base::Error& error) {
  const auto failure = [&error](int status, std::string_view code) {
    return http::Failure{.status = status, .code = code, .message = error.message};
  };
  const auto later = [&failure](std::string_view code, int seconds) {
    http::Failure unavailable = failure(503, code);
    unavailable.retry_after_seconds = seconds;
    return unavailable;
  };
  switch (error.kind) {
    case base::ErrorKind::kInvalidArgument:
      return failure(422, "validation_error");
    case base::ErrorKind::kUnsupportedLanguage:
      return failure(422, "unsupported_language");
    case base::ErrorKind::kUnknownModel:
      return failure(422, "unknown_model");
    case base::ErrorKind::kModelMissing:
      return later("model_unavailable", kMissingModelSeconds);
    case base::ErrorKind::kUnavailable:
      return later("overloaded", kFullQueueSeconds);
    case base::ErrorKind::kTooLarge:
      return failure(413, "payload_too_large");
    case base::ErrorKind::kNotFound:
      return failure(404, "not_found");
    case base::ErrorKind::kUnauthorized:
      return failure(401, "unauthorized");
    case base::ErrorKind::kForbidden:
      return failure(403, "forbidden");
    case base::ErrorKind::kCorrupt:
    case base::ErrorKind::kIo:
    case base::ErrorKind::kInternal:
      break;
  }
  return {.status = 500, .code = "internal_error", .message = std::string(kOwnFault)};
}

}  // namespace dss::api
