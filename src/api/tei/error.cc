#include "api/tei/error.h"

#include "api/failure.h"
#include "json/writer.h"

namespace dss::api::tei {
namespace {

std::string_view type_of(const http::Failure& failure) {
  switch (failure.status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return "validation";
    case 429:
      return "overloaded";
    case 503:
      return "unhealthy";
    case 500:
      return "backend";
    default:
      return failure.code;
  }
}

/// That server answers 429 when it has no room; 503 says that it is broken.
http::Failure with_their_status(http::Failure failure) {
  if (failure.code == "overloaded") failure.status = 429;
  return failure;
}

}  // namespace

http::Response error_response(const Error& error) {
  http::Response response;
  response.status = error.status;
  if (error.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
  }
  json::Writer(&response.body)
      .begin_object()
      .key("error")
      .string(error.message)
      .key("error_type")
      .string(error.type)
      .end_object();
  return response;
}

http::Response render(const http::Failure& received) {
  const http::Failure failure = with_their_status(received);
  return error_response({.status = failure.status,
                         .message = failure.message,
                         .type = type_of(failure),
                         .retry_after_seconds = failure.retry_after_seconds});
}

http::Response refusal(const base::Error& error) {
  const http::Failure failure = with_their_status(failure_of(error));
  Error shaped{.status = failure.status,
               .message = failure.message,
               .type = type_of(failure),
               .retry_after_seconds = failure.retry_after_seconds};
  if (failure.status == 500) shaped.status = 424;
  return error_response(shaped);
}

}  // namespace dss::api::tei
