#include "api/level.h"

#include <gtest/gtest.h>

#include "rapidcheck/gtest.h"

namespace dss::api {
namespace {

TEST(Level, HasTheDocumentedBounds) {
  EXPECT_EQ(level_name(level_of(0)), "low");
  EXPECT_EQ(level_name(level_of(24)), "low");
  EXPECT_EQ(level_name(level_of(25)), "medium");
  EXPECT_EQ(level_name(level_of(59)), "medium");
  EXPECT_EQ(level_name(level_of(60)), "high");
  EXPECT_EQ(level_name(level_of(84)), "high");
  EXPECT_EQ(level_name(level_of(85)), "extreme");
  EXPECT_EQ(level_name(level_of(100)), "extreme");
}

TEST(ScoreOf, RoundsHalfUp) {
  EXPECT_EQ(score_of(0.0F), 0);
  EXPECT_EQ(score_of(0.125F), 13);
  EXPECT_EQ(score_of(0.245F), 25);  // the float is a little over 0.245
  EXPECT_EQ(score_of(0.994F), 99);
  EXPECT_EQ(score_of(1.0F), 100);
}

RC_GTEST_PROP(ScoreOf, NeverFallsAsTheProbabilityRises, ()) {
  const auto a = static_cast<float>(*rc::gen::inRange(0, 1000001)) / 1e6F;
  const auto b = static_cast<float>(*rc::gen::inRange(0, 1000001)) / 1e6F;
  RC_ASSERT((a <= b) == (score_of(a) <= score_of(b)) || score_of(a) == score_of(b));
  RC_ASSERT(score_of(a) >= 0 && score_of(a) <= 100);
}

}  // namespace
}  // namespace dss::api
