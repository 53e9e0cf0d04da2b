#include "api/native/error.h"

#include "json/writer.h"

namespace dss::api::native {
http::Response error_response(const http::Failure& failure, const base::Clock& clock) {
  http::Response response;
  response.status = failure.status;
  if (failure.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(failure.retry_after_seconds));
  }
  if (failure.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("error").string(failure.code);
  writer.key("message").string(failure.message);
  writer.key("timestamp").string(base::iso8601(clock.system()));
  writer.end_object();
  return response;
}

http::ErrorRenderer error_renderer(const base::Clock& clock) {
  return [&clock](const http::Failure& failure) { return error_response(failure, clock); };
}

}  // namespace dss::api::native
