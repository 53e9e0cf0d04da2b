#include "auth/forwarded.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace dss::auth {
namespace {

std::string text(const IpAddress& address) {
  char out[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(address.size == 4 ? AF_INET : AF_INET6, address.bytes.data(), out, sizeof out);
  return out;
}

std::string client(std::string_view peer, std::vector<std::string_view> values,
                   ForwardedHeader header = ForwardedHeader::kXForwardedFor) {
  const TrustedProxies trusted{
      .networks = {*parse_network("10.0.0.0/8"), *parse_network("2001:db8:1::/48")},
      .header = header};
  return text(client_address(*parse_ip(peer), values, trusted));
}

TEST(Forwarded, WhoeverIsNoProxyIsNotBelieved) {
  EXPECT_EQ(client("203.0.113.9", {"198.51.100.1"}), "203.0.113.9");
  EXPECT_EQ(client("203.0.113.9", {}), "203.0.113.9");
  EXPECT_EQ(text(client_address(*parse_ip("10.0.0.1"), {}, {})), "10.0.0.1");
}

TEST(Forwarded, TheRightmostAddressThatIsNoProxyCounts) {
  EXPECT_EQ(client("10.0.0.1", {"203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {"1.1.1.1, 203.0.113.9, 10.2.3.4"}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {"1.1.1.1", "203.0.113.9", "10.2.3.4"}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {"10.0.0.3, 10.0.0.2"}), "10.0.0.3");
  EXPECT_EQ(client("2001:db8:1::7", {"203.0.113.9:4711"}), "203.0.113.9");
  EXPECT_EQ(client("10.0.0.1", {"[2001:db8::9]:80"}), "2001:db8::9");
  EXPECT_EQ(client("10.0.0.1", {"2001:db8::9"}), "2001:db8::9");
}

TEST(Forwarded, WhatNamesNoAddressEndsTheWalk) {
  EXPECT_EQ(client("10.0.0.1", {"203.0.113.9, unknown"}), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", {"203.0.113.9, nonsense, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client("10.0.0.1", {""}), "10.0.0.1");
  EXPECT_EQ(client("10.0.0.1", {"203.0.113.9,"}), "10.0.0.1");
}

TEST(Forwarded, Rfc7239) {
  const auto forwarded = [](std::string_view value) {
    return client("10.0.0.1", {value}, ForwardedHeader::kForwarded);
  };
  EXPECT_EQ(forwarded("for=203.0.113.9;proto=https;by=10.0.0.1"), "203.0.113.9");
  EXPECT_EQ(forwarded("for=1.1.1.1, proto=http; For=\"[2001:db8::9]:4711\""), "2001:db8::9");
  EXPECT_EQ(forwarded("for=203.0.113.9;host=\"a,for=1.1.1.1;b\""), "203.0.113.9");
  EXPECT_EQ(forwarded("for=_hidden"), "10.0.0.1");
  EXPECT_EQ(forwarded("203.0.113.9"), "10.0.0.1");
}

RC_GTEST_PROP(Forwarded, NothingThatAClientWritesGetsPastTheProxysWord,
              (const std::string& written)) {
  const std::string value = written + ", 203.0.113.9";
  RC_ASSERT(client("10.0.0.1", {value}) == "203.0.113.9");
}

RC_GTEST_PROP(Forwarded, QuotesOfAClientHideNothing, ()) {
  const auto written =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("for=1;x\"\\, ")));
  const std::string found =
      client("10.0.0.1", {written + ", for=\"203.0.113.9\""}, ForwardedHeader::kForwarded);
  RC_ASSERT(found == "203.0.113.9" || found == "10.0.0.1");
}

TEST(Forwarded, AnOpenQuoteIsNotBelieved) {
  EXPECT_EQ(client("10.0.0.1", {"for=1.1.1.1;x=\", for=203.0.113.9"}, ForwardedHeader::kForwarded),
            "10.0.0.1");
}

}  // namespace
}  // namespace dss::auth
