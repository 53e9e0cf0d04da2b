#include "tokenizer/words.h"

#include <gtest/gtest.h>

#include <string>

namespace dss::tokenizer {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  WordReader reader(text);
  for (Word word; reader.next(&word);) {
    all.emplace_back(text.substr(word.range.begin, word.range.end - word.range.begin));
  }
  return all;
}

using Words = std::vector<std::string>;

TEST(Words, AreLettersDigitsAndWhatStandsInside) {
  EXPECT_EQ(words("you don't f*ck 45s, ok."), (Words{"you", "don't", "f*ck", "45s", "ok"}));
  EXPECT_EQ(words("'quoted' l'eau"), (Words{"quoted", "l'eau"}));
  EXPECT_EQ(words("f**k"), (Words{"f**k"}));
}

TEST(Words, SignsThatSaySomethingAreWords) {
  EXPECT_EQ(words("no! really? #tag * 😂"),
            (Words{"no", "!", "really", "?", "#", "tag", "*", "😂"}));
}

TEST(Words, OtherScriptsAreWhole) {
  EXPECT_EQ(words("привет мир 你好"), (Words{"привет", "мир", "你好"}));
  EXPECT_EQ(words("हिन्दी।"), (Words{"हिन्दी"}));
}

TEST(Words, NothingIsNothing) {
  EXPECT_TRUE(words("").empty());
  EXPECT_TRUE(words(".,;: ()").empty());
}

TEST(Words, OneSignMakesACompound) {
  EXPECT_TRUE(forms_compound("st.upid", {0, 2}, {3, 7}));
  EXPECT_FALSE(forms_compound("st upid", {0, 2}, {3, 7}));
  EXPECT_FALSE(forms_compound("st..upid", {0, 2}, {4, 8}));
}

}  // namespace
}  // namespace dss::tokenizer
