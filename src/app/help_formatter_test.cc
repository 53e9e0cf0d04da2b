#include "app/help_formatter.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::app {
namespace {

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(wrap("one two three", 2, 10), "  one two\n  three\n");
  EXPECT_EQ(wrap("", 2, 10), "");
  EXPECT_EQ(wrap("averylongwordthatdoesnotfit x", 1, 8), " averylongwordthatdoesnotfit\n x\n");
}

RC_GTEST_PROP(Wrap, KeepsEveryWord, ()) {
  const auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')))));
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  std::string joined;
  for (const char c : wrap(text, 3, 20)) {
    if (c != ' ' && c != '\n') joined += c;
  }
  std::string expected;
  for (const std::string& word : words) expected += word;
  RC_ASSERT(joined == expected);
}

}  // namespace
}  // namespace dss::app
