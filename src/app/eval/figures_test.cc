#include "app/eval/figures.h"

#include "gtest/gtest.h"

namespace dss::app {
namespace {

ScoredRows four_rows() {
  ScoredRows rows{.columns = {}, .rows = 4};
  for (auto& column : rows.columns) {
    column.row = {0, 1, 2, 3};
    column.probability = {0.1F, 0.2F, 0.8F, 0.9F};
    column.truth = {0, 0, 1, 1};
  }
  rows.columns[0].truth = {0, 1, 0, 1};
  return rows;
}

TEST(RankingFigures, MeansAreOverTheNamedColumns) {
  const RankingFigures figures =
      ranking_figures(four_rows(), {0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F}, 50);
  EXPECT_DOUBLE_EQ(figures.categories[0].auc, 0.75);
  EXPECT_DOUBLE_EQ(figures.categories[1].auc, 1.0);
  EXPECT_DOUBLE_EQ(figures.mean_auc, (0.75 + 5) / 6);
  EXPECT_DOUBLE_EQ(figures.frequent_auc, (0.75 + 2) / 3);
  EXPECT_DOUBLE_EQ(figures.categories[0].precision, 0.5);
  EXPECT_LE(figures.mean_auc_interval.low, figures.mean_auc);
  EXPECT_GE(figures.mean_auc_interval.high, figures.mean_auc);
}

TEST(RankingFigures, AreTheSameEveryTime) {
  const Thresholds thresholds = {0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F};
  const auto first = ranking_figures(four_rows(), thresholds, 100);
  const auto second = ranking_figures(four_rows(), thresholds, 100);
  EXPECT_EQ(first.mean_auc_interval.low, second.mean_auc_interval.low);
  EXPECT_EQ(first.mean_auc_interval.high, second.mean_auc_interval.high);
}

TEST(HateCheckFigures, CountEachFunctionalityByBothDecisions) {
  const std::vector<HateCheckCase> cases = {
      {.functionality = "slur_h", .hateful = true, .identity_hate = 0.9F, .toxic = 0.1F},
      {.functionality = "slur_h", .hateful = true, .identity_hate = 0.1F, .toxic = 0.9F},
      {.functionality = "profanity_nh", .hateful = false, .identity_hate = 0.2F, .toxic = 0.9F}};
  const HateCheckFigures figures = hatecheck_figures(cases, {0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F});
  ASSERT_EQ(figures.functionalities.size(), 2U);
  EXPECT_DOUBLE_EQ(figures.functionalities[0].by_identity_hate, 0.5);
  EXPECT_DOUBLE_EQ(figures.functionalities[0].by_toxic, 0.5);
  EXPECT_DOUBLE_EQ(figures.functionalities[1].by_identity_hate, 1);
  EXPECT_DOUBLE_EQ(figures.functionalities[1].by_toxic, 0);
  EXPECT_DOUBLE_EQ(figures.hateful_right, 0.5);
  EXPECT_DOUBLE_EQ(figures.non_hateful_right, 1);
  EXPECT_DOUBLE_EQ(figures.all_right, 2.0 / 3);
  EXPECT_DOUBLE_EQ(figures.identity_hate_auc, 0.5);
}

}  // namespace
}  // namespace dss::app
