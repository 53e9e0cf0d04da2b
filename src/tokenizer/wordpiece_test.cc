#include "tokenizer/wordpiece.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tokenizer/test_vocabulary.h"

namespace dss::tokenizer {
namespace {

using base::ErrorKind;
using Names = std::vector<std::string>;

constexpr std::string_view kTiny =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nhello\n##lo\n!\na\n##b\nÉ\né\n한\nhe\n##llo\n";

WordPiece tiny(const WordPieceOptions& options = {}) {
  return WordPiece::parse(kTiny, options).value();
}

std::vector<Piece> pieces(const WordPiece& tokeniser, std::string_view text) {
  std::vector<Piece> out;
  tokeniser.append(text::Valid::promise(text), &out);
  return out;
}

Names tiny_names(std::string_view text, const WordPieceOptions& options = {}) {
  return names(kTiny, pieces(tiny(options), text));
}

TEST(WordPiece, TakesTheLongestPieceFirst) {
  EXPECT_EQ(tiny_names("unaffable hello"), (Names{"un", "##aff", "##able", "hello"}));
  EXPECT_EQ(tiny_names("ab a b"), (Names{"a", "##b", "a", "[UNK]"}));
}

TEST(WordPiece, AWordThatDoesNotComeOutEvenIsUnknownAsAWhole) {
  EXPECT_EQ(tiny_names("unaffablex hellox!"), (Names{"[UNK]", "[UNK]", "!"}));
  const auto found = pieces(tiny(), " unaffé!");
  ASSERT_EQ(found.size(), 2);
  EXPECT_EQ(found[0], (Piece{1, 1, 8, true}));
}

TEST(WordPiece, TellsPlacesAndWhereWordsBegin) {
  const auto found = pieces(tiny(), "UN\u0301affable !");
  EXPECT_EQ(found, (std::vector<Piece>{
                       {4, 0, 2, true}, {5, 4, 7, false}, {6, 7, 11, false}, {9, 12, 13, true}}));
}

TEST(WordPiece, KnowsCaseAndAccentsOnlyIfToldTo) {
  EXPECT_EQ(tiny_names("HELLO É"), (Names{"hello", "[UNK]"}));  // E without its accent
  EXPECT_EQ(tiny_names("HELLO É é", {.lower_case = false}), (Names{"[UNK]", "É", "é"}));
  EXPECT_EQ(tiny_names("HELLO É", {.strip_accents = false}), (Names{"hello", "é"}));
  EXPECT_EQ(tiny_names("HELLO Á", {.lower_case = false, .strip_accents = true}),
            (Names{"[UNK]", "[UNK]"}));
  EXPECT_EQ(tiny_names("á 한", {.lower_case = false, .strip_accents = true}),
            (Names{"a", "[UNK]"}));
}

TEST(WordPiece, AHundredCharactersAreAWord) {
  const std::string vocabulary = "[UNK]\n[CLS]\n[SEP]\na\n##a\n";
  const WordPiece tokeniser = WordPiece::parse(vocabulary).value();
  const std::string hundred(100, 'a');
  EXPECT_EQ(pieces(tokeniser, hundred).size(), 100);
  EXPECT_EQ(pieces(tokeniser, hundred + "\u0301").size(), 100);
  EXPECT_EQ(pieces(tokeniser, hundred + "a "), (std::vector<Piece>{{0, 0, 101, true}}));
  EXPECT_EQ(pieces(tokeniser, hundred + "\u00E1"), (std::vector<Piece>{{0, 0, 102, true}}));
}

TEST(WordPiece, TextsDoNotMeanSpecialPieces) {
  const auto found = names(bert_vocabulary(), pieces(bert_uncased(), "[SEP]"));
  EXPECT_EQ(found, (Names{"[", "sep", "]"}));
}

TEST(WordPiece, AppendsAndGivesIdsAlone) {
  const WordPiece tokeniser = tiny();
  std::vector<std::uint32_t> ids = {tokeniser.first()};
  tokeniser.append_ids(text::Valid::promise("hello unaffx ab"), &ids);
  ids.push_back(tokeniser.separator());
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{2, 7, 1, 10, 11, 3}));
}

TEST(WordPiece, KnowsItsSpecialPieces) {
  EXPECT_EQ(bert_uncased().size(), 30522);
  EXPECT_EQ(bert_uncased().unknown(), 100);
  EXPECT_EQ(bert_uncased().first(), 101);
  EXPECT_EQ(bert_uncased().separator(), 102);
  const auto other = WordPiece::parse("<s>\n</s>\n<unk>\n",
                                      {.unknown = "<unk>", .first = "<s>", .separator = "</s>"});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->unknown(), 2);
}

TEST(WordPiece, RefusesDamagedVocabularies) {
  for (const std::string_view damaged :
       {"", "[UNK]\n[CLS]\n", "[UNK]\n[CLS]\n\n[SEP]\n", "[UNK]\n[CLS]\n[SEP]\na\na\n",
        "[UNK]\n[CLS]\n[SEP]\n\xC3\n"}) {
    const auto parsed = WordPiece::parse(damaged);
    ASSERT_FALSE(parsed) << damaged;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kCorrupt);
    EXPECT_FALSE(parsed.error().message.empty());
  }
}

// tests/golden/wordpiece/*.txt: blocks of a text, `----` and its pieces, apart by an empty line.
TEST(WordPiece, GoldenTexts) {
  std::size_t cases = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(DSS_SOURCE_DIR "/tests/golden/wordpiece")) {
    std::ifstream file(entry.path());
    std::string text;
    for (std::string line; std::getline(file, line);) {
      if (line != "----") {
        text = line;
        continue;
      }
      ASSERT_TRUE(std::getline(file, line));
      std::string found;
      for (const auto& name : names(bert_vocabulary(), pieces(bert_uncased(), text))) {
        found += (found.empty() ? "" : " ") + name;
      }
      EXPECT_EQ(found, line) << entry.path().filename() << ": " << text;
      ++cases;
    }
  }
  EXPECT_GE(cases, 30);
}

}  // namespace
}  // namespace dss::tokenizer
