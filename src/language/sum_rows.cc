#include "language/sum_rows.h"

#include "base/processor.h"

namespace dss::language {

RowSums sum_rows(const Row* table, std::span<const std::uint32_t> rows) {
  static const auto version = base::has_avx2() ? sum_rows_avx2 : sum_rows_portable;
  return version(table, rows);
}

RowSums sum_rows_portable(const Row* table, std::span<const std::uint32_t> rows) {
  RowSums sums{};
  for (const std::uint32_t each : rows) {
    const Row& row = table[each];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sums[lane] = static_cast<std::int16_t>(sums[lane] + row[lane]);
    }
  }
  return sums;
}

}  // namespace dss::language
