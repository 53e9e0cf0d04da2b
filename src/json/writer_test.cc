#include "json/writer.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "json/reader.h"
#include "rapidcheck/gtest.h"

namespace dss::json {
namespace {

template <typename Number>
std::string text_of(Number value) {
  std::string out;
  append_number(value, &out);
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string out;
  append_string(text, &out);
  return out;
}

TEST(Writer, PutsCommasAndColonsInPlace) {
  std::string out;
  Writer writer(&out);
  writer.begin_object();
  writer.key("a").begin_array().integer(1).integer(-2).begin_object().end_object().end_array();
  writer.key("b").string("x").key("c").null().key("d").boolean(true).key("e").raw("[]");
  writer.end_object();
  EXPECT_EQ(out, R"({"a":[1,-2,{}],"b":"x","c":null,"d":true,"e":[]})");
  EXPECT_TRUE(writer.ok());
}

TEST(Writer, RefusesWhatHasNoJsonForm) {
  std::string out;
  Writer writer(&out);
  writer.begin_array().number(std::nan("")).number(std::numeric_limits<float>::infinity());
  writer.end_array();
  EXPECT_EQ(out, "[null,null]");
  EXPECT_FALSE(writer.ok());
}

TEST(AppendNumber, IsShortestAndAlwaysAFloatingNumber) {
  EXPECT_EQ(text_of(0.1F), "0.1");
  EXPECT_EQ(text_of(0.1), "0.1");
  EXPECT_EQ(text_of(1.0F), "1.0");
  EXPECT_EQ(text_of(0.0), "0.0");
  EXPECT_EQ(text_of(1e-7F), "1e-07");
  EXPECT_EQ(text_of(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(text_of(1.0F / 3), "0.33333334");
  EXPECT_EQ(text_of(std::uint64_t{18446744073709551615U}), "18446744073709551615");
  EXPECT_EQ(text_of(std::int64_t{-7}), "-7");
}

TEST(AppendString, EscapesOnlyWhatItMust) {
  EXPECT_EQ(in_quotes("a\"b\\c/\n\r\t\b\f\x01\x1f\x7f"),
            "\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\\u0001\\u001f\x7f\"");
  EXPECT_EQ(in_quotes("é😀"), "\"é😀\"");
  EXPECT_EQ(in_quotes(std::string_view("\0", 1)), "\"\\u0000\"");
}

RC_GTEST_PROP(AppendString, ComesBackFromTheReader, ()) {
  auto text = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::inRange<char>(0, 127), rc::gen::element('"', '\\', 'a', 'b')));
  Reader reader;
  const auto value = reader.parse(in_quotes(text));
  RC_ASSERT(value.has_value());
  RC_ASSERT(value->string() == text);
}

RC_GTEST_PROP(AppendNumber, ComesBackBitForBit, (std::int32_t mantissa, std::int8_t exponent)) {
  const double wide = std::ldexp(mantissa, exponent);
  Reader reader;
  RC_ASSERT(reader.parse(text_of(wide))->number() == wide);

  const auto narrow = static_cast<float>(wide);
  const std::string digits = text_of(narrow);
  float back = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), back);
  RC_ASSERT(back == narrow);
}

}  // namespace
}  // namespace dss::json
