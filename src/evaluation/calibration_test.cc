#include "evaluation/calibration.h"

#include <cmath>

#include "base/rng.h"
#include "evaluation/decisions.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::evaluation {
namespace {

using Floats = std::vector<float>;
using Truths = std::vector<std::uint8_t>;

TEST(Brier, KnownValues) {
  EXPECT_DOUBLE_EQ(brier_score(Floats{1, 0}, Truths{1, 0}), 0);
  EXPECT_DOUBLE_EQ(brier_score(Floats{0.5F, 0.5F}, Truths{1, 0}), 0.25);
  EXPECT_DOUBLE_EQ(brier_skill(Floats{1, 0}, Truths{1, 0}), 1);
  EXPECT_DOUBLE_EQ(brier_skill(Floats{0.5F, 0.5F}, Truths{1, 0}), 0);
  EXPECT_TRUE(std::isnan(brier_skill(Floats{0.5F}, Truths{1})));
}

TEST(ExpectedCalibrationError, SeesOverconfidenceWithinABin) {
  // Both in the bin 0.9-1.0; mean p = 0.95, observed 0.5.
  EXPECT_NEAR(expected_calibration_error(Floats{0.95F, 0.95F}, Truths{1, 0}), 0.45, 1e-6);
  EXPECT_NEAR(expected_calibration_error(Floats{1.0F, 0.0F}, Truths{1, 0}), 0, 1e-9);
}

TEST(ExpectedCalibrationError, IsSmallForHonestProbabilities) {
  base::Rng rng(7);
  Floats probabilities;
  Truths truths;
  for (int i = 0; i < 100000; ++i) {
    const double p = rng.uniform();
    probabilities.push_back(static_cast<float>(p));
    truths.push_back(rng.uniform() < p ? 1 : 0);
  }
  EXPECT_LT(expected_calibration_error(probabilities, truths), 0.01);
}

TEST(EqualCountBins, CutsTheUpperRowsEvenly) {
  const Floats probabilities = {0.05F, 0.2F, 0.9F, 0.4F, 0.6F, 0.3F};
  const Truths truths = {1, 0, 1, 0, 1, 0};
  const auto bins = equal_count_bins(probabilities, truths, 0.1F, 2);
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[0].rows, 3U);
  EXPECT_NEAR(bins[0].mean_probability, 0.3, 1e-6);
  EXPECT_DOUBLE_EQ(bins[0].observed, 0);
  EXPECT_EQ(bins[1].rows, 2U);
  EXPECT_DOUBLE_EQ(bins[1].observed, 1);
  EXPECT_TRUE(equal_count_bins(Floats{}, Truths{}, 0.1F, 5).empty());
}

TEST(Decide, FlaggedMeansAtLeastTheThreshold) {
  const Confusion counts = decide(Floats{0.5F, 0.4F, 0.6F, 0.1F}, Truths{1, 1, 0, 0}, 0.5F);
  EXPECT_EQ(counts.true_positives, 1U);
  EXPECT_EQ(counts.false_negatives, 1U);
  EXPECT_EQ(counts.false_positives, 1U);
  EXPECT_EQ(counts.true_negatives, 1U);
  EXPECT_DOUBLE_EQ(counts.precision(), 0.5);
  EXPECT_DOUBLE_EQ(counts.recall(), 0.5);
  EXPECT_DOUBLE_EQ(counts.f1(), 0.5);
}

TEST(Decide, NothingFlaggedHasNoPrecision) {
  const Confusion counts = decide(Floats{0.1F}, Truths{0}, 0.5F);
  EXPECT_TRUE(std::isnan(counts.precision()));
  EXPECT_TRUE(std::isnan(counts.recall()));
  EXPECT_DOUBLE_EQ(counts.f1(), 0);
}

RC_GTEST_PROP(EqualCountBins, KeepEveryRow, (const std::vector<bool>& raw)) {
  Floats probabilities;
  Truths truths;
  for (const bool truth : raw) {
    probabilities.push_back(static_cast<float>(*rc::gen::inRange(0, 101)) / 100);
    truths.push_back(truth ? 1 : 0);
  }
  std::size_t rows = 0;
  for (const auto& bin : equal_count_bins(probabilities, truths, 0, 5)) rows += bin.rows;
  RC_ASSERT(rows == raw.size());
}

}  // namespace
}  // namespace dss::evaluation
