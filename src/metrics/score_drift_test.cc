#include "metrics/score_drift.h"

#include <cmath>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

ScoreCounts in_first_bin(std::uint64_t count) { return {count}; }

TEST(PopulationStabilityIndex, IsTheFormula) {
  ScoreCounts actual{};
  actual[0] = 600;
  actual[10] = 400;
  ScoreShares expected{};
  expected[0] = 0.8;
  expected[10] = 0.2;
  const double by_hand = (0.6 - 0.8) * std::log(0.6 / 0.8) + (0.4 - 0.2) * std::log(0.4 / 0.2);
  EXPECT_NEAR(population_stability_index(actual, expected), by_hand, 1e-12);
}

TEST(PopulationStabilityIndex, StaysFiniteWithEmptyBinsAndIsUnknownWithFewScores) {
  ScoreShares expected{};
  expected[5] = 1;
  EXPECT_GT(population_stability_index(in_first_bin(1000), expected), 5);
  EXPECT_TRUE(std::isfinite(population_stability_index(in_first_bin(1000), expected)));
  EXPECT_TRUE(std::isnan(population_stability_index(in_first_bin(99), expected)));
}

RC_GTEST_PROP(PopulationStabilityIndex, IsNeverNegativeAndZeroForTheSameShares, ()) {
  ScoreCounts counts{};
  std::uint64_t total = 0;
  for (auto& count : counts) total += count = *rc::gen::inRange<std::uint64_t>(10, 10000);
  ScoreShares same{};
  ScoreShares other{};
  for (std::size_t i = 0; i < kScoreBins; ++i) {
    same[i] = static_cast<double>(counts[i]) / static_cast<double>(total);
    other[i] = same[kScoreBins - 1 - i];
  }
  RC_ASSERT(std::fabs(population_stability_index(counts, same)) < 1e-12);
  RC_ASSERT(population_stability_index(counts, other) >= 0);
}

TEST(ScoreWindows, ForgetsWhatIsOlderThanTheWindow) {
  ScoreWindows windows;
  const base::SteadyTime start{hours(100)};
  (void)windows.feed(in_first_bin(10), start);
  EXPECT_EQ(windows.feed(in_first_bin(15), start + minutes(59)).hour[0], 15U);
  const auto later = windows.feed(in_first_bin(17), start + minutes(61));
  EXPECT_EQ(later.hour[0], 7U);
  EXPECT_EQ(later.day[0], 17U);
  EXPECT_EQ(windows.feed(in_first_bin(18), start + hours(24)).hour[0], 3U);
  EXPECT_EQ(windows.feed(in_first_bin(18), start + hours(25)).hour[0], 0U);
  EXPECT_EQ(windows.feed(in_first_bin(20), start + hours(25) + minutes(1)).day[0], 5U);
}

TEST(ScoreWindows, WithAScrapeAMinuteTheHourIsAtMostFiveMinutesTooLong) {
  ScoreWindows windows;
  const base::SteadyTime start{hours(100)};
  for (std::uint64_t minute = 0; minute < 3000; ++minute) {
    const auto seen = windows.feed(in_first_bin(minute), start + minutes(minute));
    if (minute < 24 * 60 + 10) continue;
    ASSERT_GE(seen.hour[0], 60U);
    ASSERT_LE(seen.hour[0], 65U);
    ASSERT_GE(seen.day[0], 24U * 60);
    ASSERT_LE(seen.day[0], 24U * 60 + 5);
  }
}

}  // namespace
}  // namespace dss::metrics
