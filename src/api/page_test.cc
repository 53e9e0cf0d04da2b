#include "api/page.h"

#include <gtest/gtest.h>

#include "api/handler_runner.h"

namespace dss::api {
namespace {

constexpr std::string_view kPolicy = "default-src 'none'";
constexpr Page kBoth{"/big.js", "text/javascript; charset=utf-8", "plain bytes", "packed"};
constexpr Page kPlain{"/small.png", "image/png", "plain bytes", {}};

http::Response get(const Page& page, const std::string& accept_encoding) {
  http::RouteTable table;
  table.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
  table.routes.push_back(page_route(page, kPolicy));
  auto response = run(
      table, {.path = std::string(page.path), .headers = {{"Accept-Encoding", accept_encoding}}});
  return response.value_or(http::Response());
}

TEST(Page, IsSentCompressedToThoseWhoTakeIt) {
  const http::Response packed = get(kBoth, "br, gzip;q=0.8");
  EXPECT_EQ(packed.static_body, "packed");
  EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(packed, "Vary"), "Accept-Encoding");
  for (const char* accepts : {"", "identity", "gzip;q=0"}) {
    const http::Response plain = get(kBoth, accepts);
    EXPECT_EQ(plain.static_body, "plain bytes") << accepts;
    EXPECT_EQ(header_of(plain, "Content-Encoding"), "") << accepts;
    EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding") << accepts;
  }
}

TEST(Page, WithoutACompressedFormDoesNotVary) {
  const http::Response plain = get(kPlain, "gzip");
  EXPECT_EQ(plain.static_body, "plain bytes");
  EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
  EXPECT_EQ(header_of(plain, "Vary"), "");
}

TEST(Page, CarriesItsTypeAndItsPolicy) {
  const http::Response page = get(kPlain, "");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "image/png");
  EXPECT_EQ(header_of(page, "Content-Security-Policy"), kPolicy);
  EXPECT_EQ(header_of(page, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header_of(page, "Cache-Control"), "no-cache");
}

}  // namespace
}  // namespace dss::api
