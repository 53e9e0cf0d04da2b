// The JSON encoding of OTLP 1.x (opentelemetry-proto, docs/specification.md, "JSON Protobuf
// Encoding").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "otlp/span.h"

namespace dss::otlp {

/// Who sends: attributes of the resource, and name and version of the instrumentation scope. All
/// strings are valid UTF-8.
struct Sender {
  std::vector<std::pair<std::string, std::string>> resource;
  std::string scope_name = "dss";
  std::string scope_version;
};

/// An ExportTraceServiceRequest.
[[nodiscard]] std::string export_request(const Sender& sender, std::span<const Span> spans);

/// How many spans an ExportTraceServiceResponse says were rejected; 0 for anything that is none.
[[nodiscard]] std::uint64_t rejected_spans(std::string_view response);

}  // namespace dss::otlp
