#include "base/utf8.h"

#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::base {
namespace {

TEST(Utf8, AcceptsTheFourLengthsAndTheirLimits) {
  for (const char* text : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongSurrogateTruncatedAndTooHigh) {
  for (const char* text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "a\xE2\x82", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(Utf8, ReplacesOnePerMaximalSubpart) {
  // Unicode 15, table 3-8.
  EXPECT_EQ(replace_invalid_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
            "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\x41");
}

TEST(Utf8, TrimsWhatPythonStrips) {
  EXPECT_EQ(trim("\u00a0\t a\u3000b \n\x1f\u2003"), "a\u3000b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim("\u200b"), "\u200b");  // zero width space is not white space
}

TEST(CodePointCounter, CountsInOneWalk) {
  CodePointCounter counter("aé€😀b");
  EXPECT_EQ(counter.at(0), 0U);
  EXPECT_EQ(counter.at(3), 2U);
  EXPECT_EQ(counter.at(6), 3U);
  EXPECT_EQ(counter.at(11), 5U);
}

RC_GTEST_PROP(Utf8, EncodingAndDecodingAreInverse, (const std::vector<char32_t>& raw)) {
  std::string text;
  std::vector<char32_t> expected;
  for (char32_t c : raw) {
    c %= 0x110000;
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    expected.push_back(c);
    append_utf8(c, &text);
  }
  RC_ASSERT(is_valid_utf8(text));
  RC_ASSERT(count_code_points(text) == expected.size());
  std::vector<char32_t> decoded;
  for (std::size_t at = 0; at < text.size();) decoded.push_back(next_code_point(text, &at));
  RC_ASSERT(decoded == expected);
}

RC_GTEST_PROP(Utf8, ReplacementIsAlwaysValidAndKeepsValidText, (const std::string& bytes)) {
  const std::string fixed = replace_invalid_utf8(bytes);
  RC_ASSERT(is_valid_utf8(fixed));
  if (is_valid_utf8(bytes)) RC_ASSERT(fixed == bytes);
}

}  // namespace
}  // namespace dss::base
