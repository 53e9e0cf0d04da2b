#include "kernels/int8_gemm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/rng.h"
#include "kernels/encoder_kernels.h"

namespace dss::kernels {
namespace {

// Matrices of random bytes, extremes included, and their exact product.
struct Product {
  Product(InstructionSet set, std::size_t row_count, std::size_t input_count,
          std::size_t output_count, std::uint64_t seed)
      : rows(row_count),
        inputs(input_count),
        outputs(output_count),
        rng(seed),
        matrix(Precision::kInt8, inputs, outputs, wants_narrow(set)),
        weights(outputs, std::vector<std::int8_t>(inputs)),
        stride(matrix.padded_inputs() + kInputUnit * rng.below(2)),
        activations(round_up(rows, kRowUnit) * stride) {
    for (auto& row : weights) {
      for (auto& value : row) value = number();
    }
    // What lies behind the inputs must not count.
    for (auto& value : activations) value = static_cast<std::uint8_t>(number() + kOffset);
    fill();
  }

  // Packs the weights and reads back which of them the matrix made.
  void fill() {
    for (std::size_t i = 0; i < outputs; ++i) {
      matrix.set_output(i, weights[i], 1, 0);
      const auto* packed = reinterpret_cast<const std::int8_t*>(matrix.panel(i / kPanel));
      for (std::size_t j = 0; j < inputs; ++j) {
        weights[i][j] = packed[(j / 4 * kPanel + i % kPanel) * 4 + j % 4];
      }
    }
  }

  std::int8_t number() {
    const auto kind = rng.below(8);
    if (kind == 0) return 127;
    if (kind == 1) return -127;
    return static_cast<std::int8_t>(static_cast<int>(rng.below(255)) - 127);
  }

  [[nodiscard]] std::int32_t expected(std::size_t row, std::size_t output) const {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < inputs; ++i) {
      sum += (int{activations[row * stride + i]} - kOffset) * weights[output][i];
    }
    return sum;
  }

  std::size_t rows;
  std::size_t inputs;
  std::size_t outputs;
  base::Rng rng;
  PackedMatrix matrix;
  std::vector<std::vector<std::int8_t>> weights;
  std::size_t stride;
  std::vector<std::uint8_t> activations;
};

class Int8GemmTest : public testing::TestWithParam<InstructionSet> {};

void check(InstructionSet set, const Product& product, Panels panels) {
  const std::size_t out_stride = panels.count * kPanel + 16;
  std::vector<std::int32_t> out(round_up(product.rows, kRowUnit) * out_stride);
  const auto& kernels = encoder_kernels(set, Precision::kInt8);
  kernels.begin();
  int8_gemm(set)({product.activations.data(), product.stride, product.rows}, product.matrix, panels,
                 {out.data(), out_stride});
  kernels.end();
  for (std::size_t row = 0; row < product.rows; ++row) {
    for (std::size_t column = 0; column < panels.count * kPanel; ++column) {
      const std::size_t output = panels.first * kPanel + column;
      const std::int32_t sum = output < product.outputs ? product.expected(row, output) : 0;
      ASSERT_EQ(out[row * out_stride + column], sum) << "row " << row << ", output " << output;
    }
  }
}

TEST_P(Int8GemmTest, IsExactForAnyShape) {
  base::Rng rng(11);
  for (int turn = 0; turn < 60; ++turn) {
    const Product product(GetParam(), 1 + rng.below(70), 1 + rng.below(200), 1 + rng.below(130),
                          rng.next());
    const std::size_t first = rng.below(product.matrix.panels());
    const Panels panels{first, 1 + rng.below(product.matrix.panels() - first)};
    SCOPED_TRACE(testing::Message()
                 << product.rows << " × " << product.inputs << " × " << product.outputs
                 << ", panels " << panels.first << " + " << panels.count);
    check(GetParam(), product, panels);
    if (HasFatalFailure()) return;
  }
}

TEST_P(Int8GemmTest, DoesNotSaturate) {
  for (const int activation : {-127, 127}) {
    for (const int weight : {-127, 127}) {
      Product product(GetParam(), 5, 4096, 16, 1);
      for (auto& value : product.activations) {
        value = static_cast<std::uint8_t>(activation + kOffset);
      }
      for (auto& row : product.weights)
        row.assign(product.inputs, static_cast<std::int8_t>(weight));
      product.fill();
      check(GetParam(), product, {0, 1});
    }
  }
}

std::string name(const testing::TestParamInfo<InstructionSet>& set) {
  std::string text(name_of(set.param));
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

std::vector<InstructionSet> all() {
  const auto sets = available_instruction_sets();
  return {sets.begin(), sets.end()};
}

INSTANTIATE_TEST_SUITE_P(Sets, Int8GemmTest, testing::ValuesIn(all()), name);

}  // namespace
}  // namespace dss::kernels
