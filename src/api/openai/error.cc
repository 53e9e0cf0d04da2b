#include "api/openai/error.h"

#include "api/failure.h"
#include "json/writer.h"

namespace dss::api::openai {
namespace {

std::string_view type_of(int status) {
  if (status == 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}

// The names that OpenAI's own clients know.
std::string_view code_of(const http::Failure& failure) {
  if (failure.status == 401) return "invalid_api_key";
  return failure.status == 429 ? "rate_limit_exceeded" : failure.code;
}

void write_or_null(std::string_view value, json::Writer* writer) {
  value.empty() ? writer->null() : writer->string(value);
}

}  // namespace

http::Response error_response(const Error& error) {
  http::Response response;
  response.status = error.status;
  if (error.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
  }
  json::Writer writer(&response.body);
  writer.begin_object().key("error").begin_object();
  writer.key("message").string(error.message);
  writer.key("type").string(type_of(error.status));
  writer.key("param");
  write_or_null(error.param, &writer);
  writer.key("code");
  write_or_null(error.code, &writer);
  writer.end_object().end_object();
  return response;
}

http::Response render(const http::Failure& failure) {
  return error_response({.status = failure.status,
                         .message = failure.message,
                         .code = code_of(failure),
                         .retry_after_seconds = failure.retry_after_seconds});
}

http::Response refusal(const base::Error& error) {
  const http::Failure failure = failure_of(error);
  // This protocol has no 422: what is wrong with the input is a 400.
  if (failure.status != 422) return render(failure);
  return error_response(
      {.status = 400, .message = failure.message, .param = "input", .code = failure.code});
}

}  // namespace dss::api::openai
