// Spans as OpenTelemetry knows them: what a request and its stages took.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace dss::otlp {

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

/// Values are names and numbers of this program or of its operator, never a text that somebody
/// submitted. REQUIRES: strings are valid UTF-8.
struct Attribute {
  std::string_view key;  ///< a literal
  std::variant<std::string, std::int64_t, double, bool> value;
};

/// Numbers as in opentelemetry/proto/trace/v1/trace.proto, Span.SpanKind.
enum class Kind : std::uint8_t { kInternal = 1, kServer = 2 };

/// One span.
struct Span {
  TraceId trace_id{};
  SpanId span_id{};
  SpanId parent_id{};          ///< all zero: a root
  bool remote_parent = false;  ///< the parent is another process
  std::string name;
  Kind kind = Kind::kInternal;
  base::SystemTime start;
  base::SystemTime end;
  std::vector<Attribute> attributes;
  bool error = false;  ///< status ERROR; otherwise unset
};

/// The spans of one request.
using Spans = std::vector<Span>;

}  // namespace dss::otlp
