#include "api/native/documentation.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"

namespace dss::api::native {
namespace {

class Documentation : public testing::Test {
 protected:
  Documentation() {
    service_.backend = deterministic_backend();
    service_.clock = &clock_;
    service_.stats = &stats_;
    add_routes(service_, &table_);
  }
  http::Response get(const std::string& path, const std::string& accept_encoding = "") {
    auto response = run(table_, {.method = http::Method::kGet,
                                 .path = path,
                                 .headers = {{"Accept-Encoding", accept_encoding}},
                                 .body = ""});
    EXPECT_TRUE(response.has_value()) << path;
    return response.value_or(http::Response());
  }

  base::ManualClock clock_;
  Stats stats_;
  Service service_;
  http::RouteTable table_;
};

// `get /analyze` …
std::set<std::string> documented_operations() {
  json::Reader reader;
  const auto document = reader.parse(pages().front().plain);
  EXPECT_TRUE(document.has_value());
  std::set<std::string> operations;
  for (const auto [path, methods] : document->find("paths")->members()) {
    for (const auto [method, operation] : methods.members()) {
      operations.insert(std::string(method) + " " + std::string(path));
    }
  }
  return operations;
}

TEST_F(Documentation, NamesEveryRouteAndNoOther) {
  // Scrape and record are wired by the application, and the text classification by its own
  // protocol; the page's own files are no part of the contract.
  std::set<std::string> routed = {"get /metrics", "get /privacy", "post /"};
  for (const http::Route& route : table_.routes) {
    if (route.path.starts_with("/docs/")) continue;
    routed.insert((route.method == http::Method::kPost ? "post " : "get ") + route.path);
  }
  EXPECT_EQ(documented_operations(), routed);
}

TEST_F(Documentation, AsksNoOtherHost) {
  const http::Response page = get("/docs");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.static_body.find("//"), std::string_view::npos);
  const std::string_view policy = header_of(page, "Content-Security-Policy");
  EXPECT_EQ(policy.substr(0, 39), "default-src 'none'; script-src 'self'; ");
  EXPECT_EQ(policy.find("http"), std::string_view::npos);
  EXPECT_EQ(page.static_body.find("<script>"), std::string_view::npos);
}

TEST_F(Documentation, ServesEveryFileThatThePageNames) {
  const std::string page(get("/docs").static_body);
  std::size_t found = 0;
  for (std::size_t at = page.find("\"docs/"); at != page.npos; at = page.find("\"docs/", at + 1)) {
    const std::string path = "/" + page.substr(at + 1, page.find('"', at + 1) - at - 1);
    EXPECT_FALSE(get(path).static_body.empty()) << path;
    ++found;
  }
  EXPECT_EQ(found, 4U);
}

TEST_F(Documentation, CompressesOnlyForThoseWhoTakeIt) {
  for (const std::string path : {"/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"}) {
    const http::Response plain = get(path);
    EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
    EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
    const http::Response packed = get(path, "br, gzip;q=0.8");
    EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(packed.static_body.substr(0, 2), "\x1f\x8b");
    EXPECT_LT(packed.static_body.size() * 3, plain.static_body.size());
    EXPECT_EQ(header_of(get(path, "gzip;q=0"), "Content-Encoding"), "");
  }
}

}  // namespace
}  // namespace dss::api::native
