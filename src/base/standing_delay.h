// Whether a queue's delay is a burst that passes or stands: the signal of controlled delay.
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace dss::base {

/// A burst of arrivals or a short stall makes everybody wait for a moment, and the queue empties by
/// itself; refusing then only loses answers. A delay that has not fallen to `most` for the whole of
/// `patience` will not go by itself: more arrives than is served. That distinction is controlled
/// delay's (CoDel, RFC 8289, section 3; with two states as in Maurer, "Fail at Scale", ACM Queue
/// 13:8). The state ends as it begins: when the delay has been at most `most` for `patience`.
/// Not thread-safe.
class StandingDelay {
 public:
  StandingDelay(std::chrono::nanoseconds most, std::chrono::nanoseconds patience)
      : most_(most), patience_(patience) {}

  /// A measurement that began at `began` and gave `delay` at `now`. One that begins more than the
  /// patience after the one before starts anew: nobody has waited in between.
  /// REQUIRES: began <= now; neither goes back.
  void note(std::chrono::nanoseconds delay, SteadyTime began, SteadyTime now) {
    if (last_ && began - *last_ > patience_) {
      stands_ = false;
      turning_since_.reset();
    }
    last_ = now;
    const bool above = delay > most_;
    if (above == stands_) {
      turning_since_.reset();
    } else if (!turning_since_) {
      turning_since_ = now;
    } else if (now - *turning_since_ >= patience_) {
      stands_ = above;
      turning_since_.reset();
    }
  }
  [[nodiscard]] bool stands() const { return stands_; }

 private:
  std::chrono::nanoseconds most_;
  std::chrono::nanoseconds patience_;
  bool stands_ = false;
  std::optional<SteadyTime> turning_since_;  ///< since when measurements contradict `stands_`
  std::optional<SteadyTime> last_;
};

}  // namespace dss::base
