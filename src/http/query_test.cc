#include "http/query.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

TEST(Query, FindsTheFirstOfAName) {
  EXPECT_EQ(query_parameter("key=abc&alt=json&key=other", "key"), "abc");
  EXPECT_EQ(query_parameter("key=abc&alt=json", "alt"), "json");
  EXPECT_EQ(query_parameter("flag&key=abc", "flag"), "");
  EXPECT_EQ(query_parameter("key=a=b", "key"), "a=b");
  EXPECT_EQ(query_parameter("keys=abc", "key"), std::nullopt);
  EXPECT_EQ(query_parameter("", "key"), std::nullopt);
}

TEST(Query, Decodes) {
  EXPECT_EQ(query_parameter("a=x%20y+z&b=%2B", "a"), "x y z");
  EXPECT_EQ(query_parameter("a=x%20y+z&b=%2B", "b"), "+");
  EXPECT_EQ(query_parameter("%24.xgafv=2", "$.xgafv"), "2");
}

TEST(Query, IsValidUtf8) {
  EXPECT_EQ(query_parameter("a=%C3%A9", "a"), "é");
  EXPECT_EQ(query_parameter("a=x%87y", "a"), "x\xEF\xBF\xBDy");
  EXPECT_EQ(query_parameter("a=\x87", "a"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace dss::http
