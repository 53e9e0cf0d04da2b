// Which requests an event loop refuses because it cannot keep up.
#pragma once

#include <algorithm>
#include <chrono>

#include "base/clock.h"
#include "base/rng.h"
#include "base/standing_delay.h"

namespace dss::http {

/// Fed with the loop's lag: how long what is ready waits for its turn. While the lag stands above
/// `most`, requests are refused with a probability that grows from 0 at `most` to 1 at twice that
/// (random early detection, Floyd and Jacobson 1993), so the lag settles between the two: who is let
/// in is served soon, and no more is refused than must be. Not thread-safe.
class Admission {
 public:
  /// Refuses nothing if `most` is zero.
  Admission(std::chrono::nanoseconds most, std::chrono::nanoseconds patience)
      : most_(most), standing_(most, patience) {}

  /// A measurement from `began` to `now`. REQUIRES: neither goes back from call to call.
  void note_lag(base::SteadyTime began, base::SteadyTime now) {
    lag_ = now - began;
    standing_.note(lag_, began, now);
  }
  /// Whether the request that is looked at is to be refused.
  [[nodiscard]] bool refuses(base::Rng* rng) const {
    if (!standing_.stands() || most_ <= most_.zero()) return false;
    const double over = std::chrono::duration<double>(lag_ - most_) / most_;
    return over > 0 && rng->uniform() < over;
  }

 private:
  std::chrono::nanoseconds most_;
  std::chrono::nanoseconds lag_{0};
  base::StandingDelay standing_;
};

}  // namespace dss::http
