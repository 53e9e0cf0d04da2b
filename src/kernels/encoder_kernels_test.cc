#include "kernels/encoder_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "base/huge_array.h"
#include "base/rng.h"
#include "kernels/bfloat16.h"

namespace dss::kernels {
namespace {

using Parameter = std::tuple<InstructionSet, Precision>;

// Random sums with their scales, and the values that they stand for.
struct RandomSums {
  RandomSums(std::size_t rows, std::size_t columns, Precision precision, std::uint64_t seed)
      : stride(round_up(columns, kPanel)), integers(rows * stride), floats(rows * stride) {
    base::Rng rng(seed);
    const auto signed_unit = [&rng] { return static_cast<float>(rng.uniform() * 2 - 1); };
    row_scale.resize(rows);
    column_scale.resize(stride);
    bias.resize(stride);
    for (auto& scale : row_scale) scale = static_cast<float>(rng.uniform()) * 0.02F;
    for (std::size_t i = 0; i < columns; ++i) {
      column_scale[i] = static_cast<float>(rng.uniform()) * 0.01F;
      bias[i] = signed_unit();
    }
    for (std::size_t i = 0; i < integers.size(); ++i) {
      if (i % stride >= columns) continue;
      integers[i] = static_cast<std::int32_t>(signed_unit() * 40000);
      floats[i] = signed_unit() * 4;
    }
    const bool scaled = precision == Precision::kInt8;
    view = {scaled ? static_cast<const void*>(integers.data()) : floats.data(), stride,
            scaled ? row_scale.data() : nullptr, scaled ? column_scale.data() : nullptr,
            bias.data()};
  }

  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    const std::size_t i = row * stride + column;
    if (view.row_scale == nullptr) return double{floats[i]} + bias[column];
    return double{row_scale[row]} * column_scale[column] * integers[i] + bias[column];
  }

  std::size_t stride;
  std::vector<std::int32_t> integers;
  std::vector<float> floats;
  std::vector<float> row_scale;
  std::vector<float> column_scale;
  std::vector<float> bias;
  Sums view;
};

// Where encoded rows go, and what they mean.
struct Encoded {
  Encoded(std::size_t rows, std::size_t columns, Precision as)
      : precision(as),
        stride(round_up(columns, kInputUnit) * activation_bytes(as)),
        data(rows * stride),
        scale(rows),
        view{data.data(), stride, scale.data()} {}

  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    const std::byte* from = data.data() + row * stride;
    switch (precision) {
      case Precision::kInt8:
        return double{scale[row]} * (std::to_integer<int>(from[column]) - kOffset);
      case Precision::kBf16:
        return from_bfloat16(reinterpret_cast<const std::uint16_t*>(from)[column]);
      case Precision::kFp32:
        break;
    }
    return reinterpret_cast<const float*>(from)[column];
  }

  // How far an encoded value may lie from the exact one.
  [[nodiscard]] double step(std::size_t row, double value) const {
    if (precision == Precision::kInt8) return scale[row] * 0.51 + 3e-4;
    return precision == Precision::kBf16 ? std::abs(value) * 0.0041 + 3e-4 : 2e-5;
  }

  Precision precision;
  std::size_t stride;
  std::vector<std::byte> data;
  std::vector<float> scale;
  Activations view;
};

class EncoderKernelsTest : public testing::TestWithParam<Parameter> {
 protected:
  void SetUp() override { kernels().begin(); }
  void TearDown() override { kernels().end(); }
  [[nodiscard]] static Precision precision() { return std::get<1>(GetParam()); }
  [[nodiscard]] static const EncoderKernels& kernels() {
    return encoder_kernels(std::get<0>(GetParam()), precision());
  }
};

std::vector<double> normalised(const std::vector<double>& row, const std::vector<float>& gamma,
                               const std::vector<float>& beta, double epsilon) {
  double mean = 0;
  for (const double value : row) mean += value / static_cast<double>(row.size());
  double variance = 0;
  for (const double value : row) {
    variance += (value - mean) * (value - mean) / static_cast<double>(row.size());
  }
  std::vector<double> out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    out.push_back((row[i] - mean) / std::sqrt(variance + epsilon) * gamma[i] + beta[i]);
  }
  return out;
}

