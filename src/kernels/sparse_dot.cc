#include "kernels/sparse_dot.h"

#include <algorithm>

namespace dss::kernels {

bool has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

SparseSums sparse_dot(std::span<const SparseRow> rows, std::span<const std::uint32_t> index,
                      std::span<const std::uint32_t> count, const CountTable& table) {
  static const auto version = has_avx2() ? sparse_dot_avx2 : sparse_dot_portable;
  return version(rows, index, count, table);
}

SparseSums sparse_dot_portable(std::span<const SparseRow> rows,
                               std::span<const std::uint32_t> index,
                               std::span<const std::uint32_t> count, const CountTable& table) {
  SparseSums sums;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const SparseRow& row = rows[index[i]];
    const float value =
        table[std::min<std::size_t>(count[i], table.size() - 1)] * static_cast<float>(row.factor);
    for (std::size_t column = 0; column < kSparseColumns; ++column) {
      sums.dot[column] += value * static_cast<float>(row.weight[column]);
    }
    sums.squares += value * value;
  }
  return sums;
}

}  // namespace dss::kernels
