// Whether more work is likely to come within a moment.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "base/clock.h"

namespace dss::batching {

/// The gaps between the latest arrivals. Pure; not thread-safe.
///
/// A gap counts only if the earlier work was still unanswered: a single client that sends its next
/// text after each answer never overlaps with itself, however fast it is, and waiting for it would
/// be in vain.
class Arrivals {
 public:
  static constexpr std::size_t kRemembered = 8;
  /// After this long without work, what came before says nothing.
  static constexpr std::chrono::milliseconds kForgetAfter{50};

  void note(base::SteadyTime now, bool overlaps);

  /// Median of the gaps. Nothing: too few arrivals are known, or most do not overlap.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> expected_gap() const;
  /// REQUIRES: note() was called.
  [[nodiscard]] base::SteadyTime last() const { return *last_; }

 private:
  std::optional<base::SteadyTime> last_;
  std::array<std::chrono::nanoseconds, kRemembered> gaps_{};
  std::size_t count_ = 0;
};

}  // namespace dss::batching
