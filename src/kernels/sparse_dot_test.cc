#include "kernels/sparse_dot.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/processor.h"
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
    for (std::int8_t& weight : row.weight) weight = static_cast<std::int8_t>(rng.below(256));
    row.factor = static_cast<std::uint16_t>(rng.below(kLargestFactor + 1));
  }
  for (std::size_t i = 0; i < size; ++i) {
    problem.index.push_back(static_cast<std::uint32_t>(rng.below(problem.rows.size())));
  }
  return problem;
}

SparseSums exact(const Problem& problem) {
  SparseSums sums;
  for (const std::uint32_t index : problem.index) {
    const SparseRow& row = problem.rows[index];
    const std::int64_t factor = row.factor;
    for (std::size_t c = 0; c < kSparseColumns; ++c) sums.dot[c] += factor * row.weight[c];
    sums.squares += static_cast<std::uint64_t>(factor * factor);
  }
  return sums;
}

void expect_exact(const Problem& problem) {
  const SparseSums expected = exact(problem);
  EXPECT_EQ(sparse_dot_portable(problem.rows, problem.index), expected);
  EXPECT_EQ(sparse_dot(problem.rows, problem.index), expected);
  if (base::has_avx2()) {
    EXPECT_EQ(sparse_dot_avx2(problem.rows, problem.index), expected);
  }
}

TEST(SparseDot, EveryVersionIsExact) {
  for (std::size_t size = 0; size < 40; ++size) expect_exact(random_problem(size, size * size + 1));
  for (std::size_t size = 250; size < 260; ++size) expect_exact(random_problem(size, size));
}

TEST(SparseDot, TheLargestSumsFit) {
  for (const int weight : {-128, 127}) {
    Problem problem;
    problem.rows.resize(1);
    problem.rows[0].weight.fill(static_cast<std::int8_t>(weight));
    problem.rows[0].factor = kLargestFactor;
    problem.index.assign(100'001, 0);
    expect_exact(problem);
  }
}

TEST(SparseDot, OfNothingIsZero) {
  EXPECT_EQ(sparse_dot(random_problem(1, 0).rows, {}), SparseSums());
}

}  // namespace
}  // namespace dss::kernels
