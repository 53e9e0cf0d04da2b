#include "kernels/sparse_dot.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <array>

namespace dss::kernels {
namespace {

// Pairs of rows whose products of 22 bits are summed in 32 before they are carried over.
constexpr std::size_t kPairsAtOnce = 128;

__m128i load(const SparseRow* row) {
  return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(row));
}

struct Accumulator {
  __m256i part = _mm256_setzero_si256();  // eight sums of 32 bits; 6 and 7 are not read
  __m256i low = _mm256_setzero_si256();   // the first four in 64 bits
  __m256i high = _mm256_setzero_si256();
  __m256i squares = _mm256_setzero_si256();  // four equal sums of 64 bits

  // Weights side by side, a0 b0 a1 b1 …, times the factors side by side, added in pairs.
  void add(const SparseRow* first, const SparseRow* second) {
    const __m128i a = load(first);
    const __m128i b = load(second);
    const __m256i weights = _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(a, b));
    const __m128i factors = _mm_shuffle_epi32(_mm_unpacklo_epi16(a, b), 0xFF);
    part = _mm256_add_epi32(part, _mm256_madd_epi16(weights, _mm256_set_m128i(factors, factors)));
    squares = _mm256_add_epi64(squares, _mm256_cvtepu32_epi64(_mm_madd_epi16(factors, factors)));
  }
  void carry() {
    low = _mm256_add_epi64(low, _mm256_cvtepi32_epi64(_mm256_castsi256_si128(part)));
    high = _mm256_add_epi64(high, _mm256_cvtepi32_epi64(_mm256_extracti128_si256(part, 1)));
    part = _mm256_setzero_si256();
  }
};

}  // namespace

SparseSums sparse_dot_avx2(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  static constexpr SparseRow kNothing{};
  Accumulator sums;
  std::size_t i = 0;
  while (index.size() - i >= 2) {
    const std::size_t end = i + 2 * std::min(kPairsAtOnce, (index.size() - i) / 2);
    for (; i < end; i += 2) sums.add(&rows[index[i]], &rows[index[i + 1]]);
    sums.carry();
  }
  if (i < index.size()) sums.add(&rows[index[i]], &kNothing);
  sums.carry();
  alignas(32) std::array<std::int64_t, 8> lanes;
  alignas(32) std::array<std::uint64_t, 4> squares;
  _mm256_store_si256(reinterpret_cast<__m256i*>(lanes.data()), sums.low);
  _mm256_store_si256(reinterpret_cast<__m256i*>(lanes.data() + 4), sums.high);
  _mm256_store_si256(reinterpret_cast<__m256i*>(squares.data()), sums.squares);
  SparseSums result;
  std::copy_n(lanes.begin(), kSparseColumns, result.dot.begin());
  result.squares = squares[0];
  return result;
}

}  // namespace dss::kernels

#else

namespace dss::kernels {

SparseSums sparse_dot_avx2(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  return sparse_dot_portable(rows, index);
}

}  // namespace dss::kernels

#endif
