// Whether a queue is long for a moment or stands: the signal of controlled delay.
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace dss::base {

/// A burst of arrivals or a short stall makes everybody wait for a moment, and the queue empties by
/// itself; refusing then only loses answers. A queue that has been long whenever it was looked at
/// for the whole of `patience` will not empty by itself: more arrives than is served. That
/// distinction is controlled delay's (CoDel, RFC 8289, section 3; with two states as in Maurer,
/// "Fail at Scale", ACM Queue 13:8). The state ends as it begins: when the queue has been short for
/// `patience`. Not thread-safe.
class StandingQueue {
 public:
  explicit StandingQueue(std::chrono::nanoseconds patience) : patience_(patience) {}

  /// A look at the queue that began at `began` and told at `now` whether it is long. One that
  /// begins more than the patience after the one before starts anew: nobody has come in between.
  /// REQUIRES: began <= now; neither goes back.
  void note(bool is_long, SteadyTime began, SteadyTime now) {
    if (last_ && began - *last_ > patience_) {
      stands_ = false;
      turning_since_.reset();
    }
    last_ = now;
    if (is_long == stands_) {
      turning_since_.reset();
    } else if (!turning_since_) {
      turning_since_ = now;
    } else if (now - *turning_since_ >= patience_) {
      stands_ = is_long;
      turning_since_.reset();
    }
  }
  [[nodiscard]] bool stands() const { return stands_; }

 private:
  std::chrono::nanoseconds patience_;
  bool stands_ = false;
  std::optional<SteadyTime> turning_since_;  ///< since when what was seen contradicts `stands_`
  std::optional<SteadyTime> last_;
};

}  // namespace dss::base
