#include "http/refusal.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

RouteTable guarded_table() {
  RouteTable table;
  Route route;
  route.path = "/lists";
  route.guard = [](const Request& request) -> std::optional<Failure> {
    if (request.header("authorization") == "Bearer key") return std::nullopt;
    return Failure{.status = 401, .code = "unauthorized", .message = "a key is needed"};
  };
  table.routes.push_back(std::move(route));
  table.renderers.emplace_back("", [](const Failure& failure) {
    Response response{.status = failure.status};
    if (failure.code == "rendered") response.headers.emplace_back("retry-after", "9");
    return response;
  });
  return table;
}

class RefusalTest : public testing::Test {
 protected:
  [[nodiscard]] Router::Match match(Method method, std::string_view path) const {
    return router_.match(method, path, Door::kPublic);
  }
  [[nodiscard]] int verdict(Method method, std::string_view path) const {
    const auto failure = judge_route(match(method, path), request_);
    return failure ? failure->status : 0;
  }

  RouteTable table_ = guarded_table();
  Router router_{&table_};
  mutable Request request_;
};

TEST_F(RefusalTest, Verdicts) {
  EXPECT_EQ(verdict(Method::kGet, "/nope"), 404);
  EXPECT_EQ(verdict(Method::kPost, "/lists"), 405);
  EXPECT_EQ(verdict(Method::kGet, "/lists/"), 307);
  EXPECT_EQ(verdict(Method::kGet, "/lists"), 401);
  const HeaderView header{.name = "Authorization", .value = "Bearer key"};
  request_.headers = {&header, 1};
  EXPECT_EQ(verdict(Method::kGet, "/lists"), 0);
}

TEST_F(RefusalTest, AllowAndLocation) {
  const Router::Match wrong = match(Method::kPost, "/lists");
  EXPECT_EQ(render_refusal(wrong, request_, {.status = 405}).headers.at(0).second, "GET, HEAD");
  request_.target = "/lists/?a=b";
  request_.path = "/lists/";
  const Router::Match slash = match(Method::kGet, "/lists/");
  const Response redirect = render_refusal(slash, request_, {.status = 307});
  EXPECT_EQ(redirect.status, 307);
  EXPECT_EQ(redirect.headers.at(0).second, "/lists?a=b");
}

TEST_F(RefusalTest, RetryAfterOnce) {
  const Router::Match found = match(Method::kGet, "/lists");
  const Failure busy{.status = 503, .retry_after_seconds = 2};
  EXPECT_EQ(render_refusal(found, request_, busy).headers.at(0).second, "2");
  const Failure rendered{.status = 503, .code = "rendered", .retry_after_seconds = 2};
  const Response response = render_refusal(found, request_, rendered);
  ASSERT_EQ(response.headers.size(), 1U);
  EXPECT_EQ(response.headers[0].second, "9");
}

}  // namespace
}  // namespace dss::http
