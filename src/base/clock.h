// Time as an injected dependency: rooms that need it take a Clock, tests hand in a ManualClock.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

namespace dss::base {

using SteadyTime = std::chrono::steady_clock::time_point;
using SystemTime = std::chrono::system_clock::time_point;

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual SteadyTime steady() const = 0;  ///< for durations; never goes back
  [[nodiscard]] virtual SystemTime system() const = 0;  ///< for timestamps
};

/// The operating system's clocks.
const Clock& system_clock();

/// A clock that moves only when told to.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] SteadyTime steady() const override { return SteadyTime(offset()); }
  [[nodiscard]] SystemTime system() const override {
    return SystemTime(std::chrono::duration_cast<SystemTime::duration>(offset()));
  }
  void advance(std::chrono::nanoseconds step) { nanoseconds_.fetch_add(step.count()); }

 private:
  [[nodiscard]] std::chrono::nanoseconds offset() const {
    return std::chrono::nanoseconds(nanoseconds_.load());
  }
  std::atomic<std::int64_t> nanoseconds_{0};
};

/// Seconds between two instants.
[[nodiscard]] inline double seconds_between(SteadyTime begin, SteadyTime end) {
  return std::chrono::duration<double>(end - begin).count();
}

/// ISO 8601 in UTC with microseconds and numeric offset, which every standard parser reads:
/// `2026-03-01T08:30:00.123456+00:00`.
[[nodiscard]] std::string iso8601(SystemTime time);

}  // namespace dss::base
