// The bytes of an answer's head, written by hand into the connection's output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace dss::http {

/// How the end of the body is told.
enum class BodyLength : std::uint8_t {
  kKnown,       ///< by Content-Length
  kChunked,     ///< Transfer-Encoding: chunked
  kUntilClose,  ///< the connection ends with it
};

/// What the head needs beyond the response itself.
struct ReplyContext {
  std::string_view date{};
  std::string_view request_id{};  ///< empty: no X-Request-Id
  bool http11 = true;
  bool close = false;
  bool head_only = false;  ///< HEAD: the head of the answer to GET, no body
  BodyLength length = BodyLength::kKnown;
  const Allowance* allowance = nullptr;  ///< null, or without a burst: no RateLimit fields
};

/// The body that the response holds.
[[nodiscard]] inline std::string_view body_of(const Response& response) {
  return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

/// Whether answers of this status have a body at all (RFC 9110, 6.4.1).
[[nodiscard]] constexpr bool status_has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

/// Appends status line and headers with the empty line: Date, X-Content-Type-Options, Content-Type
/// and Content-Length (if the status has a body), X-Request-Id, RateLimit-Policy and RateLimit,
/// Connection where it differs from the version's default, the response's own headers, and
/// Cache-Control: no-store unless those set it. A header whose value holds a control character is
/// left out. Returns the Content-Length written.
std::uint64_t append_head(const Response& response, const ReplyContext& context, std::string* out);

}  // namespace dss::http
