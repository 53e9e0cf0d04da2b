#include "policy/thresholds.h"

#include <gtest/gtest.h>

namespace dss::policy {
namespace {

const LabelScore kLabels[] = {
    {"toxic", 0.5F, 0.5F}, {"threat", 0.2F, 0.3F}, {"insult", 0.9F, 0.8F}};
using Names = std::vector<std::string_view>;

TEST(Thresholds, TheCardDecidesUnlessToldOtherwise) {
  EXPECT_EQ(flagged(kLabels, {}, {}), (Names{"toxic", "insult"})) << "reaching it is enough";
}

TEST(Thresholds, TheOperatorOverridesTheCard) {
  EXPECT_EQ(flagged(kLabels, {{"threat", 0.2F}, {"insult", 0.95F}}, {}),
            (Names{"toxic", "threat"}));
}

TEST(Thresholds, ThePolicyOverridesTheOperator) {
  const Thresholds operators = {{"threat", 0.1F}, {"toxic", 0.9F}};
  const Thresholds policy = {{"toxic", 0.4F}};
  EXPECT_EQ(flagged(kLabels, operators, policy), (Names{"toxic", "threat", "insult"}));
  EXPECT_FLOAT_EQ(threshold_of(kLabels[0], operators, policy), 0.4F);
  EXPECT_FLOAT_EQ(threshold_of(kLabels[1], operators, policy), 0.1F);
  EXPECT_FLOAT_EQ(threshold_of(kLabels[2], operators, policy), 0.8F);
}

TEST(Thresholds, UnknownLabelsInOverridesDoNothing) {
  EXPECT_EQ(flagged(kLabels, {{"spam", 0}}, {}), (Names{"toxic", "insult"}));
}

}  // namespace
}  // namespace dss::policy
