#include "api/perspective/scale.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::api::perspective {
namespace {

weights::Card card_with_scale() {
  weights::Card card;
  card.perspective.push_back(
      {.attribute = "TOXICITY", .label = "toxic", .points = {{-4, 0, 13}, {0.1F, 0.7F, 1}}});
  return card;
}

TEST(Scale, ReadsTheCardsPoints) {
  const weights::Card card = card_with_scale();
  EXPECT_FLOAT_EQ(on_scale(card, "TOXICITY", 0.5F), 0.7F);
  EXPECT_FLOAT_EQ(on_scale(card, "TOXICITY", 0), 0.1F);
  EXPECT_GT(on_scale(card, "TOXICITY", 1), 0.99F);
}

TEST(Scale, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(on_scale(card_with_scale(), "INSULT", 0.3F), 0.3F);
  EXPECT_EQ(on_scale({}, "TOXICITY", 0.3F), 0.3F);
}

RC_GTEST_PROP(Scale, KeepsTheOrder, ()) {
  const weights::Card card = card_with_scale();
  const auto any = [] { return static_cast<float>(*rc::gen::inRange(0, 1001)) / 1000; };
  const float one = any();
  const float other = any();
  const float low = on_scale(card, "TOXICITY", std::min(one, other));
  const float high = on_scale(card, "TOXICITY", std::max(one, other));
  RC_ASSERT(0 <= low && low <= high && high <= 1);
}

}  // namespace
}  // namespace dss::api::perspective
