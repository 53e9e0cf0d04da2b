// What is done to rows between products. Included by each instruction set's file.
#pragma once

#include "kernels/encoder_kernels.h"
#include "kernels/vector_math.inl"

namespace dss::kernels {
namespace {

/// The values of a row of sums: sum · row scale · column scale + bias.
template <typename V, Precision kPrecision>
struct SumsRow {
  SumsRow(const Sums& sums, std::size_t row)
      : integers(static_cast<const std::int32_t*>(sums.data) + row * sums.stride),
        floats(static_cast<const float*>(sums.data) + row * sums.stride),
        column_scale(sums.column_scale),
        bias(sums.bias),
        row_scale(V::set(kPrecision == Precision::kInt8 ? sums.row_scale[row] : 1.0F)) {}

  typename V::Float at(std::size_t column) const {
    const auto shift = V::load(bias + column);
    if constexpr (kPrecision == Precision::kInt8) {
      const auto scale = V::mul(row_scale, V::load(column_scale + column));
      return V::fma(V::load(integers + column), scale, shift);
    } else {
      return V::add(V::load(floats + column), shift);
    }
  }

  const std::int32_t* integers;
  const float* floats;
  const float* column_scale;
  const float* bias;
  typename V::Float row_scale;
};

/// Encodes `width` numbers, a multiple of V's lanes, whose largest absolute value is `largest`.
template <typename V, Precision kPrecision>
void encode_row(const float* values, std::size_t width, float largest, const Activations& out,
                std::size_t row) {
  std::byte* to = out.data + row * out.stride;
  if constexpr (kPrecision == Precision::kInt8) {
    out.scale[row] = largest / kLargestInt8;
    const auto inverse = V::set(largest > 0 ? kLargestInt8 / largest : 0.0F);
    auto* bytes = reinterpret_cast<std::uint8_t*>(to);
    std::size_t i = 0;
    if constexpr (V::kLanes == 16) {
      for (; i + 64 <= width; i += 64) V::store_64_u8(bytes + i, values + i, inverse);
    }
    for (; i < width; i += V::kLanes) {
      V::store_u8(bytes + i, V::mul(V::load(values + i), inverse));
    }
  } else if constexpr (kPrecision == Precision::kBf16) {
    auto* words = reinterpret_cast<std::uint16_t*>(to);
    for (std::size_t i = 0; i < width; i += V::kLanes) V::store_bf16(words + i, V::load(values + i));
  } else {
    auto* floats = reinterpret_cast<float*>(to);
    for (std::size_t i = 0; i < width; i += V::kLanes) V::store(floats + i, V::load(values + i));
  }
}

/// `padded` columns of `states` from the sums that it holds, which lie in `total`. The columns
/// behind width are zero: they are taken out of the variance again.
template <typename V, Precision kPrecision>
void normalise_row(float* states, std::size_t width, std::size_t padded,
                   typename V::Float total, const LayerNorm& norm, const Activations& out,
                   std::size_t row) {
  const auto count = static_cast<float>(width);
  const float mean = V::sum(total) / count;
  const auto centre = V::set(mean);
  auto squares = V::set(0);
  for (std::size_t i = 0; i < padded; i += V::kLanes) {
    const auto apart = V::sub(V::load(states + i), centre);
    squares = V::fma(apart, apart, squares);
  }
  const float beyond = static_cast<float>(padded - width) * mean * mean;
  const float variance = (V::sum(squares) - beyond) / count;
  const float inverse = 1.0F / __builtin_sqrtf((variance > 0 ? variance : 0.0F) + norm.epsilon);
  const auto factor = V::set(inverse);
  auto largest = V::set(0);
  for (std::size_t i = 0; i < padded; i += V::kLanes) {
    const auto scaled = V::mul(V::sub(V::load(states + i), centre), factor);
    const auto value = V::fma(scaled, V::load(norm.gamma + i), V::load(norm.beta + i));
    V::store(states + i, value);
    largest = V::max_abs(largest, value);
  }
  encode_row<V, kPrecision>(states, padded, V::largest(largest), out, row);
}

template <typename V, Precision kPrecision>
void normalise(const States& states, std::size_t rows, const LayerNorm& norm,
               const Activations& out) {
  const std::size_t padded = round_up(states.width, kPanel);
  for (std::size_t row = 0; row < rows; ++row) {
    float* values = states.data + row * states.stride;
    auto total = V::set(0);
    for (std::size_t i = 0; i < padded; i += V::kLanes) total = V::add(total, V::load(values + i));
    normalise_row<V, kPrecision>(values, states.width, padded, total, norm, out, row);
  }
}

template <typename V, Precision kPrecision>
void add_normalise(const States& states, const Sums& sums, std::size_t rows, const LayerNorm& norm,
                   const Activations& out) {
  const std::size_t padded = round_up(states.width, kPanel);
  for (std::size_t row = 0; row < rows; ++row) {
    float* values = states.data + row * states.stride;
    const SumsRow<V, kPrecision> added(sums, row);
    auto total = V::set(0);
    for (std::size_t i = 0; i < padded; i += V::kLanes) {
      const auto value = V::add(V::load(values + i), added.at(i));
      V::store(values + i, value);
      total = V::add(total, value);
    }
    normalise_row<V, kPrecision>(values, states.width, padded, total, norm, out, row);
  }
}

template <typename V, Precision kPrecision, Activation kActivation>
void activate_rows(const Sums& sums, std::size_t rows, std::size_t width, float* scratch,
                   const Activations& out) {
  const std::size_t padded = round_up(width, kPanel);
  [[maybe_unused]] const RoughGelu<V> gelu;
  for (std::size_t row = 0; row < rows; ++row) {
    const SumsRow<V, kPrecision> from(sums, row);
    auto largest = V::set(0);
    for (std::size_t i = 0; i < padded; i += V::kLanes) {
      auto value = from.at(i);
      if constexpr (kActivation == Activation::kRelu) {
        value = V::max(value, V::set(0));
      } else if constexpr (kPrecision == Precision::kFp32) {
        value = gelu_exact<V>(value);
      } else {
        value = gelu(value);
      }
      V::store(scratch + i, value);
      largest = V::max_abs(largest, value);
    }
    encode_row<V, kPrecision>(scratch, padded, V::largest(largest), out, row);
  }
}

template <typename V, Precision kPrecision>
void activate(const Sums& sums, std::size_t rows, std::size_t width, Activation activation,
              float* scratch, const Activations& out) {
  if (activation == Activation::kRelu) {
    activate_rows<V, kPrecision, Activation::kRelu>(sums, rows, width, scratch, out);
  } else {
    activate_rows<V, kPrecision, Activation::kGelu>(sums, rows, width, scratch, out);
  }
}

template <typename V, Precision kPrecision>
void encode(const States& states, std::size_t rows, const Activations& out) {
  const std::size_t padded = round_up(states.width, kPanel);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* values = states.data + row * states.stride;
    auto largest = V::set(0);
    if constexpr (kPrecision == Precision::kInt8) {
      for (std::size_t i = 0; i < padded; i += V::kLanes) {
        largest = V::max_abs(largest, V::load(values + i));
      }
    }
    encode_row<V, kPrecision>(values, padded, V::largest(largest), out, row);
  }
}

}  // namespace
}  // namespace dss::kernels
