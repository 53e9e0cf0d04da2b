#include "language/sum_rows.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/processor.h"
#include "base/rng.h"

namespace dss::language {
namespace {

TEST(SumRows, EveryVersionFollowsTheDefinition) {
  base::Rng rng(3);
  std::vector<Row> table(500);
  for (Row& row : table) {
    for (std::int8_t& weight : row) weight = static_cast<std::int8_t>(rng.below(256));
  }
  for (std::size_t size = 0; size <= kMostRowsAtOnce; ++size) {
    std::vector<std::uint32_t> rows;
    std::array<int, kLanes> expected{};
    for (std::size_t i = 0; i < size; ++i) {
      rows.push_back(static_cast<std::uint32_t>(rng.below(table.size())));
      for (std::size_t lane = 0; lane < kLanes; ++lane) expected[lane] += table[rows[i]][lane];
    }
    const auto expect = [&expected](const RowSums& sums) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) ASSERT_EQ(sums[lane], expected[lane]);
    };
    expect(sum_rows_portable(table.data(), rows));
    expect(sum_rows(table.data(), rows));
    if (base::has_avx2()) expect(sum_rows_avx2(table.data(), rows));
  }
}

TEST(SumRows, TheLargestSumsFit) {
  Row row;
  row.fill(-128);
  const std::vector<std::uint32_t> rows(kMostRowsAtOnce, 0);
  EXPECT_EQ(sum_rows(&row, rows)[3], -128 * static_cast<int>(kMostRowsAtOnce));
}

}  // namespace
}  // namespace dss::language
