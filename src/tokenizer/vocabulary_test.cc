#include "tokenizer/vocabulary.h"

#include <gtest/gtest.h>

#include <string>

namespace dss::tokenizer {
namespace {

using base::ErrorKind;
using Pieces = std::vector<std::string_view>;

TEST(Vocabulary, IsOnePieceALine) {
  EXPECT_EQ(*read_vocabulary("[UNK]\n##ing\né\n"), (Pieces{"[UNK]", "##ing", "é"}));
  EXPECT_EQ(*read_vocabulary("a\r\nb\r\n"), (Pieces{"a", "b"}));
  EXPECT_EQ(*read_vocabulary("a\nb"), (Pieces{"a", "b"}));
  EXPECT_EQ(*read_vocabulary("\u2028\n\u00A0\n"), (Pieces{"\u2028", "\u00A0"}));
}

TEST(Vocabulary, DamagedIsRefusedWithItsPlace) {
  const auto gap = read_vocabulary("a\n\nb\n");
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().kind, ErrorKind::kCorrupt);
  EXPECT_EQ(gap.error().message, "line 2 of the vocabulary is empty");
  EXPECT_EQ(read_vocabulary("").error().message, "the vocabulary is empty");
  EXPECT_EQ(read_vocabulary("a\n\xFF\n").error().message, "the vocabulary is not UTF-8");
}

TEST(Vocabulary, PiecesThatContinueLoseTheirMark) {
  const auto entries = trie_entries({"##ing", "##", "#", "ing", "###"});
  ASSERT_EQ(entries.size(), 5);
  EXPECT_EQ(entries[0].piece, "ing");
  EXPECT_TRUE(entries[0].continues);
  EXPECT_EQ(entries[1].piece, "##");
  EXPECT_FALSE(entries[1].continues);
  EXPECT_FALSE(entries[2].continues);
  EXPECT_FALSE(entries[3].continues);
  EXPECT_EQ(entries[4].piece, "#");
  EXPECT_TRUE(entries[4].continues);
}

TEST(Vocabulary, PiecesThatNoTextHoldsAreLeftOut) {
  const auto entries = trie_entries({"a", std::string_view("b\0", 2), "c"});
  ASSERT_EQ(entries.size(), 2);
  EXPECT_EQ(entries[1].id, 2);
}

TEST(Vocabulary, SpecialPiecesAreFoundOrMissed) {
  const Pieces pieces = {"[PAD]", "[UNK]"};
  EXPECT_EQ(*find_piece(pieces, "[UNK]"), 1);
  const auto missing = find_piece(pieces, "[CLS]");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kCorrupt);
  EXPECT_NE(missing.error().message.find("[CLS]"), std::string::npos);
}

}  // namespace
}  // namespace dss::tokenizer
