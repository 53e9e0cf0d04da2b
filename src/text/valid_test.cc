#include "text/valid.h"

#include <gtest/gtest.h>

namespace dss::text {
namespace {

TEST(Valid, IsGivenForWellFormedTextOnly) {
  EXPECT_TRUE(Valid::check("été 😀"));
  EXPECT_EQ(Valid::check("été")->bytes(), "été");
  EXPECT_FALSE(Valid::check("\xFF"));
  EXPECT_FALSE(Valid::check("\xED\xA0\x80")) << "half a surrogate pair";
}

}  // namespace
}  // namespace dss::text
