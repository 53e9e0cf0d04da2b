#include "crypto/constant_time.h"

#include <string>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::crypto {
namespace {

TEST(ConstantTime, ComparesEmptyAndDifferentLengths) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_FALSE(equal_constant_time("", "a"));
  EXPECT_FALSE(equal_constant_time("token", "tokens"));
  EXPECT_FALSE(equal_constant_time("token", "Token"));
}

RC_GTEST_PROP(ConstantTime, AgreesWithPlainComparison,
              (const std::string& a, const std::string& b)) {
  RC_ASSERT(equal_constant_time(a, b) == (a == b));
  RC_ASSERT(equal_constant_time(a, std::string(a)));
}

}  // namespace
}  // namespace dss::crypto
