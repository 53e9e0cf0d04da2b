#include "tokenizer/piece_trie.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>

namespace dss::tokenizer {
namespace {

using Entry = PieceTrie::Entry;

TEST(PieceTrie, FindsTheLongestPiece) {
  const auto trie = PieceTrie::build({{"un", 0}, {"unaff", 1}, {"u", 2}});
  ASSERT_TRUE(trie);
  EXPECT_EQ(trie->longest("unaffable", false).id, 1);
  EXPECT_EQ(trie->longest("unaffable", false).size, 5);
  EXPECT_EQ(trie->longest("unafx", false).id, 0);
  EXPECT_EQ(trie->longest("x", false).size, 0);
  EXPECT_EQ(trie->longest("", false).size, 0);
}

TEST(PieceTrie, KeepsPiecesThatContinueApart) {
  const auto trie = PieceTrie::build({{"a", 0, false}, {"b", 1, true}});
  ASSERT_TRUE(trie);
  EXPECT_EQ(trie->longest("a", false).id, 0);
  EXPECT_EQ(trie->longest("a", true).size, 0);
  EXPECT_EQ(trie->longest("b", true).id, 1);
  EXPECT_EQ(trie->longest("b", false).size, 0);
}

TEST(PieceTrie, OfNothingFindsNothing) {
  const auto empty = PieceTrie::build({});
  ASSERT_TRUE(empty);
  for (const bool continues : {false, true}) EXPECT_EQ(empty->longest("é", continues).size, 0);
}

TEST(PieceTrie, OfOneKindFindsNothingOfTheOther) {
  const auto trie = PieceTrie::build({{"a", 0, false}});
  ASSERT_TRUE(trie);
  for (char c = 1; c < 127; ++c) EXPECT_EQ(trie->longest({&c, 1}, true).size, 0);
}

TEST(PieceTrie, RefusesTheSamePieceTwice) {
  const auto trie = PieceTrie::build({{"a", 3}, {"b", 1}, {"a", 2, true}, {"a", 7}});
  ASSERT_FALSE(trie);
  EXPECT_EQ(trie.error().kind, base::ErrorKind::kCorrupt);
  EXPECT_NE(trie.error().message.find('3'), std::string::npos);
  EXPECT_NE(trie.error().message.find('7'), std::string::npos);
}

// What the trie should find, by trying every prefix.
PieceTrie::Match longest(const std::map<std::pair<bool, std::string>, std::uint32_t>& pieces,
                         const std::string& word, bool continues) {
  for (std::size_t size = word.size(); size > 0; --size) {
    const auto found = pieces.find({continues, word.substr(0, size)});
    if (found != pieces.end()) return {size, found->second};
  }
  return {};
}

rc::Gen<std::string> words(char first, char behind_last, int most) {
  return rc::gen::resize(most, rc::gen::nonEmpty(rc::gen::container<std::string>(
                                   rc::gen::inRange<char>(first, behind_last))));
}

void finds_what_trying_finds(char first, char behind_last, int most) {
  const auto texts = *rc::gen::container<std::vector<std::string>>(words(first, behind_last, most));
  std::map<std::pair<bool, std::string>, std::uint32_t> pieces;
  for (const std::string& text : texts) {
    pieces.try_emplace({*rc::gen::arbitrary<bool>(), text},
                       static_cast<std::uint32_t>(pieces.size()));
  }
  std::vector<Entry> entries;
  for (const auto& [key, id] : pieces) entries.push_back({key.second, id, key.first});
  const auto trie = PieceTrie::build(entries);
  RC_ASSERT(trie.has_value());
  for (int i = 0; i < 20; ++i) {
    const std::string word = *words(first, behind_last, most + 3);
    for (const bool continues : {false, true}) {
      const auto expected = longest(pieces, word, continues);
      const auto found = trie->longest(word, continues);
      RC_ASSERT(found.size == expected.size);
      RC_ASSERT(found.size == 0 || found.id == expected.id);
    }
  }
}

RC_GTEST_PROP(PieceTrieProperty, FindsWhatTryingFindsInFewLetters, ()) {
  finds_what_trying_finds('a', 'd', 6);
}

RC_GTEST_PROP(PieceTrieProperty, FindsWhatTryingFindsInAllLetters, ()) {
  finds_what_trying_finds(1, 127, 3);
}

TEST(PieceTrie, HoldsFullFamilies) {
  std::vector<std::string> pieces;
  for (int first = 1; first < 256; ++first) {
    for (int second = 1; second < 256; ++second) {
      pieces.push_back({static_cast<char>(first), static_cast<char>(second)});
    }
  }
  std::vector<Entry> entries;
  for (std::uint32_t id = 0; id < pieces.size(); ++id) entries.push_back({pieces[id], id, true});
  const auto trie = PieceTrie::build(entries);
  ASSERT_TRUE(trie);
  for (std::uint32_t id = 0; id < pieces.size(); ++id) {
    ASSERT_EQ(trie->longest(pieces[id], true).id, id);
  }
}

}  // namespace
}  // namespace dss::tokenizer
