#include "language/alphabet.h"

#include <set>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "gtest/gtest.h"

namespace dss::language {
namespace {

std::vector<Letter> letters(std::string_view text) {
  std::vector<Letter> out;
  for (std::size_t at = 0; at < text.size();)
    out.push_back(letter(base::next_code_point(text, &at)));
  return out;
}

struct Alphabet {
  std::string_view language, upper, lower;
};

constexpr Alphabet kAlphabets[] = {
    {"English", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"},
    {"French", "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ", "àâæçéèêëîïôœùûüÿ"},
    {"German", "ÄÖÜ", "äöü"},
    {"Spanish", "ÁÉÍÑÓÚÜ", "áéíñóúü"},
    {"Portuguese", "ÃÕÇÊÔ", "ãõçêô"},
    {"Polish", "ĄĆĘŁŃÓŚŹŻ", "ąćęłńóśźż"},
    {"Czech", "ČĎĚŇŘŠŤŮÝŽ", "čďěňřšťůýž"},
    {"Hungarian", "ŐŰ", "őű"},
    {"Romanian", "ĂÂÎȘȚŞŢ", "ăâîșțşţ"},
    {"Turkish", "ĞŞÇÖÜ", "ğşçöü"},
    {"Swedish, Danish", "ÅÄÖÆØ", "åäöæø"},
    {"Vietnamese", "ĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
     "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"},
    {"Russian", "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"},
    {"Ukrainian", "ҐЄІЇ", "ґєії"},
    {"Serbian, Macedonian", "ЂЃЅЈЉЊЋЌЏ", "ђѓѕјљњћќџ"},
};

TEST(Alphabet, UpperAndLowerCaseAreOneLetterAndLettersDiffer) {
  for (const Alphabet& alphabet : kAlphabets) {
    SCOPED_TRACE(alphabet.language);
    const auto upper = letters(alphabet.upper);
    const auto lower = letters(alphabet.lower);
    ASSERT_EQ(upper.size(), lower.size());
    std::set<int> symbols;
    for (std::size_t i = 0; i < upper.size(); ++i) {
      EXPECT_EQ(upper[i].script, lower[i].script);
      EXPECT_EQ(upper[i].symbol, lower[i].symbol) << "letter " << i;
      EXPECT_NE(lower[i].symbol, 0);
      symbols.insert(lower[i].symbol);
    }
    EXPECT_EQ(symbols.size(), lower.size());
  }
}

TEST(Alphabet, EveryLatinLetterOfOurLanguagesHasItsOwnSymbol) {
  std::set<int> symbols;
  std::set<char32_t> code_points;
  for (const Alphabet& alphabet : kAlphabets) {
    for (std::size_t at = 0; at < alphabet.lower.size();) {
      const char32_t c = base::next_code_point(alphabet.lower, &at);
      if (letter(c).script != Script::kLatin) continue;
      code_points.insert(c);
      symbols.insert(letter(c).symbol);
    }
  }
  EXPECT_EQ(symbols.size(), code_points.size());
}

TEST(Alphabet, DottedCapitalIAndFullWidthLettersReadAsPlainOnes) {
  EXPECT_EQ(letter(U'İ').symbol, letter('i').symbol);
  EXPECT_EQ(letter(U'Ａ').symbol, letter('a').symbol);
  EXPECT_EQ(letter(U'ｚ').symbol, letter('z').symbol);
}

TEST(Alphabet, KnowsScripts) {
  EXPECT_EQ(letter(U'я').script, Script::kCyrillic);
  EXPECT_EQ(letter(U'ی').script, Script::kArabic);
  EXPECT_EQ(letter(U'語').script, Script::kHan);
  EXPECT_EQ(letter(U'の').script, Script::kKana);
  EXPECT_EQ(letter(U'ｱ').script, Script::kKana);
  EXPECT_EQ(letter(U'한').script, Script::kHangul);
  EXPECT_EQ(letter(U'ㅋ').script, Script::kHangul);
  EXPECT_EQ(letter(U'ह').script, Script::kDevanagari);
  EXPECT_EQ(letter(U'ก').script, Script::kThai);
  EXPECT_EQ(letter(U'ω').script, Script::kGreek);
  EXPECT_EQ(letter(U'ש').script, Script::kHebrew);
}

TEST(Alphabet, DigitsPunctuationAndEmojiAreNoLetters) {
  for (const char32_t c :
       {U'0', U' ', U'!', U'×', U'÷', U'\u00A0', U'。', U'😀', U'٣', U'४', U'€'}) {
    EXPECT_EQ(letter(c).script, Script::kNone) << static_cast<unsigned>(c);
  }
}

TEST(Alphabet, AccentsAndInvisibleJoinersBelongToTheWord) {
  for (const char32_t c : {U'\u0301', U'\u00AD', U'\u200C', U'\u200D', U'\u0640', U'\u064E'}) {
    EXPECT_EQ(letter(c).script, Script::kMark) << static_cast<unsigned>(c);
  }
}

TEST(Alphabet, TakesEveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const Letter l = letter(c);
    ASSERT_LT(static_cast<int>(l.script), kScripts);
    const bool has_table =
        l.script == Script::kLatin || l.script == Script::kCyrillic || l.script == Script::kArabic;
    ASSERT_EQ(l.symbol != 0, has_table) << static_cast<unsigned>(c);
  }
}

}  // namespace
}  // namespace dss::language
