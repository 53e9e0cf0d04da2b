#include "kernels/sparse_dot.h"

namespace dss::kernels {

bool has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

SparseSums sparse_dot(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  static const auto version = has_avx2() ? sparse_dot_avx2 : sparse_dot_portable;
  return version(rows, index);
}

SparseSums sparse_dot_portable(std::span<const SparseRow> rows,
                               std::span<const std::uint32_t> index) {
  SparseSums sums;
  for (const std::uint32_t each : index) {
    const SparseRow& row = rows[each];
    for (std::size_t column = 0; column < kSparseColumns; ++column) {
      sums.dot[column] += std::int64_t{row.factor} * row.weight[column];
    }
    sums.squares += std::uint64_t{row.factor} * row.factor;
  }
  return sums;
}

}  // namespace dss::kernels
