// Drift of the scores: the population stability index of recent scores against the reference texts.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>

#include "base/clock.h"

namespace dss::metrics {

/// Scores per bin: at most 0, 10, … 100.
inline constexpr std::size_t kScoreBins = 11;
using ScoreCounts = std::array<std::uint64_t, kScoreBins>;
using ScoreShares = std::array<double, kScoreBins>;

/// Below this many scores an index would be noise.
inline constexpr std::uint64_t kDriftMinimum = 100;

/// PSI = Σ (a − e) · ln(a / e) over the bins, a the share of `actual`, e the share expected; shares
/// below 0.0001 are raised to it so that an empty bin stays finite. NaN below kDriftMinimum scores.
/// (Siddiqi, Credit Risk Scorecards, 2006; the bands 0.1 and 0.25 are its convention.)
[[nodiscard]] double population_stability_index(const ScoreCounts& actual,
                                                const ScoreShares& expected);

/// What was counted within the last hour and the last 24, from counts that only grow. It advances
/// when it is fed: a window reaches back to the latest feeding that is old enough (or to the
/// start), so with a scrape a minute it is up to five minutes longer than its name. One thread at a
/// time.
class ScoreWindows {
 public:
  struct Windows {
    ScoreCounts hour{};
    ScoreCounts day{};
  };
  [[nodiscard]] Windows feed(const ScoreCounts& totals, base::SteadyTime now);

 private:
  struct Mark {
    base::SteadyTime time;
    ScoreCounts totals{};
  };
  [[nodiscard]] ScoreCounts since(base::SteadyTime then, const ScoreCounts& totals) const;

  std::deque<Mark>
      marks_;  ///< five minutes apart or more, oldest first, one older than a day at most
};

}  // namespace dss::metrics
