#include "evaluation/quantile_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/piecewise_linear.h"
#include "base/rng.h"

namespace dss::evaluation {
namespace {

// Rows whose new score is a bent copy of the old one.
struct Rows {
  std::vector<float> from;
  std::vector<float> to;
};

Rows bent_rows(std::size_t count) {
  base::Rng rng(1);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    const auto u = static_cast<float>(rng.uniform());
    rows.from.push_back(12 * u * u - 6);
    rows.to.push_back(std::round(u * 100) / 100);
  }
  return rows;
}

std::size_t reaching(const std::vector<float>& scores, float level) {
  return static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](float score) { return score >= level; }));
}

TEST(QuantileMap, ThresholdsDecideAsOften) {
  const Rows rows = bent_rows(1000);
  const QuantileMap map = fit_quantile_map(rows.from, rows.to, -14, 14);
  std::vector<float> mapped;
  for (const float one : rows.from) mapped.push_back(base::piecewise_linear(map.x, map.y, one));
  for (const float level : {0.1F, 0.5F, 0.7F, 0.8F, 0.9F}) {
    EXPECT_EQ(reaching(mapped, level), reaching(rows.to, level)) << level;
  }
  EXPECT_EQ(map.y.front(), 0);
  EXPECT_EQ(map.y.back(), 1);
}

TEST(QuantileMap, JumpsWhereTheOldScoresDid) {
  std::vector<float> from;
  std::vector<float> to;
  for (int i = 0; i < 40; ++i) {
    from.push_back(static_cast<float>(i) / 10);
    to.push_back(i < 20 ? 0.07F : 0.92F);
  }
  const QuantileMap map = fit_quantile_map(from, to, -14, 14);
  EXPECT_LT(base::piecewise_linear(map.x, map.y, 1.9F), 0.11F);
  EXPECT_GE(base::piecewise_linear(map.x, map.y, 2.0F), 0.9F);
}

TEST(QuantileMap, SkipsLevelsThatHardlyAnyRowReaches) {
  const std::vector<float> from = {-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7};
  const std::vector<float> to = {0, 0, 0, 0, 0, 0, 0.3F, 0.3F, 0.3F, 0.3F, 0.9F};
  const QuantileMap map = fit_quantile_map(from, to, -14, 14);
  EXPECT_EQ(*std::max_element(map.y.begin(), map.y.end() - 1), 0.3F) << "one row alone reaches 0.9";
}

TEST(QuantileMap, RowsAreMappedByTheOthers) {
  Rows rows = bent_rows(500);
  const auto before = cross_mapped(rows.from, rows.to, -14, 14, 5);
  rows.to[7] = 1 - rows.to[7];
  const auto after = cross_mapped(rows.from, rows.to, -14, 14, 5);
  for (std::size_t i = 2; i < 500; i += 5) EXPECT_EQ(before[i], after[i]) << "7 is of fold 2";
  double gap = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    gap = std::max(gap, std::abs(static_cast<double>(before[i]) - bent_rows(500).to[i]));
  }
  EXPECT_LT(gap, 0.05);
}

RC_GTEST_PROP(QuantileMap, IsMonotone, ()) {
  const auto pairs = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(-13000, 13000), rc::gen::inRange(0, 101))));
  Rows rows;
  for (const auto& [from, to] : pairs) {
    rows.from.push_back(static_cast<float>(from) / 1000);
    rows.to.push_back(static_cast<float>(to) / 100);
  }
  const QuantileMap map = fit_quantile_map(rows.from, rows.to, -14, 14);
  RC_ASSERT(map.x.size() == map.y.size());
  RC_ASSERT(map.x.size() >= 2U);
  for (std::size_t i = 1; i < map.x.size(); ++i) {
    RC_ASSERT(map.x[i - 1] < map.x[i]);
    RC_ASSERT(map.y[i - 1] <= map.y[i]);
  }
}

}  // namespace
}  // namespace dss::evaluation
