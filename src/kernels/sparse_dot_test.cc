#include "kernels/sparse_dot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/rng.h"

namespace dss::kernels {
namespace {

struct Problem {
  std::vector<SparseRow> rows;
  std::vector<std::uint32_t> index;
  std::vector<std::uint32_t> count;
  CountTable table{};
};

Problem random_problem(std::uint64_t seed, std::size_t size) {
  base::Rng rng(seed);
  Problem problem;
  problem.rows.resize(1000);
  for (SparseRow& row : problem.rows) {
    for (std::int8_t& weight : row.weight) weight = static_cast<std::int8_t>(rng.below(255) - 127);
    row.factor = static_cast<std::uint16_t>(rng.below(65536));
  }
  for (std::size_t i = 0; i < size; ++i) {
    problem.index.push_back(static_cast<std::uint32_t>(rng.below(problem.rows.size())));
    problem.count.push_back(static_cast<std::uint32_t>(1 + rng.below(400)));
  }
  for (std::size_t i = 1; i < problem.table.size(); ++i) {
    problem.table[i] = 1 + std::log(static_cast<float>(i));
  }
  return problem;
}

// The definition, in double precision.
std::array<double, kSparseColumns + 1> exact(const Problem& problem) {
  std::array<double, kSparseColumns + 1> sums{};
  for (std::size_t i = 0; i < problem.index.size(); ++i) {
    const SparseRow& row = problem.rows[problem.index[i]];
    const double value = double{problem.table[std::min<std::size_t>(problem.count[i], 255)]} *
                         static_cast<double>(row.factor);
    for (std::size_t c = 0; c < kSparseColumns; ++c) sums[c] += value * row.weight[c];
    sums.back() += value * value;
  }
  return sums;
}

void expect_close(const SparseSums& sums, const std::array<double, kSparseColumns + 1>& expected) {
  const double unit = 127 * std::sqrt(expected.back());
  for (std::size_t c = 0; c < kSparseColumns; ++c) {
    EXPECT_NEAR(sums.dot[c] / unit, expected[c] / unit, 1e-4);
  }
  EXPECT_NEAR(sums.squares, expected.back(), 1e-4 * expected.back());
}

TEST(SparseDot, EveryVersionFollowsTheDefinition) {
  for (std::size_t size = 0; size < 40; ++size) {
    const Problem problem = random_problem(size, size * size + 1);
    const auto expected = exact(problem);
    expect_close(sparse_dot_portable(problem.rows, problem.index, problem.count, problem.table),
                 expected);
    expect_close(sparse_dot(problem.rows, problem.index, problem.count, problem.table), expected);
    if (has_avx2()) {
      expect_close(sparse_dot_avx2(problem.rows, problem.index, problem.count, problem.table),
                   expected);
    }
  }
}

TEST(SparseDot, OfNothingIsZero) {
  const Problem problem = random_problem(1, 0);
  const SparseSums sums = sparse_dot(problem.rows, {}, {}, problem.table);
  EXPECT_EQ(sums.squares, 0);
  EXPECT_EQ(sums.dot[0], 0);
}

}  // namespace
}  // namespace dss::kernels
