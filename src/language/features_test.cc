#include "language/features.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::language {
namespace {

struct Recorded {
  Script script;
  int letters;
  std::uint64_t hash;
  std::vector<std::uint32_t> rows;
  bool operator==(const Recorded&) const = default;
};

struct Recorder {
  std::vector<Recorded> words;
  std::vector<Script> characters;
  std::array<std::uint32_t, kMaxWordFeatures> room;
  std::uint32_t* room_for(Script) { return room.data(); }
  void word(const WordFeatures& w) {
    words.push_back({w.script, w.letters, w.hash, {w.rows.begin(), w.rows.end()}});
  }
  void character(Script script, char32_t) { characters.push_back(script); }
};

Recorder record(std::string_view text) {
  Recorder recorder{};
  scan(text, &recorder);
  return recorder;
}

TEST(Features, AWordGivesPairsRunsOfFourAndItself) {
  const auto words = record("ab").words;
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0].letters, 2);
  // Pairs ^a ab b$, runs ^^ab ^ab$, the word.
  EXPECT_EQ(words[0].rows.size(), 6u);
}

TEST(Features, CaseAndSurroundingsDoNotMatter) {
  EXPECT_EQ(record("Hello, WORLD!").words, record("hello world").words);
  EXPECT_EQ(record("(привет)").words, record("ПРИВЕТ").words);
}

TEST(Features, AThirdRepetitionIsDropped) {
  EXPECT_EQ(record("soooooo goood").words, record("soo good").words);
}

TEST(Features, AddressesAndNamesAreSkipped) {
  EXPECT_EQ(record("see https://example.com/le/chat ok").words, record("see ok").words);
  EXPECT_EQ(record("see HTTP://EXAMPLE.COM ok").words, record("see ok").words);
  EXPECT_EQ(record("see www.example.com ok").words, record("see ok").words);
  EXPECT_EQ(record("@someone_else hi").words, record("hi").words);
  EXPECT_EQ(record("mail somebody@example.org now").words, record("mail now").words);
  EXPECT_TRUE(record("@").words.empty());
}

TEST(Features, WordsThatOnlyLookLikeAddressesAreRead) {
  EXPECT_EQ(record("http").words.size(), 1u);
  EXPECT_EQ(record("https").words.size(), 1u);
  EXPECT_EQ(record("httpd: yes").words.size(), 2u);
  EXPECT_EQ(record("www").words.size(), 1u);
  EXPECT_EQ(record("wwwx").words.size(), 1u);
}

TEST(Features, TextWithoutSpaceBehindAnAddressIsRead) {
  EXPECT_EQ(record("https://t.co/abcという").characters.size(), 3u);
}

TEST(Features, ScriptsAreKeptApart) {
  const auto recorded = record("abcгде東京");
  ASSERT_EQ(recorded.words.size(), 2u);
  EXPECT_EQ(recorded.words[0].script, Script::kLatin);
  EXPECT_EQ(recorded.words[1].script, Script::kCyrillic);
  EXPECT_EQ(recorded.characters, (std::vector{Script::kHan, Script::kHan}));
}

TEST(Features, CombiningAccentsDoNotCutWords) {
  EXPECT_EQ(record("cafe\u0301s").words, record("cafes").words);
  EXPECT_EQ(record("می\u200cخواهم").words, record("میخواهم").words);
}

RC_GTEST_PROP(Features, RowsLieInsideTheTable, (const std::vector<std::uint16_t>& units)) {
  std::string text;
  for (const std::uint16_t unit : units) {
    if (unit < 0xD800 || unit > 0xDFFF) base::append_utf8(unit % 0x700, &text);
  }
  for (const Recorded& word : record(text).words) {
    RC_ASSERT(word.rows.size() <= static_cast<std::size_t>(kMaxWordFeatures));
    RC_ASSERT(word.letters <= kMaxWordLetters);
    for (const std::uint32_t row : word.rows) RC_ASSERT(row < rows_of(word.script));
  }
}

TEST(Features, ALongWordIsCut) {
  std::string word;
  for (int i = 0; i < 1000; ++i) word += static_cast<char>('a' + i % 26);
  const auto words = record(word).words;
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0].letters, kMaxWordLetters);
}

}  // namespace
}  // namespace dss::language
