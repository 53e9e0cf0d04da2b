// The other single repairs: look-alikes, letters pulled apart, runs.
#include <gtest/gtest.h>

#include "text/look_alikes.h"
#include "text/repeats.h"
#include "text/separated.h"
#include "text/test_glyphs.h"

namespace dss::text {
namespace {

std::string without_look_alikes(std::string_view word, bool latin_text = true) {
  Glyphs glyphs = glyphs_of(word);
  const bool changed = undo_look_alikes(&glyphs, latin_text);
  EXPECT_EQ(changed, text_of(glyphs) != word);
  return text_of(glyphs);
}

TEST(LookAlikes, AreLatinAmongLatinLetters) {
  EXPECT_EQ(without_look_alikes("fuсk"), "fuck");
  EXPECT_EQ(without_look_alikes("іdіоt", false), "idiot");
  EXPECT_EQ(without_look_alikes("f€ck"), "feck");
}

TEST(LookAlikes, WholeWordsOnlyInLatinTextsAndOfTheSameDrawing) {
  EXPECT_EQ(without_look_alikes("рорс"), "popc");
  EXPECT_EQ(without_look_alikes("рорс", false), "рорс");
  EXPECT_EQ(without_look_alikes("нет"), "нет");
}

TEST(LookAlikes, VariantsOfLatinLettersNeedNoEvidence) {
  EXPECT_EQ(without_look_alikes("ꜰᴜᴄᴋ", false), "fuck");
  EXPECT_EQ(without_look_alikes("ɑ", false), "a");
}

TEST(LookAlikes, UnitsAndPricesStay) {
  for (const char* text : {"μm", "5€", "€5", "£20", "привет", "ελλάδα", "π"}) {
    EXPECT_EQ(without_look_alikes(text), text);
  }
}

std::string joined(std::string_view word) {
  Glyphs glyphs = glyphs_of(word);
  const bool changed = join_separated(&glyphs);
  EXPECT_EQ(changed, text_of(glyphs) != word);
  return text_of(glyphs);
}

TEST(Separated, ThreeSingleLettersAreJoined) {
  EXPECT_EQ(joined("f.u.c.k"), "fuck");
  EXPECT_EQ(joined("s--h--i--t"), "shit");
  EXPECT_EQ(joined("(u.s.a.)"), "(usa.)");
  EXPECT_EQ(joined("f-u.c_k"), "fuck");
  EXPECT_EQ(joined("s.h.!.t"), "sh!t");
}

TEST(Separated, TheLettersAtTheEndOfALongRunAreJoined) {
  EXPECT_EQ(joined("1-2-3-4-5-6-f-u-c-k"), "1-2-3-456fuck");
}

TEST(Separated, CostsNoMoreThanItsLength) {
  // Hardly half letters: quadratic work would take minutes here.
  std::string run;
  for (int i = 0; i < 40000; ++i) run += "1-a-2-b-3-";
  EXPECT_EQ(joined(run), run);
}

TEST(Separated, OtherSignsStay) {
  for (const char* text : {"e.g.", "well-known", "x-ray", "1.2.3", "a---b---c", "and/or", "f.uck",
                           "12.5.2020", "p.s."}) {
    EXPECT_EQ(joined(text), text);
  }
}

TEST(Separated, SpelledWordsNeedFourLettersOrNoWordsAmongThree) {
  EXPECT_TRUE(spells_word(glyphs_of("fuck")));
  EXPECT_TRUE(spells_word(glyphs_of("sh1t")));
  EXPECT_TRUE(spells_word(glyphs_of("fag")));
  EXPECT_FALSE(spells_word(glyphs_of("ura")));
  EXPECT_FALSE(spells_word(glyphs_of("yaa")));
  EXPECT_FALSE(spells_word(glyphs_of("fu")));
  EXPECT_FALSE(spells_word(glyphs_of("a1234")));
}

std::string shortened(std::string_view word) {
  Glyphs glyphs = glyphs_of(word);
  const Shortened done = shorten_repeats(&glyphs);
  EXPECT_EQ(done.any, text_of(glyphs) != word);
  return text_of(glyphs);
}

TEST(Repeats, ThreeOrMoreBecomeOne) {
  EXPECT_EQ(shortened("fuuuck"), "fuck");
  EXPECT_EQ(shortened("good!!!"), "good!");
  EXPECT_EQ(shortened("😂😂😂"), "😂");
  EXPECT_EQ(shortened("so..."), "so.");
}

TEST(Repeats, NumbersPairsAndWordsOfOneLetterStay) {
  EXPECT_EQ(shortened("1000000"), "1000000");
  EXPECT_EQ(shortened("good"), "good");
  EXPECT_EQ(shortened("xxx"), "xxx");
  EXPECT_EQ(shortened("zzzzzz"), "zzz");
}

TEST(Repeats, TheKeptCharacterStandsForTheWholeRun) {
  Glyphs glyphs = glyphs_of("idiottt");
  EXPECT_TRUE(shorten_repeats(&glyphs).letters);
  EXPECT_EQ(glyphs.back().begin, 4U);
  EXPECT_EQ(glyphs.back().end, 7U);
  Glyphs marks = glyphs_of("hm!!!");
  EXPECT_FALSE(shorten_repeats(&marks).letters);
}

}  // namespace
}  // namespace dss::text
