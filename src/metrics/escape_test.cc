#include "metrics/escape.h"

#include <array>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

/// The inverse, as a scraper reads it.
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    ++i;
    out += text[i] == 'n' ? '\n' : text[i];
  }
  return out;
}

TEST(Escape, HelpLeavesQuotesAlone) {
  EXPECT_EQ(escape_help("a \"b\"\n\\"), "a \"b\"\\n\\\\");
  EXPECT_EQ(escape_quoted("a \"b\"\n\\"), "a \\\"b\\\"\\n\\\\");
}

RC_GTEST_PROP(Escape, IsReadBackAndStaysOnItsLine, (const std::string& text)) {
  RC_ASSERT(unescape(escape_quoted(text)) == text);
  RC_ASSERT(unescape(escape_help(text)) == text);
  RC_ASSERT(escape_quoted(text).find('\n') == std::string::npos);
}

TEST(LabelText, EscapesValuesAndLeavesRoomForLe) {
  const LabelText text = label_text(std::array<std::string_view, 3>{"a", "handler", "z"},
                                    std::array<std::string_view, 3>{"\"q\"", "\\", "1\n2"});
  EXPECT_EQ(text.before_le, R"(a="\"q\"",handler="\\")");
  EXPECT_EQ(text.after_le, R"(z="1\n2")");
}

}  // namespace
}  // namespace dss::metrics
