#include "batching/arrivals.h"

#include <algorithm>

namespace dss::batching {

using std::chrono::nanoseconds;

void Arrivals::note(base::SteadyTime now, bool overlaps) {
  if (last_) {
    const nanoseconds gap = std::max(nanoseconds(0), nanoseconds(now - *last_));
    if (gap > kForgetAfter) count_ = 0;
    gaps_[count_++ % kRemembered] = overlaps ? gap : nanoseconds::max();
    if (count_ == 2 * kRemembered) count_ = kRemembered;
  }
  last_ = now;
}

std::optional<nanoseconds> Arrivals::expected_gap() const {
  if (count_ < kRemembered / 2) return std::nullopt;
  const auto known = static_cast<std::ptrdiff_t>(std::min(count_, kRemembered));
  auto sorted = gaps_;
  std::nth_element(sorted.begin(), sorted.begin() + known / 2, sorted.begin() + known);
  const nanoseconds median = sorted[static_cast<std::size_t>(known / 2)];
  if (median == nanoseconds::max()) return std::nullopt;
  return median;
}

}  // namespace dss::batching
