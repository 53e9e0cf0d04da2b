// The http_* families of prometheus-fastapi-instrumentator, as events of the HTTP room.
#pragma once

#include <cstdint>
#include <string_view>

#include "trace/context.h"

namespace dss::metrics {

/// A route and a method, resolved to cells at start.
using HandlerId = std::uint16_t;
inline constexpr HandlerId kNotCounted = 0xFFFF;

/// One answered request.
struct HttpObservation {
  HandlerId handler = kNotCounted;
  int status = 200;
  std::uint8_t model = 0;             ///< as http::Annotation::model
  std::uint64_t request_bytes = 0;    ///< the Content-Length header's value; 0 if absent or chunked
  std::uint64_t response_bytes = 0;   ///< likewise
  double seconds = 0;                 ///< request line read → answer handed to the socket
  const trace::Context* trace = nullptr;  ///< exemplar, if it is sampled
};

}  // namespace dss::metrics
