// What became of spans.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "metrics/registry.h"

namespace dss::metrics {

enum class SpanResult : std::uint8_t { kSent, kDropped, kFailed };

/// dss_trace_spans_total. All series stand from the start. Thread-safe.
class TraceMetrics {
 public:
  explicit TraceMetrics(Registry* registry) : registry_(registry) {
    constexpr std::array kNames = {"sent", "dropped", "failed"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      results_[i] = registry->counter("dss_trace_spans_total", {kNames[i]});
    }
  }

  void count(SpanResult result, std::size_t spans) const {
    registry_->writer().add(results_[static_cast<std::size_t>(result)], spans);
  }

 private:
  Registry* registry_;
  std::array<Counter, 3> results_;
};

}  // namespace dss::metrics
