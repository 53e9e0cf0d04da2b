#include "http/router.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

using Kind = Router::Match::Kind;

Route route(Method method, std::string path) {
  Route made;
  made.method = method;
  made.path = std::move(path);
  return made;
}

RouteTable table() {
  RouteTable made;
  made.routes = {route(Method::kGet, "/"),
                 route(Method::kGet, "/health"),
                 route(Method::kPost, "/lists"),
                 route(Method::kGet, "/lists"),
                 route(Method::kGet, "/lists/{name}"),
                 route(Method::kGet, "/metrics")};
  made.routes.back().on_public = false;
  made.routes.back().on_admin = true;
  made.renderers.emplace_back("", [](const Failure&) { return Response{.status = 1}; });
  made.renderers.emplace_back("/v1", [](const Failure&) { return Response{.status = 2}; });
  made.renderers.emplace_back("/v1alpha1/", [](const Failure&) { return Response{.status = 3}; });
  return made;
}

class RouterTest : public testing::Test {
 protected:
  [[nodiscard]] Router::Match match(Method method, std::string_view path,
                                    Door door = Door::kPublic) const {
    return router_.match(method, path, door);
  }
  /// The label that metrics would show.
  [[nodiscard]] std::string label(Method method, std::string_view path) const {
    return path_labels(table_).at(match(method, path).path);
  }

  RouteTable table_ = table();
  Router router_{&table_};
};

TEST_F(RouterTest, Labels) {
  EXPECT_EQ(path_labels(table_),
            (std::vector<std::string>{"none", "/", "/health", "/lists", "/lists/{name}", "/metrics",
                                      "/health/", "/lists/", "/lists/{name}/", "/metrics/"}));
}

TEST_F(RouterTest, ExactPathsAndMethods) {
  EXPECT_EQ(match(Method::kGet, "/health").route, &table_.routes[1]);
  EXPECT_EQ(match(Method::kPost, "/lists").route, &table_.routes[2]);
  EXPECT_EQ(match(Method::kGet, "/lists").route, &table_.routes[3]);
  EXPECT_EQ(match(Method::kGet, "/").route, &table_.routes[0]);
  EXPECT_EQ(label(Method::kGet, "/health"), "/health");
}

TEST_F(RouterTest, HeadIsAnsweredByGet) {
  EXPECT_EQ(match(Method::kHead, "/health").route, &table_.routes[1]);
}

TEST_F(RouterTest, LastSegmentByName) {
  EXPECT_EQ(match(Method::kGet, "/lists/bad").route, &table_.routes[4]);
  EXPECT_EQ(label(Method::kGet, "/lists/bad"), "/lists/{name}");
  EXPECT_EQ(match(Method::kGet, "/lists/bad/worse").kind, Kind::kNotFound);
  EXPECT_EQ(label(Method::kGet, "/lists/bad/"), "/lists/{name}/");
}

TEST_F(RouterTest, NotFound) {
  for (const char* path : {"/nope", "/Health", "/healthy", "//health", "", "*", "/health//"}) {
    EXPECT_EQ(match(Method::kGet, path).kind, Kind::kNotFound) << path;
    EXPECT_EQ(label(Method::kGet, path), "none") << path;
  }
}

TEST_F(RouterTest, MethodNotAllowed) {
  const Router::Match found = match(Method::kDelete, "/lists");
  EXPECT_EQ(found.kind, Kind::kMethodNotAllowed);
  EXPECT_EQ(found.allow, "POST, GET, HEAD");
  EXPECT_EQ(found.path, kNoPath);
  EXPECT_EQ(found.route, nullptr);
}

TEST_F(RouterTest, SlashRedirect) {
  const Router::Match found = match(Method::kGet, "/health/");
  EXPECT_EQ(found.kind, Kind::kRedirect);
  EXPECT_EQ(found.location, "/health");
  EXPECT_EQ(label(Method::kGet, "/health/"), "/health/");
}

TEST_F(RouterTest, DoorsHideRoutes) {
  EXPECT_EQ(match(Method::kGet, "/metrics").kind, Kind::kNotFound);
  EXPECT_EQ(match(Method::kGet, "/metrics/").kind, Kind::kNotFound);
  EXPECT_EQ(match(Method::kGet, "/metrics", Door::kAdmin).kind, Kind::kRoute);
  EXPECT_EQ(match(Method::kGet, "/health", Door::kAdmin).kind, Kind::kNotFound);
}

TEST_F(RouterTest, LongestPrefixRenders) {
  const auto renders = [&](std::string_view path) {
    return (*match(Method::kGet, path).renderer)({}).status;
  };
  EXPECT_EQ(renders("/health"), 1);
  EXPECT_EQ(renders("/nope"), 1);
  EXPECT_EQ(renders("/v1/moderations"), 2);
  EXPECT_EQ(renders("/v1alpha1/comments:analyze"), 3);
  EXPECT_EQ(router_.default_renderer()({}).status, 1);
}

TEST_F(RouterTest, ARouteMayRenderItsOwnRefusals) {
  RouteTable own = table();
  own.routes.push_back(route(Method::kPost, "/"));
  own.routes.back().renderer = [](const Failure&) { return Response{.status = 4}; };
  const Router router(&own);
  const auto renders = [&](Method method, std::string_view path) {
    return (*router.match(method, path, Door::kPublic).renderer)({}).status;
  };
  EXPECT_EQ(renders(Method::kPost, "/"), 4);
  EXPECT_EQ(renders(Method::kGet, "/"), 1);
  EXPECT_EQ(renders(Method::kDelete, "/"), 1);
  EXPECT_EQ(renders(Method::kPost, "/lists"), 1);
}

}  // namespace
}  // namespace dss::http
