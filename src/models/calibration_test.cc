#include "models/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rapidcheck/gtest.h"

namespace dss::models {
namespace {

const weights::CalibrationCurve kCurve = {{-2, 0, 1}, {-4, 0, 3}};

TEST(Calibration, PassesThroughItsPoints) {
  EXPECT_FLOAT_EQ(calibrate(kCurve, -2).logit, -4);
  EXPECT_FLOAT_EQ(calibrate(kCurve, 0).logit, 0);
  EXPECT_FLOAT_EQ(calibrate(kCurve, 1).logit, 3);
}

TEST(Calibration, IsStraightBetweenAndBeyondThem) {
  EXPECT_FLOAT_EQ(calibrate(kCurve, -1).logit, -2);
  EXPECT_FLOAT_EQ(calibrate(kCurve, 0.5F).logit, 1.5F);
  EXPECT_FLOAT_EQ(calibrate(kCurve, -3).logit, -6);
  EXPECT_FLOAT_EQ(calibrate(kCurve, 3).logit, 9);
  EXPECT_FLOAT_EQ(calibrate(kCurve, 3).slope, 3);
}

TEST(Calibration, TwoPointsAreEnough) {
  EXPECT_FLOAT_EQ(calibrate({{0, 1}, {1, 2}}, 5).logit, 6);
  EXPECT_FLOAT_EQ(calibrate({{0, 1}, {1, 2}}, -5).logit, -4);
}

TEST(Probability, IsTheLogisticFunctionShortOfCertainty) {
  EXPECT_FLOAT_EQ(probability_of(0), 0.5F);
  EXPECT_FLOAT_EQ(probability_of(2), 0.88079708F);
  EXPECT_FLOAT_EQ(probability_of(-2), 0.11920292F);
  EXPECT_FLOAT_EQ(probability_of(1000), 1 - 1e-6F);
  EXPECT_FLOAT_EQ(probability_of(-1000), 1e-6F);
}

RC_GTEST_PROP(Calibration, NeverGoesDown, (std::int16_t left, std::int16_t right)) {
  const float low = static_cast<float>(std::min(left, right)) / 1000;
  const float high = static_cast<float>(std::max(left, right)) / 1000;
  RC_ASSERT(calibrate(kCurve, low).logit <= calibrate(kCurve, high).logit);
  RC_ASSERT(probability_of(low) <= probability_of(high));
}

TEST(Calibration, LogitsComeBack) {
  for (const float logit : {-9.0F, -1.5F, 0.0F, 0.25F, 9.0F}) {
    EXPECT_NEAR(logit_of(probability_of(logit)), logit, 2e-3F * (1 + std::abs(logit)));
  }
  EXPECT_TRUE(std::isfinite(logit_of(0)));
  EXPECT_TRUE(std::isfinite(logit_of(1)));
}

}  // namespace
}  // namespace dss::models
