#include "api/native/json_body.h"

#include <string_view>

#include "api/media_type.h"
#include "api/native/error.h"

namespace dss::api::native {
namespace {

http::Response unsupported_media_type(const base::Clock& clock) {
  return error_response(
      {.status = 415,
       .code = "unsupported_media_type",
       .message = "The body must be JSON in UTF-8: Content-Type: application/json"},
      clock);
}

bool is_plain(std::string_view content_encoding) {
  return content_encoding.empty() || content_encoding == "identity";
}

http::Response unsupported_encoding(const base::Clock& clock) {
  http::Response response =
      error_response({.status = 415,
                      .code = "unsupported_media_type",
                      .message = "The body must not be compressed (Content-Encoding)"},
                     clock);
  response.headers.emplace_back("Accept-Encoding", "identity");
  return response;
}

}  // namespace

std::optional<http::Response> refuse_body_type(const http::Request& request,
                                               const base::Clock& clock) {
  if (!is_plain(request.header("content-encoding"))) return unsupported_encoding(clock);
  if (!is_json(request.header("content-type"))) return unsupported_media_type(clock);
  return std::nullopt;
}

}  // namespace dss::api::native
