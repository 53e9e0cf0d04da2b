#include "records/member_spans.h"

#include "gtest/gtest.h"

namespace dss::records {
namespace {

TEST(MemberSpans, FindsKeysAndValuesAsWritten) {
  const auto members =
      member_spans(R"( { "a" : 1.50 ,"b\"c":"x\\\"}", "d":[1,{"e":"]"}],"f":null} )");
  ASSERT_EQ(members.size(), 4U);
  EXPECT_EQ(members[0].key, "a");
  EXPECT_EQ(members[0].value, "1.50");
  EXPECT_EQ(members[0].whole, R"("a" : 1.50)");
  EXPECT_EQ(members[1].key, R"(b\"c)");
  EXPECT_EQ(members[1].value, R"("x\\\"}")");
  EXPECT_EQ(members[2].value, R"([1,{"e":"]"}])");
  EXPECT_EQ(members[3].value, "null");
}

TEST(MemberSpans, AnEmptyObjectHasNone) {
  EXPECT_TRUE(member_spans("{}").empty());
  EXPECT_TRUE(member_spans(" { } ").empty());
}

}  // namespace
}  // namespace dss::records
