#include "policy/policy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::policy {
namespace {

using Rule = Reason::Rule;

Decision decided(const Policy& policy, float toxic, float threat = 0, bool uncertain = false,
                 std::string_view text = "some text") {
  const LabelScore labels[] = {{"toxic", toxic, 0.5F}, {"threat", threat, 0.5F}};
  return decide(policy, match_lists(policy, text), labels, {{"threat", 0.3F}}, uncertain);
}

Policy three_bands() {
  Policy policy;
  policy.bands = {{"toxic", 0.3F, 0.6F, Action::kFlag},
                  {"toxic", 0.6F, 0.9F, Action::kHold},
                  {"toxic", 0.9F, 1.0F, Action::kBlock}};
  return policy;
}

TEST(Policy, NamesItsActions) {
  for (const Action action : {Action::kAllow, Action::kFlag, Action::kHold, Action::kBlock}) {
    EXPECT_EQ(action_named(action_name(action)), action);
  }
  EXPECT_EQ(action_named("delete"), std::nullopt);
}

TEST(Policy, BandsDecideByProbability) {
  const Policy policy = three_bands();
  EXPECT_EQ(decided(policy, 0.29F).action, Action::kAllow);
  EXPECT_TRUE(decided(policy, 0.29F).reasons.empty());
  EXPECT_EQ(decided(policy, 0.3F).action, Action::kFlag);
  EXPECT_EQ(decided(policy, 0.6F).action, Action::kHold) << "the upper end belongs to the next";
  EXPECT_EQ(decided(policy, 1.0F).action, Action::kBlock) << "but 1 to the last";
  const Decision held = decided(policy, 0.7F);
  ASSERT_EQ(held.reasons.size(), 1U);
  EXPECT_EQ(held.reasons[0].rule, Rule::kBand);
  EXPECT_EQ(held.reasons[0].category, "toxic");
  EXPECT_FLOAT_EQ(held.reasons[0].from, 0.6F);
}

TEST(Policy, CategoriesWithoutBandsAreFlaggedFromTheirThresholdOn) {
  Policy policy;
  EXPECT_EQ(decided(policy, 0.49F).action, Action::kAllow) << "the card's";
  EXPECT_EQ(decided(policy, 0.5F).action, Action::kFlag);
  EXPECT_EQ(decided(policy, 0, 0.3F).action, Action::kFlag) << "the operator's over the card's";
  policy.thresholds = {{"threat", 0.8F}};
  EXPECT_EQ(decided(policy, 0, 0.7F).action, Action::kAllow) << "the policy's over the operator's";
  EXPECT_EQ(decided(three_bands(), 0.7F, 0.9F).action, Action::kHold) << "the severest wins";
}

TEST(Policy, AnUnsureModelCallsForAMildestAction) {
  Policy policy = three_bands();
  EXPECT_EQ(decided(policy, 0.1F, 0, true).action, Action::kAllow);
  policy.when_uncertain = Action::kHold;
  EXPECT_EQ(decided(policy, 0.1F, 0, true).action, Action::kHold);
  EXPECT_EQ(decided(policy, 0.1F, 0, true).reasons.at(0).rule, Rule::kUncertain);
  EXPECT_EQ(decided(policy, 0.95F, 0, true).action, Action::kBlock);
}

TEST(Policy, ListsDecideBeforeScores) {
  Policy policy = three_bands();
  policy.block.add("forbidden");
  policy.allow.add("kill the boss");
  EXPECT_EQ(decided(policy, 0, 0, false, "a forbidden word").action, Action::kBlock);
  EXPECT_EQ(decided(policy, 0.95F, 0, true, "kill the boss!").action, Action::kAllow);
  const Decision both = decided(policy, 0, 0, false, "kill the boss, forbidden");
  EXPECT_EQ(both.action, Action::kBlock) << "what is blocked stays blocked";
  EXPECT_EQ(both.reasons.at(0).phrase, "forbidden");
}

RC_GTEST_PROP(Policy, ActionsGrowWithTheScoreWhenTheBandsDo, (std::uint16_t a, std::uint16_t b)) {
  const float low = static_cast<float>(std::min(a, b)) / 65535.0F;
  const float high = static_cast<float>(std::max(a, b)) / 65535.0F;
  RC_ASSERT(decided(three_bands(), low).action <= decided(three_bands(), high).action);
}

RC_GTEST_PROP(Policy, EveryReasonAskedForTheActionTaken, (std::uint16_t a, std::uint16_t b)) {
  const Decision decision = decided(three_bands(), static_cast<float>(a) / 65535.0F,
                                    static_cast<float>(b) / 65535.0F, a % 2 == 0);
  for (const Reason& reason : decision.reasons) RC_ASSERT(reason.action == decision.action);
  RC_ASSERT(decision.action == Action::kAllow || !decision.reasons.empty());
}

}  // namespace
}  // namespace dss::policy
