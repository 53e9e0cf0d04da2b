#include "api/judged_labels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "api/deterministic_backend.h"

namespace dss::api {
namespace {

TEST(JudgedLabels, TheOperatorsThresholdsGoBeforeTheCards) {
  const scoring::Outcome outcome = *deterministic_score("p=0.8", {});
  const auto labels = judged_labels(outcome, {{"toxic", 0.9F}, {"obscene", 0.2F}});
  ASSERT_EQ(labels.size(), models::kCategoryCount);
  EXPECT_EQ(labels[0].name, "toxic");
  EXPECT_FALSE(labels[0].flagged()) << "0.8, from 0.9 on";
  EXPECT_FALSE(labels[1].flagged()) << "0.4, by the card from 0.5 on";
  EXPECT_TRUE(labels[2].flagged()) << "0.2 reaches 0.2";
}

TEST(JudgedLabels, AreFoundByName) {
  const scoring::Outcome outcome = *deterministic_score("p=0.8", {});
  const auto labels = judged_labels(outcome, {});
  EXPECT_FLOAT_EQ(find_label(labels, "severe_toxic")->probability, 0.4F);
  EXPECT_FALSE(find_label(labels, "sexual").has_value());
}

TEST(LogitOf, ASigmoidUndoesIt) {
  for (const float p : {1e-6F, 0.01F, 0.5F, 0.73F, 0.999F}) {
    EXPECT_NEAR(1 / (1 + std::exp(-logit_of(p))), p, 1e-6F * p + 1e-9F) << p;
  }
  EXPECT_TRUE(std::isfinite(logit_of(0)));
  EXPECT_TRUE(std::isfinite(logit_of(1)));
  EXPECT_LT(logit_of(0), -80);
  EXPECT_GT(logit_of(1), 16);
}

}  // namespace
}  // namespace dss::api
