#include "json/reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rapidcheck/gtest.h"

namespace dss::json {
namespace {

ParseError refused(std::string_view text, std::size_t max_depth = 64) {
  Reader reader(max_depth);
  const auto value = reader.parse(text);
  EXPECT_FALSE(value.has_value()) << text;
  return value.has_value() ? ParseError{} : value.error();
}

TEST(Reader, ReadsEveryType) {
  Reader reader;
  const auto root = reader.parse(
      R"( {"s":"a\u00e9\ud83d\ude00\n","t":true,"n":null,"i":-3,"u":18446744073709551615,"d":1.5,"a":[1,[2]],"o":{}} )");
  ASSERT_TRUE(root.has_value());
  EXPECT_TRUE(root->is_object());
  EXPECT_EQ(root->find("s")->string(), "aé😀\n");
  EXPECT_EQ(root->find("t")->boolean(), true);
  EXPECT_TRUE(root->find("n")->is_null());
  EXPECT_EQ(root->find("i")->integer(), -3);
  EXPECT_EQ(root->find("i")->number(), -3.0);
  EXPECT_EQ(root->find("i")->unsigned_integer(), std::nullopt);
  EXPECT_EQ(root->find("u")->unsigned_integer(), 18446744073709551615U);
  EXPECT_EQ(root->find("u")->integer(), std::nullopt);
  EXPECT_EQ(root->find("d")->number(), 1.5);
  EXPECT_EQ(root->find("d")->integer(), std::nullopt);
  EXPECT_EQ(root->find("d")->string(), std::nullopt);
  EXPECT_TRUE(root->find("a")->is_array());
  EXPECT_EQ(root->find("missing"), std::nullopt);
  EXPECT_EQ(root->find("s")->find("x"), std::nullopt);
}

TEST(Reader, WalksContainersInOrder) {
  Reader reader;
  const auto root = reader.parse(R"({"b":[10,20,30],"a":1})");
  ASSERT_TRUE(root.has_value());
  std::vector<std::string> names;
  for (const auto [name, member] : root->members()) names.emplace_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"b", "a"}));
  std::int64_t sum = 0;
  for (const Value item : root->find("b")->items()) sum += item.integer().value_or(0);
  EXPECT_EQ(sum, 60);
  EXPECT_EQ(root->items().begin(), root->items().end());
  EXPECT_EQ(root->find("a")->members().begin(), root->find("a")->members().end());
}

TEST(Reader, ReadsInPlaceWithPadding) {
  std::string text = R"({"text":"hello"})";
  const std::size_t size = text.size();
  text.append(kPadding, '#');
  Reader reader;
  const auto root = reader.parse_padded(std::string_view(text).substr(0, size));
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->find("text")->string(), "hello");
}

struct Refusal {
  std::string_view text;
  Fault fault;
  std::string_view reason;
  std::size_t offset;
};

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, NameReasonAndPlace) {
  const ParseError error = refused(GetParam().text);
  EXPECT_EQ(error.fault, GetParam().fault);
  EXPECT_EQ(error.reason, GetParam().reason);
  EXPECT_EQ(error.offset, GetParam().offset);
}

// Reasons and places of syntax faults were taken from CPython 3.11's json.loads.
INSTANTIATE_TEST_SUITE_P(
    Reader, Refusals,
    testing::Values(
        Refusal{"", Fault::kSyntax, "Expecting value", 0},
        Refusal{"  ", Fault::kSyntax, "Expecting value", 2},
        Refusal{"nul", Fault::kSyntax, "Expecting value", 0},
        Refusal{"nullx", Fault::kSyntax, "Extra data", 4},
        Refusal{"NaN", Fault::kSyntax, "Expecting value", 0},
        Refusal{"-", Fault::kSyntax, "Expecting value", 0},
        Refusal{"01", Fault::kSyntax, "Extra data", 1},
        Refusal{"[1.]", Fault::kSyntax, "Expecting ',' delimiter", 2},
        Refusal{"[1e+]", Fault::kSyntax, "Expecting ',' delimiter", 2},
        Refusal{"{} {}", Fault::kSyntax, "Extra data", 3},
        Refusal{"[1,]", Fault::kSyntax, "Expecting value", 3},
        Refusal{"[1", Fault::kSyntax, "Expecting ',' delimiter", 2},
        Refusal{"[1 2]", Fault::kSyntax, "Expecting ',' delimiter", 3},
        Refusal{"{", Fault::kSyntax, "Expecting property name enclosed in double quotes", 1},
        Refusal{"{a:1}", Fault::kSyntax, "Expecting property name enclosed in double quotes", 1},
        Refusal{R"({"a":1,})", Fault::kSyntax, "Expecting property name enclosed in double quotes",
                7},
        Refusal{R"({"a" 1})", Fault::kSyntax, "Expecting ':' delimiter", 5},
        Refusal{R"({"a":})", Fault::kSyntax, "Expecting value", 5},
        Refusal{R"({"a":1 "b":2})", Fault::kSyntax, "Expecting ',' delimiter", 7},
        Refusal{R"(["abc)", Fault::kSyntax, "Unterminated string starting at", 1},
        Refusal{R"(["abc\)", Fault::kSyntax, "Unterminated string starting at", 1},
        Refusal{"[\"a\nb\"]", Fault::kSyntax, "Invalid control character at", 3},
        Refusal{R"(["\x"])", Fault::kSyntax, "Invalid \\escape", 2},
        Refusal{R"(["\u12g4"])", Fault::kSyntax, "Invalid \\uXXXX escape", 3},
        Refusal{R"(["\u12)", Fault::kSyntax, "Invalid \\uXXXX escape", 3},
        Refusal{"\xEF\xBB\xBF{}", Fault::kSyntax, "Unexpected UTF-8 BOM", 0},
        Refusal{"[\"\xC3\"]", Fault::kEncoding, "Invalid UTF-8", 2},
        Refusal{"[\"\xED\xA0\x80\"]", Fault::kEncoding, "Invalid UTF-8", 2},
        Refusal{"[\"\xF0\x9F\x98\x80\xFF\"]", Fault::kEncoding, "Invalid UTF-8", 6},
        Refusal{R"(["\ud800"])", Fault::kSurrogate, "Lone surrogate in \\uXXXX escape", 2},
        Refusal{R"(["\udc00"])", Fault::kSurrogate, "Lone surrogate in \\uXXXX escape", 2},
        Refusal{R"(["\ud83d\ud83d"])", Fault::kSurrogate, "Lone surrogate in \\uXXXX escape", 2},
        Refusal{R"(["\\\ud83d\u0041"])", Fault::kSurrogate, "Lone surrogate in \\uXXXX escape", 4},
        Refusal{"1e999", Fault::kNumber, "Number out of range", 0},
        Refusal{R"({"a":1,"b":{},"a":2})", Fault::kDuplicateKey, "Duplicate property name", 14},
        Refusal{R"([{"a":1,"\u0061":2}])", Fault::kDuplicateKey, "Duplicate property name", 8}));

