#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;               // inputs of one instruction
constexpr std::size_t kStep = kGroup * kPanel;  // bytes of one of its operands
constexpr std::size_t kAhead = 4096;            // bytes of weights fetched before they are needed

struct Block {
  const std::uint8_t* a;
  std::size_t a_stride;
  const std::int8_t* w;
  std::size_t panel_bytes;
  const std::int32_t* correction;
  std::size_t groups;
  std::int32_t* out;
  std::size_t out_stride;
};

// kRows × kPanels sums stay in registers over all inputs.
template <int kRows, int kPanels>
void multiply(const Block& block, bool fetch) {
  __m512i sums[kRows][kPanels];
#pragma GCC unroll 8
  for (int p = 0; p < kPanels; ++p) {
    const __m512i start = _mm512_loadu_si512(block.correction + p * kPanel);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) sums[r][p] = start;
  }
  const std::int8_t* w = block.w;
  const std::uint8_t* a = block.a;
  for (std::size_t g = 0; g < block.groups; ++g, w += kStep, a += kGroup) {
    __m512i weights[kPanels];
#pragma GCC unroll 8
    for (int p = 0; p < kPanels; ++p) {
      const std::int8_t* at = w + p * block.panel_bytes;
      if (fetch) _mm_prefetch(reinterpret_cast<const char*>(at + kAhead), _MM_HINT_T0);
      weights[p] = _mm512_loadu_si512(at);
    }
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      const __m512i values =
          _mm512_set1_epi32(*reinterpret_cast<const std::int32_t*>(a + r * block.a_stride));
#pragma GCC unroll 8
      for (int p = 0; p < kPanels; ++p) {
        sums[r][p] = _mm512_dpbusd_epi32(sums[r][p], values, weights[p]);
      }
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 8
    for (int p = 0; p < kPanels; ++p) {
      _mm512_storeu_si512(block.out + r * block.out_stride + p * kPanel, sums[r][p]);
    }
  }
}

template <int kPanels>
void rows_of(Block block, std::size_t rows) {
  bool fetch = true;
  const auto next = [&block, &fetch, &rows](std::size_t done) {
    block.a += done * block.a_stride;
    block.out += done * block.out_stride;
    rows -= done;
    fetch = false;
  };
  constexpr int kMost = kPanels == 4 ? 6 : 12;
  while (rows >= kMost) {
    multiply<kMost, kPanels>(block, fetch);
    next(kMost);
  }
  while (rows >= 4) {
    multiply<4, kPanels>(block, fetch);
    next(4);
  }
  while (rows >= 1) {
    multiply<1, kPanels>(block, fetch);
    next(1);
  }
}

}  // namespace

void int8_gemm_avx512_vnni(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                           const Int32Rows& out) {
  for (std::size_t p = 0; p < panels.count;) {
    const std::size_t panel = panels.first + p;
    const Block block{a.data,
                      a.stride,
                      reinterpret_cast<const std::int8_t*>(w.panel(panel)),
                      w.panel_bytes(),
                      w.correction() + panel * kPanel,
                      w.padded_inputs() / kGroup,
                      out.data + p * kPanel,
                      out.stride};
    if (panels.count - p >= 4) {
      rows_of<4>(block, a.rows);
      p += 4;
    } else {
      rows_of<1>(block, a.rows);
      p += 1;
    }
  }
}

}  // namespace dss::kernels

#endif
