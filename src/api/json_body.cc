#include "api/json_body.h"

#include "api/media_type.h"

namespace dss::api {
namespace {

tl::unexpected<http::Failure> refuse(int status, std::string_view code, std::string message) {
  return tl::unexpected(
      http::Failure{.status = status, .code = code, .message = std::move(message)});
}

}  // namespace

tl::expected<json::Value, http::Failure> json_object(const http::Request& request,
                                                     json::Reader* reader) {
  const std::string_view encoding = request.header("content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    return refuse(415, "unsupported_media_type",
                  "The body must not be compressed (Content-Encoding)");
  }
  if (!is_json(request.header("content-type"))) {
    return refuse(415, "unsupported_media_type",
                  "The body must be JSON in UTF-8: Content-Type: application/json");
  }
  std::string_view body = request.body;
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  const auto root = reader->parse_padded(body);
  if (!root) {
    return refuse(400, "invalid_json",
                  "The body is not valid JSON: " + json::describe(root.error(), body));
  }
  if (!root->is_object()) return refuse(400, "not_an_object", "The body must be a JSON object");
  return *root;
}

}  // namespace dss::api
