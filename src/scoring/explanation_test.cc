#include "scoring/explanation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dss::scoring {
namespace {

TEST(Explanation, CountsInCodePoints) {
  const std::string text = "été 😀 fou";
  const Explanation made = make_explanation(text, {{0, 5, 1}, {6, 10, 2}, {11, 14, -1}}, 1, 0.5F);
  ASSERT_EQ(made.words.size(), 3U);
  EXPECT_EQ(made.words[0].begin, 0U);
  EXPECT_EQ(made.words[0].end, 3U);
  EXPECT_EQ(made.words[1].begin, 4U);
  EXPECT_EQ(made.words[1].end, 5U);
  EXPECT_EQ(made.words[2].begin, 6U);
  EXPECT_EQ(made.words[2].end, 9U);
}

TEST(Explanation, TheBiasTakesTheRest) {
  const Explanation made = make_explanation("ab", {{0, 1, 2}, {1, 2, -0.5F}}, 2, 0.8F);
  EXPECT_FLOAT_EQ(made.logit, std::log(4.0F));
  EXPECT_FLOAT_EQ(made.words[0].contribution, 4);
  EXPECT_FLOAT_EQ(made.words[1].contribution, -1);
  EXPECT_FLOAT_EQ(made.bias, std::log(4.0F) - 3);
}

TEST(Explanation, WordsWithoutInfluenceAreLeftOut) {
  EXPECT_TRUE(make_explanation("ab", {{0, 1, 0}}, 1, 0.5F).words.empty());
  EXPECT_TRUE(make_explanation("ab", {{0, 1, 5}}, 0, 0.5F).words.empty()) << "a flat piece";
}

}  // namespace
}  // namespace dss::scoring
