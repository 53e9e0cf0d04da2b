#include "metrics/score_drift.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace dss::metrics {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr double kLeastShare = 1e-4;

}  // namespace

double population_stability_index(const ScoreCounts& actual, const ScoreShares& expected) {
  const auto total = std::accumulate(actual.begin(), actual.end(), std::uint64_t{0});
  if (total < kDriftMinimum) return std::numeric_limits<double>::quiet_NaN();
  double index = 0;
  for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
    const double share =
        std::max(static_cast<double>(actual[bin]) / static_cast<double>(total), kLeastShare);
    const double reference = std::max(expected[bin], kLeastShare);
    index += (share - reference) * std::log(share / reference);
  }
  return index;
}

ScoreWindows::Windows ScoreWindows::feed(const ScoreCounts& totals, base::SteadyTime now) {
  const Windows windows{since(now - hours(1), totals), since(now - hours(24), totals)};
  if (marks_.empty() || now - marks_.back().time >= minutes(5)) marks_.push_back({now, totals});
  while (marks_.size() > 1 && marks_[1].time <= now - hours(24)) marks_.pop_front();
  return windows;
}

ScoreCounts ScoreWindows::since(base::SteadyTime then, const ScoreCounts& totals) const {
  ScoreCounts out = totals;
  const auto after = std::ranges::upper_bound(marks_, then, {}, &Mark::time);
  if (after == marks_.begin()) return out;
  const Mark& mark = *std::prev(after);
  for (std::size_t bin = 0; bin < kScoreBins; ++bin) out[bin] -= mark.totals[bin];
  return out;
}

}  // namespace dss::metrics
