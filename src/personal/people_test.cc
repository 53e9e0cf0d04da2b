// Names and addresses: what the rules promise.
#include <gtest/gtest.h>

#include "personal/finders.h"
#include "personal/test_found.h"
#include "personal/vocabulary.h"
#include "personal/words.h"

namespace dss::personal {
namespace {

std::string person(std::string_view text) { return found_by(find_persons, text); }
std::string address(std::string_view text) { return found_by(find_addresses, text); }

TEST(Persons, AreFoundByTheirGivenName) {
  EXPECT_EQ(person("then Patricia Kovalev and Jean-Pierre de La Tour came"),
            "person:Patricia Kovalev | person:Jean-Pierre de La Tour");
  EXPECT_EQ(person("Hélène's dog"), "person:Hélène");
  EXPECT_EQ(person("Martin L. King spoke"), "person:Martin L. King");
}

TEST(Persons, AreFoundBehindTitlesAndCues) {
  EXPECT_EQ(person("Dr. Qwertz was here"), "person:Qwertz");
  EXPECT_EQ(person("Mme Zyxwv est là"), "person:Zyxwv");
  EXPECT_EQ(person("my name is Qwertz Zyxwv"), "person:Qwertz Zyxwv");
  EXPECT_EQ(person("my name is anna weber and"), "person:anna weber");
  EXPECT_EQ(person("Name:   Qwertz"), "person:Qwertz");
  EXPECT_EQ(person("je m'appelle Qwertz"), "person:Qwertz");
}

TEST(Persons, AreNotOtherCapitalWords) {
  for (const char* text : {"The Green Party won", "In Paris in April", "May I?", "I like Rose wine",
                           "Will you mark it?", "JUST CAPITALS HERE", "Madison Avenue",
                           "the name is long", "what a king"}) {
    EXPECT_EQ(person(text), "") << text;
  }
}

TEST(Addresses, OfSeveralCountriesAreFound) {
  EXPECT_EQ(address("at 10 Downing Street, London"), "address:10 Downing Street");
  EXPECT_EQ(address("1600 Pennsylvania Ave, Washington, DC 20500 USA"),
            "address:1600 Pennsylvania Ave, Washington, DC 20500 USA");
  EXPECT_EQ(address("au 12 bis rue de la Paix, 75002 Paris."),
            "address:12 bis rue de la Paix, 75002 Paris");
  EXPECT_EQ(address("Hauptstraße 5, 10115 Berlin"), "address:Hauptstraße 5, 10115 Berlin");
  EXPECT_EQ(address("Via Verbano 62"), "address:Via Verbano 62");
  EXPECT_EQ(address("write to P.O. Box 255 or PO Box 12"),
            "address:P.O. Box 255 | address:PO Box 12");
  EXPECT_EQ(address("in SW1A 2AA today"), "address:SW1A 2AA");
  EXPECT_EQ(address("PSC 1234, Box 5678\nAPO AE 09876"),
            "address:PSC 1234, Box 5678\nAPO AE 09876");
}

TEST(Addresses, AreNotOtherNumbersAndStreets) {
  for (const char* text :
       {"the street is long", "3 people in the road", "in 1999 Street art began?", "I saw 5 Birds",
        "la rue est à nous", "A1 2BC3", "5 way split"}) {
    EXPECT_EQ(address(text), "") << text;
  }
}

TEST(Vocabulary, TellsNamesFromWords) {
  const auto name_use = [](std::string_view word) { return meaning_of(word).use; };
  EXPECT_EQ(name_use("patricia"), NameUse::kGiven);
  EXPECT_EQ(name_use("hélène"), NameUse::kGiven);
  EXPECT_EQ(name_use("mark"), NameUse::kGivenAmbiguous);
  EXPECT_EQ(name_use("paris"), NameUse::kGivenAmbiguous);
  EXPECT_EQ(name_use("thompson"), NameUse::kSurname);
  EXPECT_EQ(name_use("the"), NameUse::kUnknown);
  EXPECT_EQ(name_use(""), NameUse::kUnknown);
  EXPECT_TRUE(meaning_of("rue").is(kStreetBefore));
  EXPECT_TRUE(meaning_of("ter").is(kParticle) && meaning_of("ter").is(kNumberSuffix));
}

TEST(Words, KnowCapitalsOfThreeScripts) {
  std::vector<Word> words;
  read_words("O’Neil łódź Łukasz ΑΘΗΝΑ Иван 12b, x", &words);
  ASSERT_EQ(words.size(), 7U);
  EXPECT_TRUE(words[0].capital && words[2].capital && words[3].capital && words[4].capital);
  EXPECT_FALSE(words[1].capital);
  EXPECT_FALSE(words[3].small);
  EXPECT_TRUE(words[5].number);
  EXPECT_EQ(words[6].gap, ',');
  std::string lower;
  append_lower("ŁÓDŹ ΑΘΗΝΑ ИВАН É", &lower);
  EXPECT_EQ(lower, "łódź αθηνα иван é");
}

}  // namespace
}  // namespace dss::personal
