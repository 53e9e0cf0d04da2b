#include "config/address.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::config {
namespace {

Address only(std::string_view text) {
  const auto addresses = parse_address(text).value();
  EXPECT_EQ(addresses.size(), 1U) << text;
  return addresses.at(0);
}

TEST(Address, ReadsBothFamilies) {
  EXPECT_EQ(only("127.0.0.1:8000"), (Address{"127.0.0.1", 8000, true}));
  EXPECT_EQ(only("127.9.8.7:1"), (Address{"127.9.8.7", 1, true}));
  EXPECT_EQ(only("0.0.0.0:0"), (Address{"0.0.0.0", 0, false}));
  EXPECT_EQ(only("[::1]:80"), (Address{"::1", 80, true}));
  EXPECT_EQ(only("[::]:80"), (Address{"::", 80, false}));
  EXPECT_EQ(only("[0:0:0:0:0:0:0:1]:80"), (Address{"::1", 80, true}));
}

TEST(Address, LocalhostIsBothLoopbacks) {
  EXPECT_EQ(parse_address("localhost:65535").value(),
            (std::vector<Address>{{"127.0.0.1", 65535, true}, {"::1", 65535, true, true}}));
}

TEST(Address, AMappedIpv4AddressIsThatAddress) {
  EXPECT_EQ(only("[::ffff:127.0.0.1]:80"), (Address{"127.0.0.1", 80, true}));
  EXPECT_EQ(only("[::ffff:10.0.0.1]:80"), (Address{"10.0.0.1", 80, false}));
}

TEST(Address, RefusesWithTheCure) {
  for (const char* text : {"", ":", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                           "127.0.0.1:-1", "127.0.0.1:8000x", "::1:80", "[::1]", "example.org:80",
                           ":8000", "256.0.0.1:80", "[127.0.0.1:80"}) {
    const auto address = parse_address(text);
    ASSERT_FALSE(address.has_value()) << text;
    EXPECT_NE(address.error().message.find("write it as"), std::string::npos);
  }
  EXPECT_EQ(parse_address("::1:80").error().message,
            "'::1:80' is not HOST:PORT: an IPv6 address needs brackets; "
            "write it as 127.0.0.1:8000, [::1]:8000 or 0.0.0.0:8000");
}

RC_GTEST_PROP(Address, WritingAndReadingAreInverse, (std::uint32_t ip, std::uint16_t port)) {
  const std::string host = std::to_string(ip >> 24) + "." + std::to_string(ip >> 16 & 255) + "." +
                           std::to_string(ip >> 8 & 255) + "." + std::to_string(ip & 255);
  const Address address{host, port, (ip >> 24) == 127};
  RC_ASSERT(parse_address(to_string(address)).value() == std::vector{address});
}

}  // namespace
}  // namespace dss::config
