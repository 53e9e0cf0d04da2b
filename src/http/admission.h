// Which requests an event loop refuses because it cannot keep up.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "base/clock.h"
#include "base/rng.h"
#include "base/standing_queue.h"

namespace dss::http {

/// Fed with the loop's lag: how long what is ready waits for its turn. While the lag stands above
/// `most`, requests are refused with a probability that grows from 0 at `most` to kMostRefused at
/// twice that (random early detection, Floyd and Jacobson 1993), so the lag settles between the
/// two: who is let in is served soon, and no more is refused than must be. To refuse is not free
/// either, so some are served even where refusals alone fill the loop. Not thread-safe.
class Admission {
 public:
  static constexpr double kMostRefused = 0.9;
  static constexpr std::size_t kQueue = 8;  ///< requests

  /// Refuses nothing if `most` is zero.
  Admission(std::chrono::nanoseconds most, std::chrono::nanoseconds patience)
      : most_(most), queue_(patience) {}

  /// A measurement from `began` to `now`, in which so many requests were served or refused. A few
  /// that take long are no queue: refusing would make nobody's wait shorter than his own request.
  /// REQUIRES: no time goes back from call to call.
  void note_lag(base::SteadyTime began, base::SteadyTime now, std::size_t requests) {
    lag_ = now - began;
    queue_.note(lag_ > most_ && requests >= kQueue, began, now);
  }
  /// Whether the request that is looked at is to be refused.
  [[nodiscard]] bool refuses(base::Rng* rng) const {
    if (!is_active() || lag_ <= most_) return false;
    const double over = std::chrono::duration<double>(lag_ - most_) / most_;
    return rng->uniform() < kMostRefused * std::min(over, 1.0);
  }
  /// Whether refusals alone keep the loop busy: then more clients are no help to anybody.
  [[nodiscard]] bool refuses_all() const { return is_active() && lag_ >= 2 * most_; }

 private:
  [[nodiscard]] bool is_active() const { return queue_.stands() && most_ > most_.zero(); }

  std::chrono::nanoseconds most_;
  std::chrono::nanoseconds lag_{0};
  base::StandingQueue queue_;
};

}  // namespace dss::http
