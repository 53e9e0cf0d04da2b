#include "text/sentence_spans.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/utf8.h"

namespace dss::text {
namespace {

std::vector<std::string> sentences_of(std::string_view text, std::size_t most = 100) {
  std::vector<std::string> out;
  for (const ByteSpan& span : sentence_spans(text, most)) out.emplace_back(span.of(text));
  return out;
}

using Sentences = std::vector<std::string>;

TEST(SentenceSpans, EndBehindMarksAndLines) {
  EXPECT_EQ(sentences_of("Hi. You fool!\nReally?? Yes"),
            (Sentences{"Hi.", "You fool!", "Really??", "Yes"}));
  EXPECT_EQ(sentences_of("  one  "), (Sentences{"one"}));
  EXPECT_EQ(sentences_of("你好。再见！"), (Sentences{"你好。", "再见！"}));
}

TEST(SentenceSpans, KeepClosingMarks) {
  EXPECT_EQ(sentences_of("\"Go.\" (She left.) End."),
            (Sentences{"\"Go.\"", "(She left.)", "End."}));
}

TEST(SentenceSpans, BlankTextsHaveNone) {
  EXPECT_TRUE(sentences_of("").empty());
  EXPECT_TRUE(sentences_of(" \n\n ").empty());
}

TEST(SentenceSpans, NeighboursShareASpanWhereThereAreTooMany) {
  EXPECT_EQ(sentences_of("A. B. C. D. E.", 2), (Sentences{"A. B. C.", "D. E."}));
}

RC_GTEST_PROP(SentenceSpans, CoverAllThatIsNotSpace, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "é", " ", "\n", ".", "! ", "\"", ")", "。", "😀", "? "));
  std::string text;
  for (const std::string& part : parts) text += part;
  const std::size_t most = *rc::gen::inRange<std::size_t>(1, 9);
  const auto spans = sentence_spans(text, most);
  RC_ASSERT(spans.size() <= most);
  std::size_t behind = 0;
  for (const ByteSpan& span : spans) {
    RC_ASSERT(span.begin >= behind);
    RC_ASSERT(base::trim(text.substr(behind, span.begin - behind)).empty());
    RC_ASSERT(base::is_valid_utf8(span.of(text)));
    RC_ASSERT(base::trim(span.of(text)).size() == span.of(text).size());
    RC_ASSERT(!span.of(text).empty());
    behind = span.end;
  }
  RC_ASSERT(base::trim(text.substr(behind)).empty());
}

}  // namespace
}  // namespace dss::text
