// Sums of rows of a table: the inner loop of the detector.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "language/table.h"

namespace dss::language {

/// Few enough rows that sixteen bits cannot overflow.
inline constexpr std::size_t kMostRowsAtOnce = 32767 / 128;

using RowSums = std::array<std::int16_t, kLanes>;

/// The sum of `table[row]` over `rows`, lane by lane. Thread-safe. REQUIRES: at most
/// kMostRowsAtOnce rows, each in the table.
[[nodiscard]] RowSums sum_rows(const Row* table, std::span<const std::uint32_t> rows);

/// The versions behind sum_rows, for tests.
[[nodiscard]] RowSums sum_rows_portable(const Row* table, std::span<const std::uint32_t> rows);
/// REQUIRES: AVX2.
[[nodiscard]] RowSums sum_rows_avx2(const Row* table, std::span<const std::uint32_t> rows);

}  // namespace dss::language