TEST(Reader, ReadsIntegersBeyond64Bits) {
  Reader reader;
  const auto root = reader.parse(
      R"({"a":[18446744073709551616,-9223372036854775809],"s":"\"18446744073709551616","u":18446744073709551615})");
  ASSERT_TRUE(root.has_value());
  auto item = root->find("a")->items().begin();
  EXPECT_EQ((*item).number(), 18446744073709551616.0);
  EXPECT_EQ((*item).unsigned_integer(), std::nullopt);
  EXPECT_EQ((*++item).number(), -9223372036854775808.0);
  EXPECT_EQ(root->find("s")->string(), "\"18446744073709551616");
  EXPECT_EQ(root->find("u")->unsigned_integer(), 18446744073709551615U);
  EXPECT_EQ(refused("[" + std::string(400, '9') + "]").fault, Fault::kNumber);
  EXPECT_EQ(refused("[018446744073709551616]").offset, 2U);
  EXPECT_EQ(refused("[18446744073709551616").reason, "Expecting ',' delimiter");
}

TEST(Reader, LimitsTheDepth) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  Reader reader(64);
  EXPECT_TRUE(reader.parse(nested(64)).has_value());
  EXPECT_TRUE(reader.parse(std::string(64, '[') + "1" + std::string(64, ']')).has_value());
  EXPECT_EQ(refused(std::string(65, '[') + "1" + std::string(65, ']')).fault, Fault::kDepth);
  const ParseError error = refused(nested(65));
  EXPECT_EQ(error.fault, Fault::kDepth);
  EXPECT_EQ(error.offset, 64U);
  EXPECT_EQ(refused(std::string(1000000, '[')).fault, Fault::kDepth);
}

TEST(Reader, FindsDuplicatesAmongManyMembers) {
  std::string text = "{";
  for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  Reader reader;
  EXPECT_TRUE(reader.parse(text + "\"last\":0}").has_value());
  EXPECT_EQ(refused(text + "\"k3\":0}").fault, Fault::kDuplicateKey);
  EXPECT_EQ(refused(text + "\"k99\":0}").fault, Fault::kDuplicateKey);
}

TEST(Reader, GoesOnAfterARefusalAndAfterBigDocuments) {
  Reader reader;
  EXPECT_FALSE(reader.parse("{").has_value());
  const std::string big = "[\"" + std::string(1 << 20, 'a') + "\"]";
  EXPECT_TRUE(reader.parse(big).has_value());
  EXPECT_TRUE(reader.parse("[1]")->is_array());
  EXPECT_EQ(reader.parse("7")->integer(), 7);
}

TEST(PositionOf, CountsCodePointsLinesAndColumns) {
  const std::string_view text = "é\n  😀x";
  const Position at = position_of(text, text.size() - 1);
  EXPECT_EQ(at.character, 5U);
  EXPECT_EQ(at.line, 2U);
  EXPECT_EQ(at.column, 4U);
  EXPECT_EQ(describe({Fault::kSyntax, "Expecting value", 0}, text),
            "Expecting value: line 1 column 1 (char 0)");
}

// simdjson decides, the diagnosis explains: both must agree on what is wrong at all.
RC_GTEST_PROP(Reader, ExplainsEveryRefusal, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"b\"", "\\", "u", "\\ud800", "\\u0041", "0",
      "1", "-", ".", "e", "E5", "18446744073709551616", "true", "null", " ", "\n", "\x01", "é",
      "\xC3"));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  Reader reader;
  const auto value = reader.parse(text);
  if (value.has_value()) return;
  RC_ASSERT(value.error().reason != "Document refused");
  RC_ASSERT(value.error().offset <= text.size());
}

}  // namespace
}  // namespace dss::json
