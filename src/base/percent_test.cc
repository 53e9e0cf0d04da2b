#include "base/percent.h"

#include <gtest/gtest.h>

namespace dss::base {
namespace {

TEST(PercentDecoded, KeepsWhatIsNoEscape) {
  EXPECT_EQ(percent_decoded("100%"), "100%");
  EXPECT_EQ(percent_decoded("%2"), "%2");
  EXPECT_EQ(percent_decoded("%zz%41"), "%zzA");
  EXPECT_EQ(percent_decoded("%+1"), "%+1");
  EXPECT_EQ(percent_decoded("a+b%2f"), "a+b/");
  EXPECT_EQ(percent_decoded("%41"), "A");
}

}  // namespace
}  // namespace dss::base
