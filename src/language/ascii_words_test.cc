#include "language/ascii_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "language/features.h"
#include "rapidcheck/gtest.h"

namespace dss::language {
namespace {

constexpr std::size_t kBlock = AsciiWords::kBlock;

// What both ways of reading tell: each word, and the rows of all of them, sorted.
struct Found {
  std::vector<std::uint64_t> hashes;
  std::vector<int> letters;
  std::vector<std::uint32_t> rows;
  bool operator==(const Found&) const = default;
};

struct Collector {
  Found found;
  std::array<std::uint32_t, kMaxWordFeatures> room;
  std::uint32_t* room_for(Script) { return room.data(); }
  void word(const WordFeatures& word) {
    found.hashes.push_back(word.hash);
    found.letters.push_back(word.letters);
    found.rows.insert(found.rows.end(), word.rows.begin(), word.rows.end());
  }
  void character(Script, char32_t) {}
};

Found scanned(std::string_view text) {
  Collector collector;
  scan(text, &collector);
  std::ranges::sort(collector.found.rows);
  return collector.found;
}

Found found_by(const AsciiWords& words) {
  Found found;
  std::array<std::uint32_t, AsciiWords::kMostRows> rows;
  found.rows.assign(rows.data(), words.append_rows(rows.data()));
  for (const AsciiWords::Word& word : words.words()) {
    found.hashes.push_back(word.hash);
    found.letters.push_back(static_cast<int>(word.end - word.begin));
    found.rows.push_back(features_internal::kRowsOfLatin.of_word(word.hash));
  }
  std::ranges::sort(found.rows);
  return found;
}

std::uint64_t bits_between(std::size_t begin, std::size_t end) {
  std::uint64_t bits = 0;
  for (std::size_t i = begin; i < end; ++i) bits |= std::uint64_t{1} << i;
  return bits;
}

// Reads [begin, end) of a block; whether it could be read.
bool expect_scanned(const std::string& block, std::size_t begin, std::size_t end) {
  AsciiWords words;
  const std::span<const char, kBlock> bytes(block.data(), kBlock);
  if (!words.read(bytes, bits_between(begin, end))) return false;
  EXPECT_EQ(found_by(words), scanned(block.substr(begin, end - begin))) << block;
  return true;
}

std::string padded(std::string text) {
  text.resize(kBlock, ' ');
  return text;
}

TEST(AsciiWords, FindsWhatScanFinds) {
  for (const char* text : {"", "a", "I", "ab", "Hello, WORLD!", "don't you've", "a b cd efg hijk",
                           "twenty-four: abcdefghijklmnopqrstuvwx", "it's 4 o'clock (or 5)."}) {
    EXPECT_TRUE(expect_scanned(padded(text), 0, kBlock)) << text;
  }
}

TEST(AsciiWords, WordsMayEndWithTheBlock) {
  for (std::size_t size = 0; size <= 24; ++size) {
    const std::string word = std::string("abcdefghijklmnopqrstuvwxyz").substr(0, size);
    EXPECT_TRUE(expect_scanned(std::string(kBlock - size, '-') + word, 20, kBlock)) << size;
    EXPECT_TRUE(expect_scanned(padded(word), 0, size)) << size;
  }
}

TEST(AsciiWords, LeavesTheRestToScan) {
  for (const char* text :
       {"caf\xC3\xA9 au lait", "me@example.com", "see www.example.com", "see HTTP://example.com",
        "https://x", "soooo good", "abcdefghijklmnopqrstuvwxy"}) {
    EXPECT_FALSE(expect_scanned(padded(text), 0, kBlock)) << text;
  }
  EXPECT_FALSE(expect_scanned(padded("a word in two"), 0, 4));
  EXPECT_FALSE(expect_scanned(padded("a word in two"), 4, kBlock));
}

TEST(AsciiWords, ADroppedWordHasNoRows) {
  AsciiWords words;
  const std::string block = padded("over and over again");
  ASSERT_TRUE(words.read(std::span<const char, kBlock>(block.data(), kBlock), ~std::uint64_t{0}));
  words.drop(words.words()[2]);
  std::array<std::uint32_t, AsciiWords::kMostRows> rows;
  std::vector<std::uint32_t> left(rows.data(), words.append_rows(rows.data()));
  for (const AsciiWords::Word& word : words.words().first(2)) {
    left.push_back(features_internal::kRowsOfLatin.of_word(word.hash));
  }
  left.push_back(features_internal::kRowsOfLatin.of_word(words.words()[3].hash));
  std::ranges::sort(left);
  EXPECT_EQ(left, scanned("over and again").rows);
}

RC_GTEST_PROP(AsciiWords, FollowsScan, ()) {
  const std::string letters = "aabcehnopstwwABWHTPS  '.,:-@/";
  auto block = *rc::gen::container<std::string>(
      kBlock, rc::gen::oneOf(rc::gen::elementOf(letters), rc::gen::inRange<char>(1, 127)));
  const auto begin = *rc::gen::inRange<std::size_t>(0, kBlock + 1);
  const auto end = *rc::gen::inRange<std::size_t>(begin, kBlock + 1);
  RC_CLASSIFY(expect_scanned(block, begin, end), "read");
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace dss::language
