#include "json/relaxed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "json/writer.h"

namespace dss::json {
namespace {

TEST(StrictJson, QuotesNames) {
  EXPECT_EQ(strict_json("{a: 1, $b_2 : true}"), R"({"a": 1, "$b_2" : true})");
}

TEST(StrictJson, TurnsSingleQuotes) {
  EXPECT_EQ(strict_json(R"({'a': 'say "it\'s"\n'})"), R"({"a": "say \"it's\"\n"})");
  EXPECT_EQ(strict_json(R"({'a': '\\'})"), R"({"a": "\\"})");
}

TEST(StrictJson, DropsTheLastComma) {
  EXPECT_EQ(strict_json("[1, 2, ]"), "[1, 2 ]");
  EXPECT_EQ(strict_json("{\"a\": [1,],\n}"), "{\"a\": [1]\n}");
}

TEST(StrictJson, DropsComments) {
  EXPECT_EQ(strict_json("// top\n[1, /* one */ 2] // end"), "\n[1,   2] ");
  EXPECT_EQ(strict_json("tr/**/ue"), "tr ue") << "two words stay two words";
}

TEST(StrictJson, LeavesStringsAlone) {
  const std::string text = R"(["a: 'b', // c", "d\",]"])";
  EXPECT_EQ(strict_json(text), text);
}

class Wrong : public testing::TestWithParam<const char*> {};

TEST_P(Wrong, StaysWrong) {
  Reader reader;
  EXPECT_FALSE(reader.parse(strict_json(GetParam()))) << strict_json(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Texts, Wrong,
                         testing::Values("[,]", "{,}", "[1,,]", "{a:,}", "[a: 1]", "{a b: 1}",
                                         "{'a: 1}", "[1 2]", "{a: b}", "{1a: 2}", "[1] [2]",
                                         "/* open", "[1],", "'", "{\"a\" 1}", ",", ""));

TEST(ParseRelaxed, ReadsTheExampleOfTheQuickStart) {
  std::string text =
      R"({comment: {text: "what kind of idiot name is foo?"},
          languages: ["en"],
          requestedAttributes: {TOXICITY:{}} })";
  const std::size_t size = text.size();
  text.append(kPadding, '#');
  Reader reader;
  const auto root = parse_relaxed(&reader, std::string_view(text).substr(0, size));
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("comment")->find("text")->string(), "what kind of idiot name is foo?");
  EXPECT_TRUE(root->find("requestedAttributes")->find("TOXICITY")->is_object());
}

TEST(ParseRelaxed, TellsTheFirstFault) {
  std::string text = "{a: [1, }";
  text.append(kPadding, ' ');
  Reader reader;
  const auto root = parse_relaxed(&reader, std::string_view(text).substr(0, 9));
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().offset, 1U);
}

// A document written in the strict way and in the loose way, from the same choices.
struct Document {
  std::string strict;
  std::string loose;
};

Document any_document(int depth);

Document any_scalar() {
  switch (*rc::gen::inRange(0, 3)) {
    case 0: {
      const auto number = std::to_string(*rc::gen::inRange(-1000, 1000));
      return {number, number};
    }
    case 1:
      return {"true", "true"};
    default: {
      const auto inside =
          *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab:,'\"/*{}[] \\\n")));
      std::string quoted;
      append_string(inside, &quoted);
      std::string single = "'";
      for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        if (quoted[i] == '\'') single += '\\';
        single += quoted[i];
      }
      return {quoted, single + "'"};
    }
  }
}

Document any_container(int depth) {
  const bool object = *rc::gen::arbitrary<bool>();
  Document out{object ? "{" : "[", object ? "{ // begin\n" : "[/* , */"};
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    const Document inner = any_document(depth - 1);
    const std::string name = "n" + std::to_string(i);
    out.strict += (i > 0 ? "," : "") + (object ? "\"" + name + "\":" : "") + inner.strict;
    out.loose += (object ? name + " : " : "") + inner.loose + " , ";
  }
  out.strict += object ? "}" : "]";
  out.loose += object ? "}" : "]";
  return out;
}

Document any_document(int depth) {
  return depth > 0 && *rc::gen::arbitrary<bool>() ? any_container(depth) : any_scalar();
}

std::string without_space(std::string_view json) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') inside = !inside;
    if (inside && json[i] == '\\') out += json[i++];
    if (inside || (json[i] != ' ' && json[i] != '\n')) out += json[i];
  }
  return out;
}

RC_GTEST_PROP(StrictJson, UndoesEveryLiberty, ()) {
  const Document document = any_container(3);
  RC_ASSERT(without_space(strict_json(document.loose)) == document.strict);
}

RC_GTEST_PROP(StrictJson, KeepsStrictJson, ()) {
  const Document document = any_document(3);
  RC_ASSERT(strict_json(document.strict) == document.strict);
}

RC_GTEST_PROP(StrictJson, IsBounded, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("{}[],:'\"\\/* \na1-")));
  RC_ASSERT(strict_json(text).size() <= 2 * text.size() + 2);
}

}  // namespace
}  // namespace dss::json
