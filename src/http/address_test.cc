#include "http/address.h"

#include <gtest/gtest.h>

#include "http/address_counts.h"

namespace dss::http {
namespace {

std::string listens_on(std::string_view text) {
  const auto parsed = parse_listen(text);
  if (!parsed) return parsed.error().message;
  std::string out;
  for (const Endpoint& endpoint : *parsed) out += (out.empty() ? "" : " ") + endpoint.text();
  return out;
}

TEST(Address, ParseListen) {
  EXPECT_EQ(listens_on("127.0.0.1:8000"), "127.0.0.1:8000");
  EXPECT_EQ(listens_on("0.0.0.0:0"), "0.0.0.0:0");
  EXPECT_EQ(listens_on("[::1]:80"), "[::1]:80");
  EXPECT_EQ(listens_on("localhost:9000"), "127.0.0.1:9000 [::1]:9000");
  EXPECT_EQ(listens_on("*:9000"), "0.0.0.0:9000 [::]:9000");
}

TEST(Address, BadListen) {
  for (const char* text :
       {"", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
        "example.org:80", "::1:80", "[127.0.0.1]:80", "[]:80", ":80"}) {
    const std::string message = listens_on(text);
    EXPECT_TRUE(message.starts_with("cannot listen on \"" + std::string(text) + "\": ")) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(Address, Loopback) {
  EXPECT_TRUE((Endpoint{.address = "127.0.0.1"}).is_loopback());
  EXPECT_TRUE((Endpoint{.address = "127.1.2.3"}).is_loopback());
  EXPECT_TRUE((Endpoint{.address = "::1"}).is_loopback());
  EXPECT_FALSE((Endpoint{.address = "0.0.0.0"}).is_loopback());
  EXPECT_FALSE((Endpoint{.address = "::"}).is_loopback());
  EXPECT_FALSE((Endpoint{.address = "127.evil"}).is_loopback());
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
