// Which traces that begin here are recorded.
#pragma once

#include "trace/context.h"

namespace dss::trace {

/// OpenTelemetry's TraceIdRatioBased: the lower 63 bits of the trace id, which are random, against
/// the ratio, so that every process that looks at a trace decides alike. Thread-safe.
class RatioSampler {
 public:
  RatioSampler() = default;  ///< none
  /// REQUIRES: 0 ≤ ratio ≤ 1.
  explicit RatioSampler(double ratio);

  [[nodiscard]] bool wants(const Context& context) const;

 private:
  std::uint64_t bound_ = 0;  ///< of 2^63
};

}  // namespace dss::trace
