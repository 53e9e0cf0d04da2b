#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;               // inputs of one instruction
constexpr std::size_t kStep = kGroup * kPanel;  // bytes of weights for one group of a panel
constexpr std::size_t kAhead = 4096;            // bytes of weights fetched before they are needed

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

template <int kRows>
void multiply(const Block& block, bool fetch) {
  __m256i sums[kRows][2];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    for (int h = 0; h < 2; ++h) {
      sums[r][h] = load(block.correction + kPanel / 2 * h);
    }
  }
  const std::int8_t* w = block.w;
  const std::uint8_t* a = block.a;
  for (std::size_t g = 0; g < block.groups; ++g, w += kStep, a += kGroup) {
    if (fetch) _mm_prefetch(reinterpret_cast<const char*>(w + kAhead), _MM_HINT_T0);
    const __m256i low = load(w);
    const __m256i high = load(w + kStep / 2);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      const __m256i values =
          _mm256_set1_epi32(*reinterpret_cast<const std::int32_t*>(a + r * block.a_stride));
      sums[r][0] = _mm256_dpbusd_avx_epi32(sums[r][0], values, low);
      sums[r][1] = _mm256_dpbusd_avx_epi32(sums[r][1], values, high);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    std::int32_t* row = block.out + r * block.out_stride;
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row), sums[r][0]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(row + 8), sums[r][1]);
  }
}

}  // namespace

void int8_gemm_avx_vnni(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                        const Int32Rows& out) {
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
      rows == kMost ? multiply<kMost>(block, row == 0) : multiply<1>(block, row == 0);
      block.a += rows * a.stride;
      block.out += rows * out.stride;
      row += rows;
    }
  }
}

}  // namespace dss::kernels

#endif
