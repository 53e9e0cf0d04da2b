#include "app/compare/comparison.h"

#include <array>

#include "gtest/gtest.h"

namespace dss::app {
namespace {

constexpr std::array kBefore = {0.9F, 0.8F, 0.7F, 0.2F, 0.1F, 0.85F};
constexpr std::array kAfter = {0.95F, 0.3F, 0.82F, 0.1F, 0.9F, 0.79F};

TEST(Comparison, CountsChangedDecisions) {
  const Comparison comparison = compare_scores(kBefore, kAfter, 0.8F, 0);
  EXPECT_EQ(comparison.rows, 6U);
  EXPECT_EQ(comparison.agreement.positives, 3U);
  EXPECT_EQ(comparison.newly_flagged, 2U);
  EXPECT_EQ(comparison.no_longer_flagged, 2U);
  EXPECT_EQ(comparison.changed, (std::vector<std::size_t>{4, 1, 2, 5})) << "the largest gap first";
}

TEST(Comparison, FindsTheThresholdThatFlagsAsOften) {
  const Comparison comparison = compare_scores(kBefore, kAfter, 0.7F, 0);
  ASSERT_TRUE(comparison.as_often.has_value());
  std::size_t flagged = 0;
  for (const float score : kAfter) flagged += score >= *comparison.as_often ? 1 : 0;
  EXPECT_EQ(flagged, comparison.agreement.positives);
  EXPECT_FALSE(compare_scores(kBefore, kAfter, 0.99F, 0).as_often.has_value());
}

TEST(Comparison, IsPrintedAsATable) {
  const std::string text = to_markdown(compare_scores(kBefore, kAfter, 0.8F, 50));
  EXPECT_NE(text.find("| flagged before | 3 |\n| flagged now | 3 |\n"), std::string::npos) << text;
  EXPECT_NE(text.find("| same decision (95 % interval) | 0.333 ("), std::string::npos) << text;
}

}  // namespace
}  // namespace dss::app
