#include "evaluation/agreement.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace dss::evaluation {
namespace {

constexpr std::array kScores = {0.1F, 0.6F, 0.7F, 0.4F, 0.9F};
constexpr std::array kReference = {0.2F, 0.5F, 0.3F, 0.8F, 0.8F};

TEST(Agreement, CountsDecisions) {
  const Agreement at_half = agreement_at(kScores, kReference, 0.5F, 200);
  EXPECT_EQ(at_half.positives, 3U);
  EXPECT_DOUBLE_EQ(at_half.f1, 2.0 * 2 / (3 + 3));
  EXPECT_DOUBLE_EQ(at_half.same, 3.0 / 5);
  EXPECT_LT(at_half.f1_interval.low, at_half.f1);
  EXPECT_GT(at_half.f1_interval.high, at_half.f1);
}

TEST(Agreement, IsWholeWithItself) {
  const Agreement same = agreement_at(kScores, kScores, 0.5F, 0);
  EXPECT_EQ(same.f1, 1);
  EXPECT_EQ(same.same, 1);
  EXPECT_TRUE(std::isnan(same.f1_interval.low)) << "no resamples, no interval";
  EXPECT_NEAR(correlate(kScores, kScores, 0).pearson, 1, 1e-12);
}

TEST(Agreement, NobodyReachesTheThreshold) {
  const Agreement none = agreement_at(kScores, kReference, 0.99F, 0);
  EXPECT_EQ(none.f1, 0);
  EXPECT_EQ(none.same, 1);
}

TEST(Correlation, IsPearsons) {
  const std::array a = {1.0F, 2.0F, 3.0F};
  const std::array b = {1.0F, 3.0F, 2.0F};
  EXPECT_NEAR(correlate(a, b, 0).pearson, 0.5, 1e-12);
  const std::array flat = {1.0F, 1.0F, 1.0F};
  EXPECT_TRUE(std::isnan(correlate(a, flat, 0).pearson));
}

}  // namespace
}  // namespace dss::evaluation
