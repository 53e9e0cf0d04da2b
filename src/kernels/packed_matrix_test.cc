#include "kernels/packed_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/rng.h"
#include "kernels/bfloat16.h"

namespace dss::kernels {
namespace {

template <typename Element>
Element element(const PackedMatrix& matrix, std::size_t output, std::size_t input) {
  const std::size_t group = 4 / sizeof(Element);
  const std::byte* at = matrix.panel(output / kPanel) +
                        (input / group * kPanel + output % kPanel) * sizeof(float) +
                        input % group * sizeof(Element);
  Element value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

TEST(PackedMatrix, QuantisesEachOutputByItsLargestWeight) {
  PackedMatrix matrix(Precision::kInt8, 3, 2);
  matrix.set_output(1, std::vector<float>{-2, 1, 0.49F}, 7);
  EXPECT_EQ(element<std::int8_t>(matrix, 1, 0), -127);
  EXPECT_EQ(element<std::int8_t>(matrix, 1, 1), 64);
  EXPECT_EQ(element<std::int8_t>(matrix, 1, 2), 31);
  EXPECT_FLOAT_EQ(matrix.scale()[1], 2 / 127.0F);
  EXPECT_FLOAT_EQ(matrix.bias()[1], 7);
  EXPECT_EQ(matrix.correction()[1], -kOffset * (-127 + 64 + 31));
}

TEST(PackedMatrix, ARowOfZerosStaysZero) {
  PackedMatrix matrix(Precision::kInt8, 5, 1);
  matrix.set_output(0, std::vector<float>(5), 0);
  EXPECT_EQ(element<std::int8_t>(matrix, 0, 4), 0);
  EXPECT_TRUE(std::isfinite(matrix.scale()[0]));
}

TEST(PackedMatrix, TakesEightBitsAsTheyAre) {
  PackedMatrix matrix(Precision::kInt8, 70, 17);
  std::vector<std::int8_t> values(70);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int8_t>(i - 35);
  matrix.set_output(16, values, 0.5F, 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(element<std::int8_t>(matrix, 16, i), values[i]);
  }
  EXPECT_EQ(element<std::int8_t>(matrix, 16, 70), 0);
  EXPECT_EQ(element<std::int8_t>(matrix, 0, 0), 0);
  EXPECT_EQ(matrix.panels(), 2U);
  EXPECT_EQ(matrix.padded_inputs(), 128U);
}

// Of each 16-bit lane the sums of weights of one sign, the slow way.
int largest_lane(const PackedMatrix& matrix, std::size_t output) {
  int largest = 0;
  for (std::size_t first = 0; first < matrix.padded_inputs(); first += 8) {
    for (const std::size_t lane : {0U, 2U}) {
      int positive = 0;
      int negative = 0;
      for (const std::size_t i : {lane, lane + 1, lane + 4, lane + 5}) {
        const int value = element<std::int8_t>(matrix, output, first + i);
        (value > 0 ? positive : negative) += std::abs(value);
      }
      largest = std::max({largest, positive, negative});
    }
  }
  return largest;
}

TEST(PackedMatrix, NarrowLanesFitSixteenBitsAndKeepTheWeights) {
  base::Rng rng(5);
  for (int turn = 0; turn < 300; ++turn) {
    const std::size_t inputs = 1 + rng.below(200);
    std::vector<std::int8_t> values(inputs);
    const auto spread = static_cast<int>(1 + rng.below(127));
    for (auto& value : values) {
      value = static_cast<std::int8_t>(
          static_cast<int>(rng.below(static_cast<std::uint64_t>(2 * spread + 1))) - spread);
    }
    PackedMatrix matrix(Precision::kInt8, inputs, 1, true);
    matrix.set_output(0, values, 0.5F, 0);
    ASSERT_LE(largest_lane(matrix, 0), kNarrowLimit);
    const float scale = matrix.scale()[0];
    ASSERT_GE(scale, 0.5F);
    ASSERT_LE(scale, 0.5F * 4.5F);  // four of 127 are the worst
    int sum = 0;
    for (std::size_t i = 0; i < inputs; ++i) {
      const auto made = element<std::int8_t>(matrix, 0, i);
      ASSERT_NEAR(scale * made, 0.5F * values[i], scale * 0.51F);
      sum += made;
    }
    ASSERT_EQ(matrix.correction()[0], -kOffset * sum);
  }
}

TEST(PackedMatrix, NarrowLeavesWeightsThatFitAlone) {
  PackedMatrix matrix(Precision::kInt8, 8, 1, true);
  const std::vector<std::int8_t> values = {64, 64, -127, 100, -64, -64, 20, -1};
  matrix.set_output(0, values, 0.5F, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(element<std::int8_t>(matrix, 0, i), values[i]);
  }
  EXPECT_EQ(matrix.scale()[0], 0.5F);
}

TEST(PackedMatrix, OtherPrecisionsMultiplyEightBitsOut) {
  const std::vector<std::int8_t> values = {3, -5};
  PackedMatrix floats(Precision::kFp32, 2, 1);
  floats.set_output(0, values, 0.25F, 0);
  EXPECT_FLOAT_EQ(element<float>(floats, 0, 1), -1.25F);
  PackedMatrix halves(Precision::kBf16, 2, 1);
  halves.set_output(0, values, 0.25F, 0);
  EXPECT_FLOAT_EQ(from_bfloat16(element<std::uint16_t>(halves, 0, 0)), 0.75F);
}

TEST(Bfloat16, RoundsToNearestAndTiesToEven) {
  EXPECT_EQ(from_bfloat16(to_bfloat16(1.0F)), 1.0F);
  EXPECT_EQ(from_bfloat16(to_bfloat16(1.00390625F)), 1.0F);       // half a step, to even
  EXPECT_EQ(from_bfloat16(to_bfloat16(1.01171875F)), 1.015625F);  // half a step, to even
  EXPECT_EQ(from_bfloat16(to_bfloat16(-3.14159274F)), -3.140625F);
}

}  // namespace
}  // namespace dss::kernels
