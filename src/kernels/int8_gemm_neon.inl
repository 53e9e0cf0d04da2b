// The product of 8-bit matrices in NEON registers. Included by one file for each way to multiply;
// `Product` says how the four inputs of four outputs are multiplied and added.
#pragma once

#include <arm_neon.h>

#include "kernels/int8_gemm.h"

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;               // inputs that are summed by one instruction
constexpr std::size_t kStep = kGroup * kPanel;  // bytes of weights for one group of a panel
constexpr std::size_t kGroups = 4;              // of activations in one register
constexpr std::size_t kQuarters = kPanel / 4;   // of a panel, four outputs each

struct Block {
  const std::uint8_t* a;
  std::size_t a_stride;
  const std::int8_t* w;
  std::size_t inputs;
  std::int32_t* out;
  std::size_t out_stride;
};

/// Activations as signed bytes.
inline int8x16_t signed_values(const std::uint8_t* at) {
  return vreinterpretq_s8_u8(
      veorq_u8(vld1q_u8(at), vdupq_n_u8(static_cast<std::uint8_t>(kOffset))));
}

template <typename Product, int kLane, int kRows>
void add_group(const std::int8_t* w, const int8x16_t* a, int32x4_t (*sums)[kQuarters]) {
#pragma GCC unroll 4
  for (std::size_t q = 0; q < kQuarters; ++q) {
    const int8x16_t weights = vld1q_s8(w + kLane * kStep + 16 * q);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      sums[r][q] = Product::template add<kLane>(sums[r][q], weights, a[r]);
    }
  }
}

template <typename Product, int kRows>
void multiply(const Block& block) {
  int32x4_t sums[kRows][kQuarters];
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
    for (auto& sum : sums[r]) sum = vdupq_n_s32(0);
  }
  const std::int8_t* w = block.w;
  for (std::size_t i = 0; i < block.inputs; i += kGroup * kGroups, w += kGroups * kStep) {
    int8x16_t a[kRows];
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) a[r] = signed_values(block.a + r * block.a_stride + i);
    add_group<Product, 0, kRows>(w, a, sums);
    add_group<Product, 1, kRows>(w, a, sums);
    add_group<Product, 2, kRows>(w, a, sums);
    add_group<Product, 3, kRows>(w, a, sums);
  }
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
    std::int32_t* row = block.out + r * block.out_stride;
    for (std::size_t q = 0; q < kQuarters; ++q) vst1q_s32(row + 4 * q, sums[r][q]);
  }
}

/// Rows are taken by fours, of which all are readable (see kRowUnit).
template <typename Product>
void multiply_all(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  constexpr std::size_t kRows = 4;
  static_assert(kRowUnit % kRows == 0 && kInputUnit % (kGroup * kGroups) == 0);
  for (std::size_t p = 0; p < panels.count; ++p) {
    Block block{a.data,
                a.stride,
                reinterpret_cast<const std::int8_t*>(w.panel(panels.first + p)),
                w.padded_inputs(),
                out.data + p * kPanel,
                out.stride};
    for (std::size_t row = 0; row < a.rows;) {
      const std::size_t rows = a.rows - row == 1 ? 1 : kRows;
      rows == 1 ? multiply<Product, 1>(block) : multiply<Product, kRows>(block);
      block.a += rows * a.stride;
      block.out += rows * out.stride;
      row += rows;
    }
  }
}

}  // namespace
}  // namespace dss::kernels
