#include "evaluation/ranking.h"

#include <cmath>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::evaluation {
namespace {

Ranking make(std::vector<float> scores, std::vector<std::uint8_t> truths) {
  return {scores, truths};
}

TEST(Auc, KnownSmallCases) {
  EXPECT_DOUBLE_EQ(make({0.1F, 0.2F, 0.8F, 0.9F}, {0, 0, 1, 1}).auc(), 1.0);
  EXPECT_DOUBLE_EQ(make({0.9F, 0.8F, 0.2F, 0.1F}, {0, 0, 1, 1}).auc(), 0.0);
  EXPECT_DOUBLE_EQ(make({0.5F, 0.5F, 0.5F}, {0, 1, 0}).auc(), 0.5);
  // scikit-learn: roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
  EXPECT_DOUBLE_EQ(make({0.1F, 0.4F, 0.35F, 0.8F}, {0, 0, 1, 1}).auc(), 0.75);
}

TEST(Auc, NeedsBothClasses) {
  EXPECT_TRUE(std::isnan(make({0.1F, 0.2F}, {1, 1}).auc()));
  EXPECT_TRUE(std::isnan(make({}, {}).auc()));
}

TEST(AveragePrecision, KnownSmallCases) {
  // scikit-learn: average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
  EXPECT_NEAR(make({0.1F, 0.4F, 0.35F, 0.8F}, {0, 0, 1, 1}).average_precision(), 0.8333333, 1e-6);
  EXPECT_DOUBLE_EQ(make({0.5F, 0.5F}, {0, 1}).average_precision(), 0.5);
  EXPECT_TRUE(std::isnan(make({0.5F}, {0}).average_precision()));
}

TEST(PercentileInterval, LeavesOutNaNAndBothTails) {
  std::vector<double> values;
  for (int i = 0; i <= 1000; ++i) values.push_back(i);
  values.push_back(std::nan(""));
  const Interval interval = percentile_interval(values);
  EXPECT_NEAR(interval.low, 25, 1);
  EXPECT_NEAR(interval.high, 975, 1);
}

RC_GTEST_PROP(Auc, EqualsCountingPairs, (const std::vector<std::pair<int, bool>>& rows)) {
  std::vector<float> scores;
  std::vector<std::uint8_t> truths;
  for (const auto& [score, truth] : rows) {
    scores.push_back(static_cast<float>(score % 7));
    truths.push_back(truth ? 1 : 0);
  }
  double wins = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      if (truths[i] == 0 || truths[j] != 0) continue;
      pairs += 1;
      wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
    }
  }
  const double auc = Ranking(scores, truths).auc();
  if (pairs == 0) {
    RC_ASSERT(std::isnan(auc));
  } else {
    RC_ASSERT(std::abs(auc - wins / pairs) < 1e-9);
  }
}

RC_GTEST_PROP(Auc, WeightsAreRepetitions, (const std::vector<std::pair<int, bool>>& rows)) {
  std::vector<float> scores;
  std::vector<float> repeated_scores;
  std::vector<std::uint8_t> truths;
  std::vector<std::uint8_t> repeated_truths;
  std::vector<std::uint32_t> weights;
  for (const auto& [score, truth] : rows) {
    scores.push_back(static_cast<float>(score % 5));
    truths.push_back(truth ? 1 : 0);
    weights.push_back(*rc::gen::inRange<std::uint32_t>(0, 4));
    repeated_scores.insert(repeated_scores.end(), weights.back(), scores.back());
    repeated_truths.insert(repeated_truths.end(), weights.back(), truths.back());
  }
  const double weighted = Ranking(scores, truths).auc(weights);
  const double repeated = Ranking(repeated_scores, repeated_truths).auc();
  RC_ASSERT(std::isnan(weighted) == std::isnan(repeated));
  if (!std::isnan(weighted)) RC_ASSERT(std::abs(weighted - repeated) < 1e-9);
}

RC_GTEST_PROP(Resample, DrawsAsManyRowsAsThereAre, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 200);
  base::Rng rng(*rc::gen::arbitrary<std::uint64_t>());
  std::size_t drawn = 0;
  for (const auto weight : resample(rows, &rng)) drawn += weight;
  RC_ASSERT(drawn == rows);
}

}  // namespace
}  // namespace dss::evaluation
