#include "tokenizer/bert_words.h"

#include <gtest/gtest.h>

#include <string>

namespace dss::tokenizer {
namespace {

using Words = std::vector<std::string>;

Words words(std::string_view text, bool lower_case = true, bool strip_accents = true) {
  const BertCharacters characters(lower_case, strip_accents);
  BertWordReader reader(characters, text);
  Words all;
  for (std::size_t at = 0;;) {
    const BertWord& word = reader.next(&at);
    if (word.empty()) return all;
    all.emplace_back(word.too_long() ? "(too long)" : word.text());
  }
}

TEST(BertWords, AreLowerCaseWithoutAccents) {
  EXPECT_EQ(words("Été NAÏVE"), (Words{"ete", "naive"}));
  EXPECT_EQ(words("e\u0301te\u0302"), (Words{"ete"}));
  EXPECT_EQ(words("ΣΊΣΥΦΟΣ"), (Words{"σισυφοσ"}));
  EXPECT_EQ(words("ẞ ﬁ ß"), (Words{"ß", "ﬁ", "ß"}));
}

TEST(BertWords, OfCasedModelsKeepBoth) {
  EXPECT_EQ(words("Été", false, false), (Words{"Été"}));
  EXPECT_EQ(words("e\u0301", false, false), (Words{"e\u0301"}));
  EXPECT_EQ(words("Été", true, false), (Words{"été"}));
  EXPECT_EQ(words("Été", false, true), (Words{"Ete"}));
}

TEST(BertWords, DottedCapitalIBecomesTwoLettersWhereAccentsStay) {
  EXPECT_EQ(words("İ", true, false), (Words{"i\u0307"}));
  EXPECT_EQ(words("İ"), (Words{"i"}));
}

TEST(BertWords, PunctuationStandsAlone) {
  EXPECT_EQ(words("don’t $5,99…"), (Words{"don", "’", "t", "$", "5", ",", "99", "…"}));
  EXPECT_EQ(words("a≠b"), (Words{"a", "=", "b"}));  // decomposed: = and a mark
  EXPECT_EQ(words("≠", false, false), (Words{"≠"}));
}

TEST(BertWords, SignsOfChineseStandAlone) {
  EXPECT_EQ(words("我爱NLP"), (Words{"我", "爱", "nlp"}));
  EXPECT_EQ(words("豈"), (Words{"豈"}));  // U+F900 is decomposed to U+8C48
  EXPECT_EQ(words("ひらカタ"), (Words{"ひらカタ"}));
}

TEST(BertWords, HangulIsTakenApartWithTheAccents) {
  EXPECT_EQ(words("한"), (Words{"\u1112\u1161\u11AB"}));
  EXPECT_EQ(words("한", false, false), (Words{"한"}));
}

TEST(BertWords, ControlCharactersAreGoneAndSpacesPart) {
  EXPECT_EQ(words(std::string_view("a\0b", 3)), (Words{"ab"}));
  EXPECT_EQ(words("a\u200Bb\uFFFDc\uE000d\u00ADe\u000Bf"), (Words{"abcdef"}));
  EXPECT_EQ(words("a\tb\nc\u00A0d\u3000e\u2028f"), (Words{"a", "b", "c", "d", "e", "f"}));
  EXPECT_EQ(words("\u0301"), (Words{}));
}

TEST(BertWords, MarksThatOutliveAccentsAreInCanonicalOrder) {
  EXPECT_EQ(words("\u302F\U0001D165"), (Words{"\U0001D165\u302F"}));
  EXPECT_EQ(words("\u302F\U0001D165", false, false), (Words{"\u302F\U0001D165"}));
}

TEST(BertWords, WhatIsRemovedFromBetweenMarksDoesNotKeepTheirOrderUnlessItIsAStarter) {
  EXPECT_EQ(words("\u302F\u0301\U0001D165"), (Words{"\U0001D165\u302F"}));
  EXPECT_EQ(words("\u302F\u200B\U0001D165"), (Words{"\U0001D165\u302F"}));
  EXPECT_EQ(words("\u302F\u0F73\U0001D165"), (Words{"\U0001D165\u302F"}));  // two marks in one
  EXPECT_EQ(words("\u302F\u0900\U0001D165"), (Words{"\u302F\U0001D165"}));  // class 0
}

TEST(BertWords, OfMoreThanAHundredCharactersAreTooLong) {
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "é";
  EXPECT_EQ(words(hundred).front().size(), 100);
  EXPECT_EQ(words(hundred + "é x"), (Words{"(too long)", "x"}));
  EXPECT_EQ(words(hundred + "\u0301").front().size(), 100);  // counted after normalising
}

TEST(BertWords, TellWhereTheyStandInTheOriginal) {
  const BertCharacters characters(true, true);
  BertWordReader reader(characters, " \u200Bé\u0301x\u0301 y");
  std::size_t at = 0;
  const BertWord& word = reader.next(&at);
  EXPECT_EQ(word.text(), "ex");
  EXPECT_EQ(word.begin(), 4);
  EXPECT_EQ(word.end_of(0), 6);
  EXPECT_EQ(word.begin_of(1), 8);
  EXPECT_EQ(word.end(), 9);
  EXPECT_EQ(at, 12);
}

}  // namespace
}  // namespace dss::tokenizer
