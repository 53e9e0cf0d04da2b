#include "otlp/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dss::otlp {
namespace {

using testing::HasSubstr;

std::string shown(std::string_view url) {
  const auto endpoint = parse_endpoint(url);
  return endpoint ? endpoint->authority() + " " + endpoint->path : endpoint.error().message;
}

TEST(OtlpEndpoint, PortAndPathHaveTheirDefaults) {
  EXPECT_EQ(shown("http://collector"), "collector:4318 /v1/traces");
  EXPECT_EQ(shown("http://collector/"), "collector:4318 /v1/traces");
  EXPECT_EQ(shown("http://127.0.0.1:14318"), "127.0.0.1:14318 /v1/traces");
  EXPECT_EQ(shown("http://[::1]:4318/otlp/v1/traces"), "[::1]:4318 /otlp/v1/traces");
  EXPECT_EQ(shown("http://[fe80::1]"), "[fe80::1]:4318 /v1/traces");
}

TEST(OtlpEndpoint, RefusalsNameTheCure) {
  EXPECT_THAT(shown("https://collector"), HasSubstr("a collector"));
  for (const char* bad :
       {"", "collector:4318", "grpc://collector", "http://", "http://:4318",
        "http://collector:", "http://collector:0", "http://collector:65536", "http://collector:x",
        "http://[::1", "http://[::1]4318", "http://user:secret@collector", "http://collector?x=1",
        "http://collector/a b", "http://collector/\r\nX: y"}) {
    EXPECT_THAT(shown(bad), HasSubstr("write http://HOST:PORT")) << bad;
  }
}

TEST(OtlpEndpoint, AnErrorDoesNotRepeatAPassword) {
  EXPECT_THAT(shown("http://user:secret@collector"), testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace dss::otlp
