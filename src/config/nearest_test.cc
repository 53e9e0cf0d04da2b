#include "config/nearest.h"

#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::config {
namespace {

const std::vector<std::string> kFlags = {"--port", "--listen", "--workers", "--admin-listen"};

TEST(Nearest, SuggestsTheClosestName) {
  EXPECT_EQ(nearest("--prot", kFlags), "--port");
  EXPECT_EQ(nearest("--worker", kFlags), "--workers");
  EXPECT_EQ(nearest("--admin_listen", kFlags), "--admin-listen");
  EXPECT_EQ(did_you_mean("--lisen", kFlags), "; did you mean '--listen'?");
}

TEST(Nearest, SuggestsNothingForAStranger) {
  EXPECT_EQ(nearest("--frobnicate", kFlags), "");
  EXPECT_EQ(did_you_mean("--frobnicate", kFlags), "");
  EXPECT_EQ(nearest("x", {}), "");
}

TEST(EditDistance, CountsASwapOfNeighboursOnce) {
  EXPECT_EQ(edit_distance("prot", "port"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndZeroOnlyForEquals,
              (const std::string& a, const std::string& b)) {
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
  RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
}

}  // namespace
}  // namespace dss::config
