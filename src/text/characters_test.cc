#include "text/characters.h"

#include <gtest/gtest.h>

#include <string_view>

namespace dss::text {
namespace {

void expect_all(std::u32string_view characters, CharKind kind) {
  for (const char32_t c : characters) {
    EXPECT_EQ(kind_of(c), kind) << "U+" << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Characters, AreWhatReadersTakeThemFor) {
  expect_all(U"azéßжλ好がกहิ한", CharKind::kLetter);
  expect_all(U"0123456789", CharKind::kDigit);
  expect_all(U" \t\n", CharKind::kSpace);
  expect_all(U"😀👍🏳♥→", CharKind::kEmoji);
  expect_all(U".,!?§·×÷«…—、。।؟", CharKind::kPunctuation);
}

TEST(Characters, LettersAndDigitsByThemselves) {
  EXPECT_TRUE(is_letter(U'ж'));
  EXPECT_FALSE(is_letter(U'5'));
  EXPECT_FALSE(is_letter(U'😀'));
  EXPECT_TRUE(is_vowel(U'y'));
  EXPECT_FALSE(is_ascii_letter(U'A')) << "folded text has no capitals";
}

}  // namespace
}  // namespace dss::text
