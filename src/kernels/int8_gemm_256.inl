// The product of 8-bit matrices in registers of 256 bits. Included by one file for each instruction
// set, compiled for it; `Product` says how four pairs of bytes are multiplied and added.
#pragma once

#include <immintrin.h>

#include "kernels/int8_gemm.h"

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;                // inputs of one instruction
constexpr std::size_t kStep = kGroup * kPanel;   // bytes of weights for one group of a panel
constexpr std::size_t kAhead = 4096;             // bytes of weights fetched before they are needed

struct Block {
  const std::uint8_t* a;
  std::size_t a_stride;
  const std::int8_t* w;
  const std::int32_t* correction;
  std::size_t groups;
  std::int32_t* out;
  std::size_t out_stride;
};

inline __m256i load(const void* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

template <typename Product, int kRows>
void multiply(const Block& block, bool fetch) {
  __m256i sums[kRows][2];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    for (int h = 0; h < 2; ++h) {
      sums[r][h] = Product::kSigned ? _mm256_setzero_si256() : load(block.correction + 8 * h);
    }
  }
  const std::int8_t* w = block.w;
  const std::uint8_t* a = block.a;
  const __m256i offset = _mm256_set1_epi8(static_cast<char>(kOffset));
  for (std::size_t g = 0; g < block.groups; ++g, w += kStep, a += kGroup) {
    if (fetch) _mm_prefetch(reinterpret_cast<const char*>(w + kAhead), _MM_HINT_T0);
    const __m256i low = load(w);
    const __m256i high = load(w + kStep / 2);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      __m256i values =
          _mm256_set1_epi32(*reinterpret_cast<const std::int32_t*>(a + r * block.a_stride));
      if (Product::kSigned) values = _mm256_xor_si256(values, offset);
      sums[r][0] = Product::add(sums[r][0], values, low);
      sums[r][1] = Product::add(sums[r][1], values, high);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    std::int32_t* row = block.out + r * block.out_stride;
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row), sums[r][0]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row + 8), sums[r][1]);
  }
}

template <typename Product>
void multiply_all(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  constexpr std::size_t kMost = 5;
  for (std::size_t p = 0; p < panels.count; ++p) {
    const std::size_t panel = panels.first + p;
    Block block{a.data,
                a.stride,
                reinterpret_cast<const std::int8_t*>(w.panel(panel)),
                w.correction() + panel * kPanel,
                w.padded_inputs() / kGroup,
                out.data + p * kPanel,
                out.stride};
    for (std::size_t row = 0; row < a.rows;) {
      const std::size_t rows = a.rows - row >= kMost ? kMost : 1;
      rows == kMost ? multiply<Product, kMost>(block, row == 0) : multiply<Product, 1>(block, row == 0);
      block.a += rows * a.stride;
      block.out += rows * out.stride;
      row += rows;
    }
  }
}

}  // namespace
}  // namespace dss::kernels
