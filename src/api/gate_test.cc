#include "api/gate.h"

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace dss::api {
namespace {

using auth::Role;

std::optional<auth::Principal> known(std::string_view credential) {
  auth::Principal principal;
  if (!auth::add_role(credential, &principal.roles)) return std::nullopt;
  principal.tenant = auth::tenant_of("cats");
  principal.account = 7;
  return principal;
}

/// The status for somebody who shows `key` where `role` is needed; 0: let pass.
int status(const Gate& gate, Role role, std::string_view key, http::Caller* caller = nullptr) {
  const std::vector<http::HeaderView> headers = {{"X-API-Key", key}};
  http::Request request;
  request.headers = headers;
  const auto failure = gate.guard(role)(request);
  if (caller != nullptr) *caller = request.caller;
  return failure ? failure->status : 0;
}

TEST(Gate, GuardsNothingWhereNobodyIsAsked) { EXPECT_FALSE(Gate().guard(Role::kAdmin)); }

TEST(Gate, EveryRoleAgainstEveryNeed) {
  const Gate gate{.identify = known};
  const Role roles[] = {Role::kScore, Role::kFeedback, Role::kMetrics, Role::kAdmin};
  for (const Role need : roles) {
    EXPECT_EQ(status(gate, need, ""), 401);
    EXPECT_EQ(status(gate, need, "nobody"), 401);
    for (const Role has : roles) {
      const int expected = has == need || has == Role::kAdmin ? 0 : 403;
      EXPECT_EQ(status(gate, need, name_of(has)), expected)
          << name_of(has) << " for " << name_of(need);
    }
  }
}

TEST(Gate, TellsTheHandlerWhoAsks) {
  http::Caller caller;
  EXPECT_TRUE(may(caller, Role::kAdmin)) << "nobody asked who this is";
  ASSERT_EQ(status({.identify = known}, Role::kScore, "score", &caller), 0);
  EXPECT_EQ(caller.tenant, auth::tenant_of("cats"));
  EXPECT_EQ(caller.account, 7U);
  EXPECT_TRUE(may(caller, Role::kScore));
  EXPECT_FALSE(may(caller, Role::kFeedback));
}

TEST(Gate, AMetricsTokenReadsMetricsAndNothingElse) {
  const auto tokens = auth::TokenFile::of("0123456789abcdef");
  const Gate gate{.identify = known, .metrics_tokens = tokens->get()};
  EXPECT_EQ(status(gate, Role::kMetrics, "0123456789abcdef"), 0);
  EXPECT_EQ(status(gate, Role::kScore, "0123456789abcdef"), 403);
  EXPECT_EQ(status(gate, Role::kMetrics, "0123456789abcdee"), 401);
}

/// What a request from `peer` gets, with a forwarded address if there is one.
std::optional<http::Failure> ask(const http::Guard& guard, std::string_view peer,
                                 std::string_view key, http::Request* request,
                                 std::string_view forwarded = {}) {
  static std::array<http::HeaderView, 2> headers;
  headers = {http::HeaderView{"X-API-Key", key}, {"X-Forwarded-For", forwarded}};
  *request = {};
  request->headers = std::span(headers).first(forwarded.empty() ? 1 : 2);
  request->peer.address = peer;
  return guard(*request);
}

class GateQuotas : public testing::Test {
 protected:
  base::ManualClock clock_;
  auth::Quotas quotas_{{.key = {.requests = {.per_second = 0.5, .burst = 2}},
                        .address = {.requests = {.per_second = 0.5, .burst = 4}},
                        .failures = {.per_second = 0.1, .burst = 3},
                        .clock = &clock_}};
  int refused_ = 0;
  Gate gate_{.identify = known, .quotas = &quotas_, .over_quota = [this] { ++refused_; }};
  const std::string peer_{"\x01\x02\x03\x04"};
  http::Request request_;
};

TEST_F(GateQuotas, RefusesWith429AndSaysWhenToComeBack) {
  const http::Guard guard = gate_.guard(Role::kScore);
  EXPECT_FALSE(ask(guard, peer_, "score", &request_));
  EXPECT_EQ(request_.caller.allowance.burst, 2U);
  EXPECT_EQ(request_.caller.allowance.window_seconds, 4U);
  EXPECT_EQ(request_.caller.allowance.remaining, 1U);
  EXPECT_FALSE(ask(guard, peer_, "score", &request_));
  const auto failure = ask(guard, peer_, "score", &request_);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->status, 429);
  EXPECT_EQ(failure->retry_after_seconds, 2);
  EXPECT_EQ(request_.caller.allowance.remaining, 0U);
  EXPECT_EQ(refused_, 1);
}

TEST_F(GateQuotas, TheOperatorsRoutesAreNotCounted) {
  const http::Guard guard = gate_.guard(Role::kMetrics);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(ask(guard, peer_, "admin", &request_));
}

TEST_F(GateQuotas, WrongKeysAreThrottledButRightOnesAreNot) {
  const http::Guard guard = gate_.guard(Role::kMetrics);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(guard, peer_, "wrong", &request_)->status, 401);
  EXPECT_EQ(ask(guard, peer_, "wrong", &request_)->status, 429);
  EXPECT_FALSE(ask(guard, peer_, "metrics", &request_));
  EXPECT_EQ(ask(guard, "\x01\x02\x03\x05", "wrong", &request_)->status, 401);
}

TEST_F(GateQuotas, AddressesOfOneIpv6NetworkShareAQuota) {
  gate_.identify = {};
  const http::Guard guard = gate_.guard(Role::kScore);
  const auto address = [](char network, char host) {
    return std::string("\x20\x01\x0d\xb8") + std::string(3, '\0') + network + std::string(7, '\0') +
           host;
  };
  for (char host = 1; host <= 4; ++host) {
    EXPECT_FALSE(ask(guard, address(1, host), "", &request_));
  }
  EXPECT_TRUE(ask(guard, address(1, 9), "", &request_));
  EXPECT_FALSE(ask(guard, address(2, 9), "", &request_));
}

TEST_F(GateQuotas, AForwardedRequestIsItsClients) {
  gate_.identify = {};
  gate_.proxies.networks = {*auth::parse_network("1.2.3.4")};
  const http::Guard guard = gate_.guard(Role::kScore);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(ask(guard, peer_, "", &request_, "9.9.9.9"));
  EXPECT_EQ(request_.peer.address, std::string(4, '\x09'));
  EXPECT_TRUE(ask(guard, peer_, "", &request_, "9.9.9.9"));
  EXPECT_FALSE(ask(guard, peer_, "", &request_, "9.9.9.8"));
  EXPECT_FALSE(ask(guard, "\x07\x07\x07\x07", "", &request_, "9.9.9.9")) << "no proxy";
}

TEST_F(GateQuotas, WhatElseGuardsARouteIsAskedFirst) {
  gate_.identify = {};
  int asked = 0;
  const http::Guard guard = gate_.guard(Role::kScore, [&asked](http::Request&) {
    ++asked;
    return std::optional(http::Failure{.status = 418});
  });
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask(guard, peer_, "", &request_)->status, 418);
  EXPECT_EQ(asked, 10);
}

}  // namespace
}  // namespace dss::api
