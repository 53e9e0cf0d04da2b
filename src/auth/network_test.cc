#include "auth/network.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::auth {
namespace {

bool in(std::string_view network, std::string_view address) {
  return parse_network(network)->contains(*parse_ip(address));
}

TEST(Network, ContainsWhatBeginsAlike) {
  EXPECT_TRUE(in("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(in("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(in("192.0.2.128/25", "192.0.2.129"));
  EXPECT_FALSE(in("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(in("192.0.2.1", "192.0.2.1"));
  EXPECT_TRUE(in("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(in("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(in("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(in("2001:db8::/32", "2001:db9::1"));
}

TEST(Network, AMappedAddressIsTheIpv4Address) {
  EXPECT_EQ(parse_ip("::ffff:10.1.2.3"), parse_ip("10.1.2.3"));
  EXPECT_TRUE(in("10.0.0.0/8", "::ffff:10.1.2.3"));
}

TEST(Network, RefusesWhatIsNone) {
  for (const char* bad : {"", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/8x", "::/129",
                          "localhost", "10.0.0", "10.0.0.0/-1", "1.2.3.4:80"}) {
    EXPECT_FALSE(parse_network(bad).has_value()) << bad;
  }
}

RC_GTEST_PROP(Network, AnyTextIsReadOrRefused, (const std::string& text)) {
  const auto network = parse_network(text);
  if (network) RC_ASSERT(network->contains(network->base));
}

}  // namespace
}  // namespace dss::auth
