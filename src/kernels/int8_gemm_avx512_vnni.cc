#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace dss::kernels {
namespace {

constexpr std::size_t kGroup = 4;               // inputs of one instruction
constexpr std::size_t kStep = kGroup * kPanel;  // bytes of one of its operands
constexpr std::size_t kUnrolled = 4;            // steps; inputs are padded to a multiple
constexpr std::size_t kLine = 64;

// Sums that stay in registers over all inputs.
constexpr int kTileRows = 8;
constexpr int kTilePanels = 3;

// Weights come from the third-level cache, which answers slowly and to few questions at a time:
// those that are needed so many bytes later are fetched into the second level, evenly over all
// steps. As the matrices of a model lie end to end, the last panels of one fetch the first of the
// next.
constexpr std::size_t kAhead = std::size_t{64} << 10;

struct Block {
  const std::uint8_t* a;
  std::size_t a_stride;
  const std::int8_t* w;
  std::size_t panel_bytes;
  const std::int32_t* correction;
  std::size_t groups;
  std::int32_t* out;
  std::size_t out_stride;
  const std::int8_t* ahead;  // the next line to fetch
  std::size_t fetched;       // bytes, each time that kUnrolled steps are done
};

template <int kRows, int kPanels>
void multiply(const Block& block) {
  __m512i sums[kRows][kPanels];
#pragma GCC unroll 8
  for (int p = 0; p < kPanels; ++p) {
    const __m512i start = _mm512_loadu_si512(block.correction + p * kPanel);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) sums[r][p] = start;
  }
  const std::int8_t* w = block.w;
  const std::uint8_t* a = block.a;
  const std::int8_t* ahead = block.ahead;
  for (std::size_t g = 0; g < block.groups; g += kUnrolled) {
    for (const std::int8_t* end = ahead + block.fetched; ahead != end; ahead += kLine) {
      _mm_prefetch(reinterpret_cast<const char*>(ahead), _MM_HINT_T1);
    }
#pragma GCC unroll 4
    for (std::size_t step = 0; step < kUnrolled; ++step, w += kStep, a += kGroup) {
      __m512i weights[kPanels];
#pragma GCC unroll 8
      for (int p = 0; p < kPanels; ++p) {
        weights[p] = _mm512_loadu_si512(w + p * block.panel_bytes);
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
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 8
    for (int p = 0; p < kPanels; ++p) {
      _mm512_storeu_si512(block.out + r * block.out_stride + p * kPanel, sums[r][p]);
    }
  }
}

// kMost rows or fewer.
template <int kMost, int kPanels>
void multiply_rest(const Block& block, std::size_t rows) {
  if constexpr (kMost > 0) {
    if (rows == kMost) return multiply<kMost, kPanels>(block);
    multiply_rest<kMost - 1, kPanels>(block, rows);
  }
}

template <int kPanels>
void multiply_rows(Block block, std::size_t rows) {
  const std::size_t lines = kPanels * block.panel_bytes / kLine;
  const std::size_t fetches = (rows + kTileRows - 1) / kTileRows * (block.groups / kUnrolled);
  const std::int8_t* end = block.ahead + kPanels * block.panel_bytes;
  block.fetched = (lines + fetches - 1) / fetches * kLine;
  for (; rows >= kTileRows; rows -= kTileRows) {
    multiply<kTileRows, kPanels>(block);
    block.a += kTileRows * block.a_stride;
    block.out += kTileRows * block.out_stride;
    block.ahead += block.groups / kUnrolled * block.fetched;
    if (block.ahead >= end) block.fetched = 0;
  }
  multiply_rest<kTileRows - 1, kPanels>(block, rows);
}

}  // namespace

void int8_gemm_avx512_vnni(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                           const Int32Rows& out) {
  if (a.rows == 0) return;
  for (std::size_t p = 0; p < panels.count;) {
    const std::size_t panel = panels.first + p;
    const auto* weights = reinterpret_cast<const std::int8_t*>(w.panel(panel));
    const Block block{a.data,
                      a.stride,
                      weights,
                      w.panel_bytes(),
                      w.correction() + panel * kPanel,
                      w.padded_inputs() / kGroup,
                      out.data + p * kPanel,
                      out.stride,
                      weights + kAhead,
                      0};
    if (panels.count - p >= kTilePanels) {
      multiply_rows<kTilePanels>(block, a.rows);
      p += kTilePanels;
    } else {
      multiply_rows<1>(block, a.rows);
      p += 1;
    }
  }
}

}  // namespace dss::kernels

#endif
