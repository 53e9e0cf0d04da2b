#include "text/sentences.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dss::text {
namespace {

std::vector<std::string> sentences(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = sentence_end(text, at);
    all.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return all;
}

TEST(Sentences, EndBehindMarksAndLineBreaks) {
  EXPECT_EQ(sentences("one. two! three? four"),
            (std::vector<std::string>{"one.", " two!", " three?", " four"}));
  EXPECT_EQ(sentences("a line\nanother"), (std::vector<std::string>{"a line\n", "another"}));
  EXPECT_EQ(sentences("\"quoted.\" rest"), (std::vector<std::string>{"\"quoted.", "\" rest"}));
}

TEST(Sentences, PointsInsideWordsEndNothing) {
  EXPECT_EQ(sentences("see example.com or 3.5").size(), 1U);
}

TEST(Sentences, OtherScriptsHaveTheirOwnMarks) {
  EXPECT_EQ(sentences("一。二！三"), (std::vector<std::string>{"一。", "二！", "三"}));
}

}  // namespace
}  // namespace dss::text
