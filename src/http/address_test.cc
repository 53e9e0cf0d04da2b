#include "http/address.h"

#include <gtest/gtest.h>

#include "http/address_counts.h"

namespace dss::http {
namespace {

TEST(Endpoint, TextHasBracketsAroundIpv6) {
  EXPECT_EQ((Endpoint{.address = "127.0.0.1", .port = 80}).text(), "127.0.0.1:80");
  EXPECT_EQ((Endpoint{.address = "::1", .port = 80}).text(), "[::1]:80");
}

TEST(Endpoint, OnlyTheIpv6LoopbackMayBeMissing) {
  const std::vector<Endpoint> both = loopbacks(80);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_FALSE(both[0].optional);
  EXPECT_TRUE(both[1].optional);
}

TEST(AddressCounts, CountsByNetwork) {
  AddressCounts counts;
  EXPECT_TRUE(counts.try_add("a", 2));
  EXPECT_TRUE(counts.try_add("a", 2));
  EXPECT_FALSE(counts.try_add("a", 2));
  EXPECT_TRUE(counts.try_add("b", 2));
  counts.remove("a");
  EXPECT_TRUE(counts.try_add("a", 2));
}

TEST(AddressCounts, AnIpv6ClientIsItsNetwork) {
  PeerAddress one;
  one.size = 16;
  PeerAddress other = one;
  other.bytes[15] = 1;
  EXPECT_EQ(one.network(), other.network());
  other.bytes[7] = 1;
  EXPECT_NE(one.network(), other.network());
}

}  // namespace
}  // namespace dss::http
