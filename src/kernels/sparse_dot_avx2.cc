#include "kernels/sparse_dot.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <cstring>

namespace dss::kernels {
namespace {

// Lanes 0-5 hold the weights' sums; lanes 6 and 7, the factor's bytes, are not read.
struct Accumulator {
  __m256 dot = _mm256_setzero_ps();
  float squares = 0;

  void add(const SparseRow& row) {
    const auto factor = static_cast<float>(row.factor);
    std::int64_t bytes = 0;
    std::memcpy(&bytes, &row, sizeof bytes);
    const __m256 weights = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_cvtsi64_si128(bytes)));
    dot = _mm256_fmadd_ps(_mm256_set1_ps(factor), weights, dot);
    squares += factor * factor;
  }
};

}  // namespace

SparseSums sparse_dot_avx2(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  Accumulator even;
  Accumulator odd;
  std::size_t i = 0;
  for (; i + 2 <= index.size(); i += 2) {
    even.add(rows[index[i]]);
    odd.add(rows[index[i + 1]]);
  }
  if (i < index.size()) even.add(rows[index[i]]);
  alignas(32) std::array<float, 8> lanes;
  _mm256_store_ps(lanes.data(), _mm256_add_ps(even.dot, odd.dot));
  SparseSums sums;
  std::copy_n(lanes.begin(), kSparseColumns, sums.dot.begin());
  sums.squares = even.squares + odd.squares;
  return sums;
}

}  // namespace dss::kernels

#else

namespace dss::kernels {

SparseSums sparse_dot_avx2(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  return sparse_dot_portable(rows, index);
}

}  // namespace dss::kernels

#endif
