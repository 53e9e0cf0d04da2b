#include "text/leet.h"

#include <gtest/gtest.h>

#include "text/test_glyphs.h"

namespace dss::text {
namespace {

std::string decoded(std::string_view word) {
  Glyphs glyphs = glyphs_of(word);
  const bool changed = decode_leet(&glyphs);
  const std::string result = text_of(glyphs);
  EXPECT_EQ(changed, result != word);
  return result;
}

struct Pair {
  const char* word;
  const char* expected;
};

TEST(Leet, DigitsBetweenLetters) {
  for (const auto& [word, expected] : {Pair{"sh1t", "shit"},
                                       {"fu55y", "fussy"},
                                       {"n1gg4s", "niggas"},
                                       {"r3t4rd", "retard"},
                                       {"p0rn", "porn"},
                                       {"di9", "di9"}}) {
    EXPECT_EQ(decoded(word), expected);
  }
}

TEST(Leet, TwoLettersNeedAVowelBetweenConsonants) {
  EXPECT_EQ(decoded("s3x"), "sex");
  EXPECT_EQ(decoded("n00b"), "noob");
  EXPECT_EQ(decoded("a5s"), "a5s");
  EXPECT_EQ(decoded("h5n"), "h5n");
  EXPECT_EQ(decoded("b2b"), "b2b");
}

TEST(Leet, OneIsTheLetterThatFits) {
  EXPECT_EQ(decoded("d1ck"), "dick");
  EXPECT_EQ(decoded("s1ut"), "slut");
  EXPECT_EQ(decoded("assh01e"), "asshole");
  EXPECT_EQ(decoded("ki11er"), "killer");
  EXPECT_EQ(decoded("1oser"), "loser");
  EXPECT_EQ(decoded("1diot"), "idiot");
  EXPECT_EQ(decoded("b|tch"), "bitch");
}

TEST(Leet, DigitsAtTheEndOnlyWithOtherEvidence) {
  EXPECT_EQ(decoded("wh0r3"), "whore");
  EXPECT_EQ(decoded("user5"), "user5");
  EXPECT_EQ(decoded("covid19"), "covid19");
  EXPECT_EQ(decoded("mp3"), "mp3");
}

TEST(Leet, OneDigitBeforeLettersUnlessItCounts) {
  EXPECT_EQ(decoded("5hit"), "shit");
  EXPECT_EQ(decoded("4sshole"), "asshole");
  EXPECT_EQ(decoded("8itch"), "bitch");
  for (const char* word : {"4th", "1st", "5pm", "45s", "80s", "7days", "3hrs", "100km", "2nite"}) {
    EXPECT_EQ(decoded(word), word);
  }
}

TEST(Leet, MarksBetweenLettersWhereOneSideIsNoWord) {
  EXPECT_EQ(decoded("b!tch"), "bitch");
  EXPECT_EQ(decoded("stup!d"), "stupid");
  EXPECT_EQ(decoded("id!ot"), "idiot");
  EXPECT_EQ(decoded("shi+ty"), "shitty");
  for (const char* text :
       {"stop!now", "hello!", "oh!no", "talk|contribs", "a+b", "c++", "no!!yes", "привет!как"}) {
    EXPECT_EQ(decoded(text), text);
  }
}

TEST(Leet, DollarsAndAtSigns) {
  EXPECT_EQ(decoded("a$$"), "ass");
  EXPECT_EQ(decoded("@$$hole"), "asshole");
  EXPECT_EQ(decoded("@ss"), "ass");
  EXPECT_EQ(decoded("$hit"), "shit");
  EXPECT_EQ(decoded("b@stard"), "bastard");
  for (const char* text : {"@sam", "us$", "$5", "5$", "$", "$$$", "@", "a@b.org", "$1,000"}) {
    EXPECT_EQ(decoded(text), text);
  }
}

TEST(Leet, AddressesAndIdentifiersStay) {
  for (const char* text :
       {"https://a1b.com/sh1t", "www.s3x.com", "me@h0st.org", "a3f5c9e1d0", "2001:db8:97:44af",
        "x86", "h1n1", "utf8", "0x1f4a9", "averylongidentifier4withdigits1nside"}) {
    EXPECT_EQ(decoded(text), text);
  }
}

}  // namespace
}  // namespace dss::text
