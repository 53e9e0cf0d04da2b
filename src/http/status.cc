#include "http/status.h"

namespace dss::http {
namespace {

struct StatusRow {
  int status;
  std::string_view reason;
  std::string_view code;
};

constexpr StatusRow kRows[] = {
    {200, "OK", ""},
    {201, "Created", ""},
    {202, "Accepted", ""},
    {204, "No Content", ""},
    {301, "Moved Permanently", ""},
    {302, "Found", ""},
    {303, "See Other", ""},
    {304, "Not Modified", ""},
    {307, "Temporary Redirect", "redirect"},
    {308, "Permanent Redirect", "redirect"},
    {400, "Bad Request", "bad_request"},
    {401, "Unauthorized", "unauthorized"},
    {403, "Forbidden", "forbidden"},
    {404, "Not Found", "not_found"},
    {405, "Method Not Allowed", "method_not_allowed"},
    {406, "Not Acceptable", "not_acceptable"},
    {408, "Request Timeout", "request_timeout"},
    {409, "Conflict", "conflict"},
    {411, "Length Required", "length_required"},
    {413, "Content Too Large", "payload_too_large"},
    {414, "URI Too Long", "uri_too_long"},
    {415, "Unsupported Media Type", "unsupported_media_type"},
    {417, "Expectation Failed", "expectation_failed"},
    {422, "Unprocessable Entity", "validation_error"},
    {429, "Too Many Requests", "too_many_requests"},
    {431, "Request Header Fields Too Large", "headers_too_large"},
    {500, "Internal Server Error", "internal_error"},
    {501, "Not Implemented", "not_implemented"},
    {502, "Bad Gateway", "bad_gateway"},
    {503, "Service Unavailable", "unavailable"},
    {504, "Gateway Timeout", "gateway_timeout"},
    {505, "HTTP Version Not Supported", "http_version_not_supported"},
};

const StatusRow* find(int status) {
  for (const StatusRow& row : kRows) {
    if (row.status == status) return &row;
  }
  return nullptr;
}

}  // namespace

std::string_view reason_phrase(int status) {
  const StatusRow* row = find(status);
  return row != nullptr ? row->reason : "Status";
}

Failure protocol_failure(int status, std::string_view message) {
  const StatusRow* row = find(status);
  return {.status = status,
          .code = row != nullptr ? row->code : "error",
          .message = std::string(message)};
}

}  // namespace dss::http
