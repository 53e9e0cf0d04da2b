#include "api/stats.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace dss::api {
namespace {

Verdict verdict(int score) {
  return {.score = score, .level = level_of(score), .confidence = 0.5F};
}

TEST(Stats, StartAtZero) {
  const Stats stats;
  const StatsSnapshot counts = stats.snapshot();
  EXPECT_EQ(counts.scored, 0U);
  EXPECT_EQ(counts.mean_score(), 0);
}

TEST(Stats, CountLevelsAndMean) {
  Stats stats;
  for (const int score : {0, 24, 25, 60, 100}) stats.scored(verdict(score));
  stats.refused(Refusal::kModel);
  const StatsSnapshot counts = stats.snapshot();
  EXPECT_EQ(counts.scored, 5U);
  EXPECT_EQ(counts.levels, (std::array<std::uint64_t, kLevelCount>{2, 1, 1, 1}));
  EXPECT_DOUBLE_EQ(counts.mean_score(), 41.8);
  EXPECT_EQ(counts.refusals, (std::array<std::uint64_t, kRefusalCount>{0, 1, 0, 0}));
}

TEST(Stats, LoseNothingBetweenThreads) {
  Stats stats;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&stats] {
      for (int j = 0; j < 5000; ++j) stats.scored(verdict(j % 101));
    });
  }
  threads.clear();
  EXPECT_EQ(stats.snapshot().scored, 100000U);
}

}  // namespace
}  // namespace dss::api
