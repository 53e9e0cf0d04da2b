#include "kernels/packed_matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

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
