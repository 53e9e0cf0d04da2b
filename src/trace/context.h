// W3C Trace Context (https://www.w3.org/TR/trace-context/): the ids that tie a request to its
// trace.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"

namespace dss::trace {

/// Ids of one request. Trivially copyable; no thread rule.
struct Context {
  std::array<std::uint8_t, 16> trace_id{};  ///< all zero: none
  std::array<std::uint8_t, 8> parent_id{};  ///< the caller's span
  std::array<std::uint8_t, 8> span_id{};    ///< this request's own span
  bool sampled = false;

  [[nodiscard]] bool valid() const;
  /// 32 lower-case hex digits.
  [[nodiscard]] std::string trace_id_hex() const;
  [[nodiscard]] std::string span_id_hex() const;
  /// The header to pass on: `00-<trace id>-<own span id>-<flags>`.
  [[nodiscard]] std::string traceparent() const;
};

/// Reads a `traceparent` header. Nothing if it breaks the specification (upper-case hex, zero ids,
/// version ff, wrong length for version 00); a higher version is read by its first 55 characters.
[[nodiscard]] std::optional<Context> parse_traceparent(std::string_view header);

/// A new trace, not sampled, with random ids and no caller.
[[nodiscard]] Context new_trace(base::Rng* rng);

/// Gives a context that came from a caller its own span: a new random `span_id`.
void start_span(Context* context, base::Rng* rng);

}  // namespace dss::trace
