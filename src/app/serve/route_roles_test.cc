#include "app/serve/route_roles.h"

#include <gtest/gtest.h>

namespace dss::app {
namespace {

using auth::Role;
using http::Method;

TEST(RouteRoles, ProbesNeedNone) {
  for (const char* path : {"/livez", "/readyz", "/startupz", "/health"}) {
    EXPECT_EQ(role_of(Method::kGet, path), std::nullopt) << path;
    EXPECT_EQ(role_of(Method::kHead, path), std::nullopt) << path;
  }
}

TEST(RouteRoles, ThePageOfFiguresIsOpenAndTheFiguresAreNot) {
  EXPECT_EQ(role_of(Method::kGet, "/dashboard"), std::nullopt);
  EXPECT_EQ(role_of(Method::kGet, "/dashboard/app.js"), std::nullopt);
  EXPECT_EQ(role_of(Method::kGet, "/metrics"), Role::kMetrics);
  EXPECT_EQ(role_of(Method::kPost, "/dashboard"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kGet, "/dashboards"), Role::kAdmin);
}

TEST(RouteRoles, SamePathDifferentMethod) {
  EXPECT_EQ(role_of(Method::kGet, "/"), std::nullopt);
  EXPECT_EQ(role_of(Method::kPost, "/"), Role::kScore);
  EXPECT_EQ(role_of(Method::kPost, "/models/{id...}"), Role::kScore);
  EXPECT_EQ(role_of(Method::kPost, "/metrics"), Role::kAdmin);
}

TEST(RouteRoles, WhatNobodyNamedIsClosed) {
  EXPECT_EQ(role_of(Method::kGet, "/new"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kPost, "/livez"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kDelete, "/feedback"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kPatch, "/contentsafety/text/blocklists/{name}"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kGet, "/contentsafety/text/blocklists"), Role::kAdmin);
  EXPECT_EQ(role_of(Method::kGet, "/docsecret"), Role::kAdmin);
}

}  // namespace
}  // namespace dss::app
