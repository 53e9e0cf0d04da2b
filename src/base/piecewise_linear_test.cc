#include "base/piecewise_linear.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace dss::base {
namespace {

constexpr std::array<float, 3> kX = {-1, 0, 4};
constexpr std::array<float, 3> kY = {0, 0.5F, 1};

TEST(PiecewiseLinear, GoesThroughItsPoints) {
  for (std::size_t i = 0; i < kX.size(); ++i) EXPECT_EQ(piecewise_linear(kX, kY, kX[i]), kY[i]);
  EXPECT_FLOAT_EQ(piecewise_linear(kX, kY, 1), 0.625F);
}

TEST(PiecewiseLinear, StaysAtItsEnds) {
  EXPECT_EQ(piecewise_linear(kX, kY, -9), 0);
  EXPECT_EQ(piecewise_linear(kX, kY, 9), 1);
}

RC_GTEST_PROP(PiecewiseLinear, KeepsTheOrder, ()) {
  const auto at = [] { return static_cast<float>(*rc::gen::inRange(-3000, 6000)) / 1000; };
  const float left = at();
  const float right = at();
  if (left <= right) RC_ASSERT(piecewise_linear(kX, kY, left) <= piecewise_linear(kX, kY, right));
}

}  // namespace
}  // namespace dss::base
