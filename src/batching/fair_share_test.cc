#include "batching/fair_share.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace dss::batching {
namespace {

/// How much the account gets, ten at a time.
std::size_t fill(FairShare* share, std::uint64_t account) {
  std::size_t held = 0;
  while (share->enter(account, 10)) held += 10;
  return held;
}

TEST(FairShare, OneAloneGetsHalfAndNewcomersFindRoom) {
  FairShare share(1000);
  EXPECT_EQ(fill(&share, 1), 500U - 10 + 10);
  EXPECT_GE(fill(&share, 2), 240U);
  EXPECT_GE(fill(&share, 3), 120U);
  EXPECT_TRUE(share.enter(4, 100));
}

TEST(FairShare, WhatLeavesMakesRoom) {
  FairShare share(100);
  EXPECT_EQ(fill(&share, 1), 50U);
  EXPECT_FALSE(share.enter(1, 10));
  share.leave(1, 10);
  EXPECT_TRUE(share.enter(1, 10));
}

TEST(FairShare, WhoHoldsNothingIsLetIn) {
  FairShare share(100);
  EXPECT_TRUE(share.enter(1, 5000)) << "one text may be larger than its share";
  EXPECT_FALSE(share.enter(1, 1));
  EXPECT_TRUE(share.enter(2, 1));
}

TEST(FairShare, ThoseWhoAreNotToldApartAreNotHeldUp) {
  FairShare share(10);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(share.enter(0, 10));
}

RC_GTEST_PROP(FairShare, AnotherAccountAlwaysGetsIn, (std::vector<std::uint8_t> accounts)) {
  FairShare share(1000);
  for (const std::uint8_t account : accounts) static_cast<void>(share.enter(account % 8 + 1, 7));
  RC_ASSERT(share.enter(100, 7));
}

}  // namespace
}  // namespace dss::batching
