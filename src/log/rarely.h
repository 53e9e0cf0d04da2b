// Keeps a line that could be written a thousand times a second from being.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace dss::log {

/// Thread-safe. `clock` must outlive it.
class Rarely {
 public:
  Rarely(const base::Clock* clock, std::chrono::nanoseconds pause) : clock_(clock), pause_(pause) {}

  /// Whether `pause` has passed since it last said so; true the first time.
  [[nodiscard]] bool due() {
    const std::chrono::nanoseconds now = clock_->steady().time_since_epoch();
    std::int64_t next = next_.load(std::memory_order_relaxed);
    return now.count() >= next && next_.compare_exchange_strong(next, (now + pause_).count());
  }

 private:
  const base::Clock* clock_;
  const std::chrono::nanoseconds pause_;
  std::atomic<std::int64_t> next_{INT64_MIN};
};

}  // namespace dss::log
