// The framing gate: refuses heads that two HTTP implementations could read differently (request
// smuggling).
#pragma once

#include <cstdint>
#include <string_view>

#include "http/request_parser.h"

namespace dss::http {

/// How the body of an accepted head is framed, and where its target leads.
struct Framing {
  int status = 0;  ///< not 0: refuse with it, for `reason`, and close
  std::string_view reason{};
  bool chunked = false;
  std::uint64_t content_length = 0;
  bool expect_continue = false;
  std::string_view target{};  ///< origin form, or `*`
};

/// Judges one parsed head by RFC 9112, strictly where the RFC leaves a choice: exactly one Host on
/// HTTP/1.1; Transfer-Encoding only as `chunked`, on HTTP/1.1, without Content-Length; one
/// Content-Length of digits only; no expectation but 100-continue; the target in origin form,
/// absolute form (http, https) or `*`.
[[nodiscard]] Framing check_framing(const Head& head);

}  // namespace dss::http
