#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;                       // inputs of one instruction
constexpr std::size_t kStep = kGroup * kPanel;          // bytes of weights for one group of a panel
constexpr std::size_t kTaken = kNarrowGroups * kGroup;  // inputs of a turn
constexpr std::size_t kAhead = 4096;  // bytes of weights fetched before they are needed
constexpr std::size_t kTileRows = 4;

struct Block {
  const std::uint8_t* a;
  std::size_t a_stride;
  const std::int8_t* w;
  const std::int32_t* correction;
  std::size_t inputs;
  std::int32_t* out;
  std::size_t out_stride;
};

inline __m256i load(const void* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

inline __m256i four(const std::uint8_t* at) {
  return _mm256_set1_epi32(*reinterpret_cast<const std::int32_t*>(at));
}

// Two products in each 16-bit lane for each of two groups, which PackedMatrix::narrow keeps within
// 16 bits; then lanes by twos in 32.
template <std::size_t kRows>
void multiply(const Block& block, bool fetch) {
  __m256i sums[kRows][2];
#pragma GCC unroll 4
  for (std::size_t r = 0; r < kRows; ++r) {
    sums[r][0] = load(block.correction);
    sums[r][1] = load(block.correction + kPanel / 2);
  }
  const __m256i ones = _mm256_set1_epi16(1);
  const std::int8_t* w = block.w;
  const std::uint8_t* a = block.a;
  for (std::size_t i = 0; i < block.inputs; i += kTaken, w += 2 * kStep, a += kTaken) {
    if (fetch) {
      _mm_prefetch(reinterpret_cast<const char*>(w + kAhead), _MM_HINT_T0);
      _mm_prefetch(reinterpret_cast<const char*>(w + kAhead + kStep), _MM_HINT_T0);
    }
    const __m256i weights[2][2] = {{load(w), load(w + kStep / 2)},
                                   {load(w + kStep), load(w + kStep + kStep / 2)}};
#pragma GCC unroll 4
    for (std::size_t r = 0; r < kRows; ++r) {
      const __m256i first = four(a + r * block.a_stride);
      const __m256i second = four(a + r * block.a_stride + kGroup);
#pragma GCC unroll 2
      for (std::size_t h = 0; h < 2; ++h) {
        const __m256i pairs = _mm256_add_epi16(_mm256_maddubs_epi16(first, weights[0][h]),
                                               _mm256_maddubs_epi16(second, weights[1][h]));
        sums[r][h] = _mm256_add_epi32(sums[r][h], _mm256_madd_epi16(pairs, ones));
      }
    }
  }
#pragma GCC unroll 4
  for (std::size_t r = 0; r < kRows; ++r) {
    std::int32_t* row = block.out + r * block.out_stride;
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row), sums[r][0]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row + kPanel / 2), sums[r][1]);
  }
}

// kMost rows or fewer.
template <std::size_t kMost>
void multiply_rest(const Block& block, std::size_t rows, bool fetch) {
  if constexpr (kMost > 0) {
    if (rows == kMost) return multiply<kMost>(block, fetch);
    multiply_rest<kMost - 1>(block, rows, fetch);
  }
}

}  // namespace

void int8_gemm_avx2(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  for (std::size_t p = 0; p < panels.count; ++p) {
    const std::size_t panel = panels.first + p;
    Block block{a.data,
                a.stride,
                reinterpret_cast<const std::int8_t*>(w.panel(panel)),
                w.correction() + panel * kPanel,
                w.padded_inputs(),
                out.data + p * kPanel,
                out.stride};
    std::size_t row = 0;
    for (; row + kTileRows <= a.rows; row += kTileRows) {
      multiply<kTileRows>(block, row == 0);
      block.a += kTileRows * a.stride;
      block.out += kTileRows * out.stride;
    }
    multiply_rest<kTileRows - 1>(block, a.rows - row, row == 0);
  }
}

}  // namespace dss::kernels

#endif
