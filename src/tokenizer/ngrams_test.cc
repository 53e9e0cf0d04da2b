#include "tokenizer/ngrams.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "rapidcheck/gtest.h"

namespace dss::tokenizer {
namespace {

using Counts = std::map<std::uint32_t, int>;

std::uint32_t of_word(std::string_view word) { return hash_bytes(Kind::kWord, word); }
std::uint32_t of_pair(std::string_view first, std::string_view second) {
  return hash_pair(of_word(first), of_word(second));
}

Ngrams read(std::string_view text, std::span<const std::size_t> shouts = {}) {
  Ngrams ngrams;
  NgramReader().read(text, shouts, &ngrams);
  return ngrams;
}

Counts counts(const Ngrams& ngrams) {
  Counts counts;
  for (const std::uint32_t hash : ngrams.hashes()) ++counts[hash];
  return counts;
}

Counts counted(std::string_view text, std::span<const std::size_t> shouts = {}) {
  return counts(read(text, shouts));
}

// The definition in the header, word by word and without a thought for speed. Each word: its code
// points.
void add_word(const std::u32string& word, Counts* expected) {
  const auto utf8 = [](std::u32string_view codes) {
    std::string text;
    for (const char32_t code : codes) base::append_utf8(code, &text);
    return text;
  };
  ++(*expected)[hash_bytes(Kind::kWord, utf8(word))];
  const std::u32string padded = U" " + word + U" ";
  for (std::size_t n = kShortestCharacters; n <= kLongestCharacters; ++n) {
    for (std::size_t i = 0; i + n <= padded.size(); ++i) {
      ++(*expected)[hash_characters(utf8(std::u32string_view(padded).substr(i, n)))];
    }
  }
}

TEST(Ngrams, OfTwoWords) {
  Counts expected;
  add_word(U"a", &expected);
  add_word(U"fool", &expected);
  ++expected[of_pair("a", "fool")];
  const Ngrams ngrams = read("a fool");
  EXPECT_EQ(counts(ngrams), expected);
  EXPECT_EQ(ngrams.units().size(), 2U);
  ASSERT_EQ(ngrams.pairs().size(), 1U);
  EXPECT_EQ(ngrams.pairs()[0].first, 0U);
  EXPECT_EQ(ngrams.hashes()[ngrams.pairs()[0].ngram], of_pair("a", "fool"));
}

TEST(Ngrams, SignsAreSkippedByPairs) {
  Counts expected;
  add_word(U"no", &expected);
  add_word(U"way", &expected);
  ++expected[of_word("!")];
  ++expected[of_pair("no", "way")];
  EXPECT_EQ(counted("no! way"), expected);
}

TEST(Ngrams, CompoundsHaveAJoinedReading) {
  Counts expected;
  add_word(U"st", &expected);
  add_word(U"upid", &expected);
  add_word(U"stupid", &expected);
  ++expected[of_pair("st", "upid")];
  const Ngrams ngrams = read("st.upid");
  EXPECT_EQ(counts(ngrams), expected);
  ASSERT_EQ(ngrams.units().size(), 1U);
  EXPECT_EQ(ngrams.units()[0].range.end, 7U);
  EXPECT_TRUE(ngrams.pairs().empty()) << "a pair within one unit is that unit's alone";
}

TEST(Ngrams, MaskedWordsHaveAReadingWithoutStars) {
  Counts expected;
  add_word(U"f*ck", &expected);
  add_word(U"fck", &expected);
  EXPECT_EQ(counted("f*ck"), expected);
}

TEST(Ngrams, AddressesHaveNoJoinedReading) {
  const std::string address = "www.example.com/" + std::string(80, 'a');
  EXPECT_EQ(counted(address).count(of_word("wwwexamplecom" + std::string(80, 'a'))), 0U);
}

TEST(Ngrams, EveryDoublingOfShoutsCounts) {
  std::string text;
  std::vector<std::size_t> shouts;
  for (std::size_t count = 1; count <= 20; ++count) {
    shouts.push_back(text.size());
    text += "no ";
    const Counts found = counted(text, shouts);
    for (const std::size_t step : {1U, 2U, 4U, 8U}) {
      const std::uint32_t hash = hash_bytes(Kind::kShout, std::to_string(step));
      EXPECT_EQ(found.count(hash), count >= step ? 1U : 0U) << count;
    }
    EXPECT_EQ(found.count(hash_bytes(Kind::kShout, "3")), 0U);
  }
}

TEST(Ngrams, AShoutBelongsToTheFirstWordFromThereOn) {
  const std::size_t shouts[] = {0, 8};
  const Ngrams ngrams = read("!stop oh no", shouts);  // units: "!", "stop", "oh", "no"
  const auto holds = [&ngrams](std::size_t unit, std::string_view step) {
    return std::ranges::count(ngrams.between(unit, unit + 1), hash_bytes(Kind::kShout, step)) == 1;
  };
  ASSERT_EQ(ngrams.units().size(), 4U);
  for (std::size_t unit = 0; unit < 4; ++unit) {
    EXPECT_EQ(holds(unit, "1"), unit == 1) << unit;
    EXPECT_EQ(holds(unit, "2"), unit == 3) << unit;
  }
}

TEST(Ngrams, UnitsPartThem) {
  const Ngrams ngrams = read("you st.upid f*ck ! well");
  EXPECT_EQ(ngrams.units().size(), 5U);
  EXPECT_EQ(ngrams.between(0, 5).size(), ngrams.hashes().size());
  for (std::size_t i = 1; i < 5; ++i) {
    EXPECT_EQ(ngrams.between(0, i).size() + ngrams.between(i, 5).size(), ngrams.hashes().size());
  }
  EXPECT_EQ(ngrams.between(3, 4)[0], of_word("!"));
}

RC_GTEST_PROP(Ngrams, OfAnyWordEqualTheDefinition, ()) {
  const auto codes = *rc::gen::nonEmpty(rc::gen::container<std::vector<char32_t>>(
      rc::gen::elementOf(std::u32string(U"abcdefghij0123жё好"))));
  const std::u32string word(codes.begin(), codes.end());
  std::string text;
  for (const char32_t code : word) base::append_utf8(code, &text);
  Counts expected;
  add_word(word, &expected);
  RC_ASSERT(counted(text) == expected);
}

RC_GTEST_PROP(Ngrams, DoNotDependOnTheTextBefore, (const std::vector<std::uint8_t>& noise)) {
  NgramReader reader;
  Ngrams ngrams;
  std::string before;
  for (const std::uint8_t byte : noise) before += static_cast<char>('a' + byte % 26);
  reader.read(before + "-x*y!", {}, &ngrams);
  reader.read("you st.upid f*ck", {}, &ngrams);
  RC_ASSERT(std::ranges::equal(ngrams.hashes(), read("you st.upid f*ck").hashes()));
}

}  // namespace
}  // namespace dss::tokenizer
