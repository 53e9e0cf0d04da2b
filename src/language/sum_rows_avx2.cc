#include "language/sum_rows.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace dss::language {
namespace {

__m256i load(const Row* row) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row)));
}

}  // namespace

RowSums sum_rows_avx2(const Row* table, std::span<const std::uint32_t> rows) {
  __m256i even = _mm256_setzero_si256();
  __m256i odd = _mm256_setzero_si256();
  std::size_t i = 0;
  for (; i + 2 <= rows.size(); i += 2) {
    even = _mm256_add_epi16(even, load(table + rows[i]));
    odd = _mm256_add_epi16(odd, load(table + rows[i + 1]));
  }
  if (i < rows.size()) even = _mm256_add_epi16(even, load(table + rows[i]));
  RowSums sums;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums.data()), _mm256_add_epi16(even, odd));
  return sums;
}

}  // namespace dss::language

#else

namespace dss::language {

RowSums sum_rows_avx2(const Row* table, std::span<const std::uint32_t> rows) {
  return sum_rows_portable(table, rows);
}

}  // namespace dss::language

#endif
