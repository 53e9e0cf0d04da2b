// Time by stage.
#pragma once

#include "base/clock.h"

namespace dss::scoring {

/// Adds the time since the last lap to one stage after another: one clock reading each. Not
/// thread-safe.
class Stopwatch {
 public:
  explicit Stopwatch(const base::Clock& clock) : clock_(clock), last_(clock.steady()) {}

  void lap(std::chrono::nanoseconds* stage) {
    const base::SteadyTime now = clock_.steady();
    *stage += std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_);
    last_ = now;
  }

 private:
  const base::Clock& clock_;
  base::SteadyTime last_;
};

}  // namespace dss::scoring
