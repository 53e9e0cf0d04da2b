#include "policy/phrase_list.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"

namespace dss::policy {
namespace {

PhraseList list(std::initializer_list<const char*> phrases) {
  PhraseList made;
  for (const char* phrase : phrases) EXPECT_TRUE(made.add(phrase)) << phrase;
  return made;
}

TEST(PhraseList, FindsWholeWordsOnly) {
  const PhraseList cats = list({"cat"});
  for (const char* text : {"cat", "a cat!", "(CAT)", "CaT's", "one,cat",
                           "\xE2\x80\x9C"
                           "cat\xE2\x80\x9D"}) {
    EXPECT_TRUE(cats.first_in(text)) << text;
  }
  for (const char* text : {"", "category", "scat", "c at", "cat5"}) {
    EXPECT_FALSE(cats.first_in(text)) << text;
  }
}

TEST(PhraseList, ReadsPhrasesAcrossSpacesAndSigns) {
  const PhraseList phrases = list({"Kill the Boss", "kill"});
  EXPECT_EQ(phrases.first_in("let's kill  the\nboss now"), "Kill the Boss") << "added first";
  EXPECT_EQ(phrases.first_in("kill-the-boss"), "Kill the Boss");
  EXPECT_EQ(phrases.first_in("kill the"), "kill");
  EXPECT_EQ(phrases.first_in("the boss"), std::nullopt);
}

TEST(PhraseList, AccentsAndFormsDoNotMatter) {
  EXPECT_TRUE(list({"CAF\xC3\x89"}).first_in("un cafe\xCC\x81 noir"));
  EXPECT_TRUE(list({"cafe"}).first_in("\xEF\xBD\x83\xEF\xBD\x81\xEF\xBD\x86\xEF\xBD\x85"));
}

TEST(PhraseList, RefusesPhrasesWithoutWords) {
  PhraseList phrases;
  EXPECT_FALSE(phrases.add(""));
  EXPECT_FALSE(phrases.add(" ?! "));
  EXPECT_EQ(phrases.size(), 0U);
  EXPECT_FALSE(phrases.first_in("anything"));
}

RC_GTEST_PROP(PhraseList, FindsEveryWordItHasWhereverItStands, (std::uint8_t before)) {
  std::string text;
  for (int i = 0; i < before; ++i) text += "w" + std::to_string(i) + " ";
  RC_ASSERT(list({"needle in hay"}).first_in(text + "needle in hay") == "needle in hay");
  RC_ASSERT(!list({"needle in hay"}).first_in(text + "needle in"));
}

RC_GTEST_PROP(PhraseList, TakesAnyText, (const std::string& bytes)) {
  const std::string text = base::replace_invalid_utf8(bytes);
  PhraseList phrases;
  const bool added = phrases.add(text);
  RC_ASSERT(phrases.first_in(text).has_value() == added);
}

}  // namespace
}  // namespace dss::policy
