// The product of bf16 or fp32 matrices, summed in fp32. Included by each instruction set's file.
#pragma once

#include "kernels/bfloat16.h"
#include "kernels/encoder_kernels.h"

namespace dss::kernels {
namespace {

/// Inputs that lie side by side for one output (see packed_matrix.h).
template <Precision kPrecision>
constexpr std::size_t kFloatGroup = kPrecision == Precision::kBf16 ? 2 : 1;

template <Precision kPrecision>
inline float element(const std::byte* row, std::size_t i) {
  if constexpr (kPrecision == Precision::kBf16) {
    return from_bfloat16(reinterpret_cast<const std::uint16_t*>(row)[i]);
  } else {
    return reinterpret_cast<const float*>(row)[i];
  }
}

/// Weights of input `i` for the 16 outputs of a panel, in fp32.
template <Precision kPrecision>
inline const float* weights_of(const std::byte* panel, std::size_t i, float* buffer) {
  if constexpr (kPrecision == Precision::kBf16) {
    const auto* pairs = reinterpret_cast<const std::uint16_t*>(panel) + i / 2 * 2 * kPanel + i % 2;
    for (std::size_t c = 0; c < kPanel; ++c) buffer[c] = from_bfloat16(pairs[2 * c]);
    return buffer;
  } else {
    return reinterpret_cast<const float*>(panel) + i * kPanel;
  }
}

/// Four rows (all are readable, see kRowUnit) times one panel.
template <typename V, Precision kPrecision>
void multiply_panel(const std::byte* a, std::size_t a_stride, const std::byte* panel,
                    std::size_t inputs, float* out, std::size_t out_stride) {
  constexpr std::size_t kRows = 4;
  constexpr std::size_t kVectors = kPanel / V::kLanes;
  typename V::Float sums[kRows][kVectors];
  for (auto& row : sums) {
    for (auto& sum : row) sum = V::set(0);
  }
  float buffer[kPanel];
  for (std::size_t i = 0; i < inputs; ++i) {
    const float* weights = weights_of<kPrecision>(panel, i, buffer);
#pragma GCC unroll 4
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto value = V::set(element<kPrecision>(a + r * a_stride, i));
#pragma GCC unroll 2
      for (std::size_t v = 0; v < kVectors; ++v) {
        sums[r][v] = V::fma(value, V::load(weights + v * V::kLanes), sums[r][v]);
      }
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      V::store(out + r * out_stride + v * V::kLanes, sums[r][v]);
    }
  }
}

template <typename V, Precision kPrecision>
void multiply_floats(const Activations& a, std::size_t rows, const PackedMatrix& w, Panels panels,
                     void* out, std::size_t out_stride) {
  for (std::size_t p = 0; p < panels.count; ++p) {
    for (std::size_t row = 0; row < rows; row += 4) {
      multiply_panel<V, kPrecision>(a.data + row * a.stride, a.stride, w.panel(panels.first + p),
                                    w.inputs(),
                                    static_cast<float*>(out) + row * out_stride + p * kPanel,
                                    out_stride);
    }
  }
}

}  // namespace
}  // namespace dss::kernels