TEST_P(EncoderKernelsTest, AddsAndNormalises) {
  for (const std::size_t width : {24U, 64U, 100U, 384U}) {
    const std::size_t rows = 3;
    const std::size_t stride = round_up(width, kPanel);
    base::Rng rng(width);
    RandomSums sums(rows, width, precision(), width + 1);
    std::vector<float> states(rows * stride);
    std::vector<float> gamma(stride);
    std::vector<float> beta(stride);
    for (std::size_t i = 0; i < width; ++i) {
      gamma[i] = static_cast<float>(rng.uniform()) + 0.5F;
      beta[i] = static_cast<float>(rng.uniform()) - 0.5F;
      for (std::size_t row = 0; row < rows; ++row) {
        states[row * stride + i] = static_cast<float>(rng.uniform() * 3);
      }
    }
    const std::vector<float> before = states;
    Encoded out(rows, width, precision());
    kernels().add_normalise({states.data(), stride, width}, sums.view, rows,
                            {gamma.data(), beta.data(), 1e-5F}, out.view);
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<double> values;
      for (std::size_t i = 0; i < width; ++i) {
        values.push_back(before[row * stride + i] + sums.at(row, i));
      }
      const auto expected = normalised(values, gamma, beta, 1e-5);
      for (std::size_t i = 0; i < width; ++i) {
        ASSERT_NEAR(states[row * stride + i], expected[i], 2e-5) << width << " " << i;
        ASSERT_NEAR(out.at(row, i), expected[i], out.step(row, expected[i])) << width << " " << i;
      }
      for (std::size_t i = width; i < stride; ++i) ASSERT_EQ(states[row * stride + i], 0);
    }
  }
}

TEST_P(EncoderKernelsTest, ActivatesByGeluAndRelu) {
  const std::size_t width = 200;
  RandomSums sums(2, width, precision(), 5);
  std::vector<float> scratch(round_up(width, kPanel));
  for (const Activation activation : {Activation::kGelu, Activation::kRelu}) {
    Encoded out(2, width, precision());
    kernels().activate(sums.view, 2, width, activation, scratch.data(), out.view);
    for (std::size_t row = 0; row < 2; ++row) {
      for (std::size_t i = 0; i < width; ++i) {
        const double x = sums.at(row, i);
        const double expected = activation == Activation::kGelu
                                    ? x * 0.5 * (1 + std::erf(x / std::sqrt(2.0)))
                                    : std::max(x, 0.0);
        ASSERT_NEAR(out.at(row, i), expected, out.step(row, expected)) << x;
      }
    }
  }
}

TEST_P(EncoderKernelsTest, ARowOfZerosIsEncodedAsZeros) {
  std::vector<float> states(64);
  Encoded out(1, 64, precision());
  kernels().encode({states.data(), 64, 64}, 1, out.view);
  for (std::size_t i = 0; i < 64; ++i) EXPECT_EQ(out.at(0, i), 0);
}

// One text's attention in double precision.
std::vector<double> attended(const RandomSums& sums, std::size_t query, std::size_t length,
                             std::size_t hidden, std::size_t first, std::size_t width) {
  std::vector<double> weights;
  for (std::size_t key = 0; key < length; ++key) {
    double score = 0;
    for (std::size_t i = 0; i < width; ++i) {
      score += sums.at(query, first + i) * sums.at(key, hidden + first + i);
    }
    weights.push_back(score / std::sqrt(static_cast<double>(width)));
  }
  const double top = *std::max_element(weights.begin(), weights.end());
  double sum = 0;
  for (double& weight : weights) sum += weight = std::exp(weight - top);
  std::vector<double> out(width);
  for (std::size_t key = 0; key < length; ++key) {
    for (std::size_t i = 0; i < width; ++i) {
      out[i] += weights[key] / sum * sums.at(key, 2 * hidden + first + i);
    }
  }
  return out;
}

// Queries, keys and weights may be rounded to bf16, with AVX-512 alone to 13 bits of the largest.
double attention_tolerance(InstructionSet set, Precision precision) {
  if (precision == Precision::kFp32 || set < InstructionSet::kAvx512Vnni) return 5e-5;
  return set == InstructionSet::kAvx512Vnni ? 0.02 : 0.12;
}

