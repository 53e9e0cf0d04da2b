#include "text/fold.h"

#include <gtest/gtest.h>

#include "text/characters.h"

namespace dss::text {
namespace {

bool is_scalar(char32_t c) { return c < 0xD800 || c > 0xDFFF; }

TEST(Fold, FoldingTwiceChangesNothing) {
  for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
    const std::u32string* once = is_scalar(c) ? fold(c) : nullptr;
    if (once == nullptr) continue;
    for (const char32_t each : *once) {
      const std::u32string* twice = each < 0x80 ? nullptr : fold(each);
      ASSERT_EQ(twice, nullptr) << std::hex << static_cast<unsigned>(c);
      ASSERT_FALSE(each >= U'A' && each <= U'Z') << std::hex << static_cast<unsigned>(c);
    }
  }
}

TEST(Fold, LookAlikesAreSmallLettersOrDigits) {
  for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
    const char32_t letter = is_scalar(c) ? look_alike(c) : 0;
    ASSERT_TRUE(letter == 0 || is_ascii_letter(letter) || is_digit(letter))
        << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Fold, AccentsAndFormsGoScriptsStay) {
  EXPECT_EQ(*fold(U'é'), U"e");
  EXPECT_EQ(*fold(U'ﬁ'), U"fi");
  EXPECT_EQ(*fold(U'Ж'), U"ж");
  EXPECT_EQ(*fold(U'\u00A0'), U" ");
  EXPECT_EQ(*fold(U'\u2028'), U"\n");
  EXPECT_EQ(*fold(U'\u200B'), U"");
  EXPECT_EQ(fold(U'ж'), nullptr);
  EXPECT_EQ(fold(U'が'), nullptr);
  EXPECT_EQ(fold(U'한'), nullptr);
  EXPECT_EQ(fold(U'\u0941'), nullptr) << "a Hindi vowel sign";
  EXPECT_EQ(fold(U'😀'), nullptr);
}

}  // namespace
}  // namespace dss::text
