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

}  // namespace
}  // namespace dss::http