TEST_P(EncoderKernelsTest, AttendsToTheTextAlone) {
  for (const std::size_t head_width : {8U, 12U, 16U, 32U, 64U}) {
    for (const std::size_t length : {1U, 2U, 15U, 16U, 17U, 32U, 33U, 70U}) {
      const std::size_t heads = 2;
      const std::size_t hidden = round_up(heads * head_width, kPanel);
      RandomSums sums(length, 3 * hidden, precision(), length * 100 + head_width);
      base::HugeArray<std::byte> scratch(attention_scratch(length, head_width));
      std::vector<float> out(length * hidden);
      Sums key = sums.view;
      key.data = static_cast<const float*>(key.data) + hidden;
      key.bias += hidden;
      if (key.column_scale != nullptr) key.column_scale += hidden;
      Sums value = key;
      value.data = static_cast<const float*>(value.data) + hidden;
      value.bias += hidden;
      if (value.column_scale != nullptr) value.column_scale += hidden;
      kernels().attend({sums.view, key, value, length, length, heads, head_width, out.data(),
                        hidden, scratch.data()});
      const double tolerance = attention_tolerance(std::get<0>(GetParam()), precision());
      for (std::size_t query = 0; query < length; ++query) {
        for (std::size_t head = 0; head < heads; ++head) {
          const auto expected =
              attended(sums, query, length, hidden, head * head_width, head_width);
          for (std::size_t i = 0; i < head_width; ++i) {
            ASSERT_NEAR(out[query * hidden + head * head_width + i], expected[i], tolerance)
                << "length " << length << ", width " << head_width << ", query " << query;
          }
        }
      }
    }
  }
}

TEST_P(EncoderKernelsTest, MultipliesFloats) {
  if (precision() == Precision::kInt8) return;  // see int8_gemm_test
  base::Rng rng(3);
  for (const auto& [rows, inputs, outputs] :
       {std::tuple{1U, 5U, 3U}, {16U, 64U, 48U}, {37U, 100U, 40U}, {70U, 33U, 16U}}) {
    PackedMatrix matrix(precision(), inputs, outputs);
    std::vector<std::vector<float>> weights(outputs, std::vector<float>(inputs));
    for (std::size_t i = 0; i < outputs; ++i) {
      for (float& weight : weights[i]) weight = static_cast<float>(rng.below(65)) / 32 - 1;
      matrix.set_output(i, weights[i], 0);
    }
    std::vector<float> states(rows * round_up(inputs, kPanel));
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (i % round_up(inputs, kPanel) < inputs) {
        states[i] = static_cast<float>(rng.below(33)) / 16 - 1;
      }
    }
    Encoded encoded(round_up(rows, kRowUnit), inputs, precision());
    kernels().encode({states.data(), round_up(inputs, kPanel), inputs}, rows, encoded.view);
    std::vector<float> out(round_up(rows, kRowUnit) * matrix.panels() * kPanel);
    kernels().multiply(encoded.view, round_up(rows, kRowUnit), matrix, {0, matrix.panels()},
                       out.data(), matrix.panels() * kPanel);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t output = 0; output < outputs; ++output) {
        double sum = 0;
        for (std::size_t i = 0; i < inputs; ++i) {
          sum += double{states[row * round_up(inputs, kPanel) + i]} * weights[output][i];
        }
        // Every factor is exact in bf16 too.
        ASSERT_NEAR(out[row * matrix.panels() * kPanel + output], sum, 1e-3);
      }
    }
  }
}

std::vector<Parameter> all() {
  std::vector<Parameter> parameters;
  for (const InstructionSet set : available_instruction_sets()) {
    for (const Precision precision : {Precision::kInt8, Precision::kBf16, Precision::kFp32}) {
      parameters.emplace_back(set, precision);
    }
  }
  return parameters;
}

std::string name(const testing::TestParamInfo<Parameter>& each) {
  static const char* const kPrecisions[] = {"_int8", "_bf16", "_fp32"};
  std::string text(name_of(std::get<0>(each.param)));
  std::replace(text.begin(), text.end(), '-', '_');
  return text + kPrecisions[static_cast<std::size_t>(std::get<1>(each.param))];
}

INSTANTIATE_TEST_SUITE_P(All, EncoderKernelsTest, testing::ValuesIn(all()), name);

}  // namespace
}  // namespace dss::kernels
