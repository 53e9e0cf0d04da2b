#include "api/perspective/multipart.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::api::perspective {
namespace {

TEST(Multipart, NamesItsBoundary) {
  EXPECT_EQ(boundary_of("multipart/mixed; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("Multipart/Mixed; charset=x; Boundary=\"==a b==\"; y=z"), "==a b==");
  for (const char* type : {"", "application/json", "multipart/mixed",
                           "multipart/mixed; boundary=", "multipart/mixed; boundary=\"\"",
                           "multipart/mixed; boundary=a\nb", "multipart/form-data; boundary=abc"}) {
    EXPECT_FALSE(boundary_of(type)) << type;
  }
  EXPECT_FALSE(boundary_of("multipart/mixed; boundary=" + std::string(71, 'a')));
}

TEST(Multipart, SplitsWhateverTheLineEnds) {
  for (const std::string end : {"\n", "\r\n"}) {
    const std::string body = "preamble" + end + "--b" + end + "A: 1" + end + end + "one" + end +
                             "two" + end + "--b" + end + end + "three" + end + "--b--" + end + "x";
    const auto parts = split_parts(body, "b", 9);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(header_value((*parts)[0].headers, "a"), "1");
    EXPECT_EQ((*parts)[0].content, "one" + end + "two");
    EXPECT_EQ((*parts)[1].headers, "");
    EXPECT_EQ((*parts)[1].content, "three");
  }
}

TEST(Multipart, KnowsABoundaryFromALongerLine) {
  const auto parts = split_parts("--b\n\n--bb\n--b\n\n--b--", "b", 9);
  ASSERT_TRUE(parts);
  EXPECT_EQ((*parts)[0].content, "--bb");
}

TEST(Multipart, RefusesWhatIsNotWhole) {
  EXPECT_FALSE(split_parts("", "b", 9));
  EXPECT_FALSE(split_parts("--b--", "b", 9));
  EXPECT_FALSE(split_parts("--b\nA: 1\n\none", "b", 9));
  EXPECT_TRUE(split_parts("--b\n--b\n--b--", "b", 2));
  EXPECT_FALSE(split_parts("--b\n--b\n--b--", "b", 1));
}

TEST(Multipart, JoinsFoldedHeaders) {
  EXPECT_EQ(header_value("X: y\r\nContent-ID: <a\r\n + 7>\r\nZ: z", "content-id"), "<a + 7>");
  EXPECT_EQ(header_value("X: y", "content-id"), "");
}

RC_GTEST_PROP(Multipart, GivesBackWhatWasWritten, ()) {
  const auto any_text = [] {
    return *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab-\r\n :")));
  };
  std::vector<std::string> contents;
  std::string body;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    contents.push_back(any_text());
    // A text that ends in CR would lose it: CR and the LF behind it are one line end.
    if (contents.back().ends_with('\r')) contents.back() += '.';
    body += "--limit\nN: " + std::to_string(i) + "\n\n" + contents.back() + "\n";
  }
  body += "--limit--\n";
  const auto parts = split_parts(body, "limit", 10);
  RC_ASSERT(parts.has_value());
  RC_ASSERT(parts->size() == contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    RC_ASSERT((*parts)[i].content == contents[i]);
    RC_ASSERT(header_value((*parts)[i].headers, "n") == std::to_string(i));
  }
}

}  // namespace
}  // namespace dss::api::perspective
