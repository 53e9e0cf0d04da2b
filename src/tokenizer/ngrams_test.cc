#include "tokenizer/ngrams.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "rapidcheck/gtest.h"

namespace dss::tokenizer {
namespace {

struct Recorder {
  std::map<std::uint64_t, int> hashes;
  std::vector<ByteRange> units;
  std::size_t pairs = 0;

  void ngram(std::uint64_t hash, std::uint32_t unit, std::uint32_t other) {
    ++hashes[hash];
    pairs += unit != other ? 1U : 0U;
    EXPECT_EQ(unit, units.size());
  }
  void unit(const ByteRange& range) { units.push_back(range); }
};

Recorder walked(std::string_view text, std::span<const std::size_t> shouts = {}) {
  Recorder recorder;
  NgramWalker walker;
  walker.walk(text, shouts, recorder);
  return recorder;
}

// The definition in the header, word by word and without a thought for speed. Each word: its code
// points.
void add_word(const std::u32string& word, std::map<std::uint64_t, int>* expected) {
  const auto utf8 = [](std::u32string_view codes) {
    std::string text;
    for (const char32_t code : codes) base::append_utf8(code, &text);
    return text;
  };
  ++(*expected)[hash_keyed("w" + utf8(word))];
  const std::u32string padded = U" " + word + U" ";
  for (std::size_t n = 2; n <= 5; ++n) {
    for (std::size_t i = 0; i + n <= padded.size(); ++i) {
      ++(*expected)[hash_keyed("c" + utf8(std::u32string_view(padded).substr(i, n)))];
    }
  }
}

TEST(Ngrams, OfTwoWords) {
  std::map<std::uint64_t, int> expected;
  add_word(U"a", &expected);
  add_word(U"fool", &expected);
  ++expected[hash_keyed("wa fool")];
  const Recorder recorder = walked("a fool");
  EXPECT_EQ(recorder.hashes, expected);
  EXPECT_EQ(recorder.units.size(), 2U);
  EXPECT_EQ(recorder.pairs, 1U);
}

TEST(Ngrams, SignsAreSkippedByPairs) {
  std::map<std::uint64_t, int> expected;
  add_word(U"no", &expected);
  add_word(U"way", &expected);
  ++expected[hash_keyed("w!")];
  ++expected[hash_keyed("wno way")];
  EXPECT_EQ(walked("no! way").hashes, expected);
}

TEST(Ngrams, CompoundsHaveAJoinedReading) {
  std::map<std::uint64_t, int> expected;
  add_word(U"st", &expected);
  add_word(U"upid", &expected);
  add_word(U"stupid", &expected);
  ++expected[hash_keyed("wst upid")];
  const Recorder recorder = walked("st.upid");
  EXPECT_EQ(recorder.hashes, expected);
  ASSERT_EQ(recorder.units.size(), 1U);
  EXPECT_EQ(recorder.units[0].end, 7U);
}

TEST(Ngrams, MaskedWordsHaveAReadingWithoutStars) {
  std::map<std::uint64_t, int> expected;
  add_word(U"f*ck", &expected);
  add_word(U"fck", &expected);
  EXPECT_EQ(walked("f*ck").hashes, expected);
}

TEST(Ngrams, AddressesHaveNoJoinedReading) {
  const std::string address = "www.example.com/" + std::string(80, 'a');
  EXPECT_EQ(walked(address).hashes.count(hash_keyed("wwwwexamplecom" + std::string(80, 'a'))), 0U);
}

TEST(Ngrams, EveryDoublingOfShoutsCounts) {
  std::string text;
  std::vector<std::size_t> shouts;
  for (std::size_t count = 1; count <= 20; ++count) {
    shouts.push_back(text.size());
    text += "no ";
    const Recorder recorder = walked(text, shouts);
    for (const std::size_t step : {1U, 2U, 4U, 8U}) {
      const std::string keyed = "s" + std::to_string(step);
      EXPECT_EQ(recorder.hashes.count(hash_keyed(keyed)), count >= step ? 1U : 0U) << count;
    }
    EXPECT_EQ(recorder.hashes.count(hash_keyed("s3")), 0U);
  }
}

TEST(Ngrams, AShoutBelongsToTheFirstWordFromThereOn) {
  struct Units {
    std::vector<std::uint32_t> of_shouts;
    void ngram(std::uint64_t hash, std::uint32_t unit, std::uint32_t other) {
      if (hash != hash_keyed("s1") && hash != hash_keyed("s2")) return;
      EXPECT_EQ(unit, other);
      of_shouts.push_back(unit);
    }
    void unit(const ByteRange& /*range*/) {}
  } units;
  NgramWalker walker;
  const std::size_t shouts[] = {0, 8};
  walker.walk("!stop oh no", shouts, units);  // units: "!", "stop", "oh", "no"
  EXPECT_EQ(units.of_shouts, (std::vector<std::uint32_t>{1, 3}));
}

RC_GTEST_PROP(Ngrams, OfAnyWordEqualTheDefinition, ()) {
  const auto codes = *rc::gen::nonEmpty(rc::gen::container<std::vector<char32_t>>(
      rc::gen::elementOf(std::u32string(U"abcdefghij0123жё好"))));
  const std::u32string word(codes.begin(), codes.end());
  std::string text;
  for (const char32_t code : word) base::append_utf8(code, &text);
  std::map<std::uint64_t, int> expected;
  add_word(word, &expected);
  RC_ASSERT(walked(text).hashes == expected);
}

RC_GTEST_PROP(Ngrams, DoNotDependOnTheTextBefore, (const std::vector<std::uint8_t>& noise)) {
  NgramWalker walker;
  std::string before;
  for (const std::uint8_t byte : noise) before += static_cast<char>('a' + byte % 26);
  Recorder ignored;
  walker.walk(before + "-x*y!", {}, ignored);
  Recorder recorder;
  walker.walk("you st.upid f*ck", {}, recorder);
  RC_ASSERT(recorder.hashes == walked("you st.upid f*ck").hashes);
}

}  // namespace
}  // namespace dss::tokenizer
