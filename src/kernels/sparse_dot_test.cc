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
  }
  return problem;
}

// The definition, in double precision.
std::array<double, kSparseColumns + 1> exact(const Problem& problem) {
  std::array<double, kSparseColumns + 1> sums{};
  for (const std::uint32_t index : problem.index) {
    const SparseRow& row = problem.rows[index];
    const double factor = row.factor;
    for (std::size_t c = 0; c < kSparseColumns; ++c) sums[c] += factor * row.weight[c];
    sums.back() += factor * factor;
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
    expect_close(sparse_dot_portable(problem.rows, problem.index), expected);
    expect_close(sparse_dot(problem.rows, problem.index), expected);
    if (has_avx2()) {
      expect_close(sparse_dot_avx2(problem.rows, problem.index), expected);
    }
  }
}

TEST(SparseDot, OfNothingIsZero) {
  const Problem problem = random_problem(1, 0);
  const SparseSums sums = sparse_dot(problem.rows, {});
  EXPECT_EQ(sums.squares, 0);
  EXPECT_EQ(sums.dot[0], 0);
}

}  // namespace
}  // namespace dss::kernels
