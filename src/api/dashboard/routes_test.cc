#include "api/dashboard/routes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "api/handler_runner.h"

namespace dss::api::dashboard {
namespace {

namespace fs = std::filesystem;
const fs::path kFolder = fs::path(DSS_SOURCE_DIR) / "web" / "dashboard";

std::string contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

http::RouteTable table_of(bool on_public) {
  Service service;
  service.operator_routes_on_public = on_public;
  http::RouteTable table;
  table.renderers.emplace_back("", [](const http::Failure&) { return http::Response(); });
  add_routes(service, &table);
  return table;
}

http::Response get(const std::string& path) {
  return run(table_of(true), {.path = path}).value_or(http::Response{.status = 404});
}

TEST(Dashboard, ServesEveryFileOfItsFolderAndNoOther) {
  std::set<std::string> wanted = {"/dashboard"};
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".json" || file.extension() == ".html") continue;
    wanted.insert("/dashboard/" + file.filename().string());
    EXPECT_EQ(get("/dashboard/" + file.filename().string()).static_body, contents(file)) << file;
  }
  EXPECT_EQ(get("/dashboard").static_body, contents(kFolder / "page.html"));
  std::set<std::string> served;
  for (const Page& page : pages()) served.emplace(page.path);
  EXPECT_EQ(served, wanted);
}

TEST(Dashboard, ThePageNamesEveryFile) {
  const std::string page(get("/dashboard").static_body);
  for (const Page& file : pages()) {
    if (file.path == "/dashboard") continue;
    EXPECT_NE(page.find("\"" + std::string(file.path.substr(1)) + "\""), page.npos) << file.path;
  }
}

TEST(Dashboard, HasNoInlineScriptOrStyleAndNoOtherHost) {
  for (const Page& file : pages()) {
    if (file.content_type == "image/svg+xml") continue;
    EXPECT_EQ(file.plain.find("https:"), file.plain.npos) << file.path;
    EXPECT_EQ(file.plain.find("@import"), file.plain.npos) << file.path;
  }
  const std::string_view page = pages().front().plain;
  for (const char* word : {"<style", " style=", " onclick=", "<script>", "//"}) {
    EXPECT_EQ(page.find(word), page.npos) << word;
  }
  const http::Response response = get("/dashboard");
  const std::string_view policy = header_of(response, "Content-Security-Policy");
  EXPECT_EQ(policy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

TEST(Dashboard, IsWhereTheMetricsAreAndIsNotCounted) {
  for (const bool on_public : {true, false}) {
    const http::RouteTable table = table_of(on_public);
    for (const http::Route& route : table.routes) {
      EXPECT_EQ(route.on_public, on_public) << route.path;
      EXPECT_TRUE(route.on_admin) << route.path;
      EXPECT_FALSE(route.counted) << route.path;
    }
  }
}

}  // namespace
}  // namespace dss::api::dashboard
