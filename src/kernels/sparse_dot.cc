#include "kernels/sparse_dot.h"

#include "base/processor.h"

namespace dss::kernels {

SparseSums sparse_dot(std::span<const SparseRow> rows, std::span<const std::uint32_t> index) {
  static const auto version = base::has_avx2() ? sparse_dot_avx2 : sparse_dot_portable;
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
