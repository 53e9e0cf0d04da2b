// What became of feedback.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "metrics/registry.h"

namespace dss::metrics {

enum class FeedbackResult : std::uint8_t { kKept, kDropped, kFailed, kNotConfigured, kNotWanted };

/// dss_feedback_total. All series stand from the start. Thread-safe.
class FeedbackMetrics {
 public:
  explicit FeedbackMetrics(Registry* registry) : registry_(registry) {
    constexpr std::array kNames = {"kept", "dropped", "failed", "not_configured", "not_wanted"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      results_[i] = registry->counter("dss_feedback_total", {kNames[i]});
    }
  }

  void count(FeedbackResult result, std::size_t entries = 1) const {
    registry_->writer().add(results_[static_cast<std::size_t>(result)], entries);
  }

 private:
  Registry* registry_;
  std::array<Counter, 5> results_;
};

}  // namespace dss::metrics
