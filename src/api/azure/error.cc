#include "api/azure/error.h"

#include "api/failure.h"
#include "json/writer.h"

namespace dss::api::azure {
namespace {

std::string_view code_of(int status) {
  switch (status) {
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "ResourceNotFound";
    case 405:
      return "MethodNotAllowed";
    case 429:
      return "TooManyRequests";
    case 503:
      return "ServerBusy";
    default:
      return status < 500 ? "InvalidRequestBody" : "InternalError";
  }
}

}  // namespace

http::Response error_response(const Error& error) {
  http::Response response;
  response.status = error.status;
  response.headers.emplace_back("x-ms-error-code", std::string(error.code));
  if (error.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
  }
  json::Writer writer(&response.body);
  writer.begin_object().key("error").begin_object();
  writer.key("code").string(error.code);
  writer.key("message").string(error.message);
  writer.end_object().end_object();
  return response;
}

http::Response render(const http::Failure& failure) {
  return error_response({.status = failure.status,
                         .code = code_of(failure.status),
                         .message = failure.message,
                         .retry_after_seconds = failure.retry_after_seconds});
}

http::Response refusal(const base::Error& error) {
  http::Failure failure = failure_of(error);
  if (failure.status == 422) failure.status = 400;  // which this protocol does not have
  return render(failure);
}

}  // namespace dss::api::azure
