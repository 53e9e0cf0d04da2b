#include "api/gate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "api/credential.h"

namespace dss::api {
namespace {

using MaybeFailure = std::optional<http::Failure>;

constexpr std::size_t kMostForwardedLines = 16;

http::Failure unauthorized(bool shown) {
  return {.status = 401,
          .code = "unauthorized",
          .message = shown ? "The API key or token is unknown, expired or revoked."
                           : "This route needs an API key, e.g. Authorization: Bearer KEY.",
          .no_credential = !shown};
}

http::Failure forbidden(auth::Role role) {
  return {.status = 403,
          .code = "forbidden",
          .message = "The API key lacks the role '" + std::string(name_of(role)) +
                     "', which this route needs."};
}

int whole_seconds(double seconds) { return std::max(1, static_cast<int>(std::ceil(seconds))); }

http::Failure too_many(const Gate& gate, std::string_view what, double wait_seconds) {
  if (gate.over_quota) gate.over_quota();
  const int wait = whole_seconds(wait_seconds);
  return {.status = 429,
          .code = "rate_limited",
          .message = std::string(what) + "; try again in " + std::to_string(wait) + " s.",
          .retry_after_seconds = wait};
}

bool names(std::string_view name, std::string_view lower) {
  return std::equal(name.begin(), name.end(), lower.begin(), lower.end(), [](char have, char want) {
    const bool upper = have >= 'A' && have <= 'Z';
    return (upper ? have | 0x20 : have) == want;
  });
}

auth::IpAddress client_of(const Gate& gate, const http::Request& request) {
  const auth::IpAddress peer = auth::ip_address(request.peer.address);
  if (!any_contains(gate.proxies.networks, peer)) return peer;
  std::array<std::string_view, kMostForwardedLines> values;
  std::size_t count = 0;
  for (const http::HeaderView& header : request.headers) {
    if (!names(header.name, gate.proxies.header_name())) continue;
    if (count == values.size()) return peer;
    values[count++] = header.value;
  }
  return client_address(peer, {values.data(), count}, gate.proxies);
}

/// Finds out where the request comes from; a forwarded one's peer is then whom it is for.
void locate(const Gate& gate, http::Request* request) {
  http::Caller& caller = request->caller;
  const auth::IpAddress client = client_of(gate, *request);
  caller.address = {.bytes = client.bytes, .size = client.size};
  if (!gate.proxies.networks.empty()) request->peer.address = caller.address.view();
  if (gate.quotas != nullptr) caller.network = gate.quotas->network(caller.address.network());
}

std::optional<auth::Principal> who(const Gate& gate, std::string_view credential) {
  auto principal = gate.identify(credential);
  if (principal || gate.metrics_tokens == nullptr) return principal;
  if (!gate.metrics_tokens->accepts(credential)) return std::nullopt;
  return auth::Principal{.roles = {auth::Role::kMetrics}};
}

MaybeFailure authenticate(const Gate& gate, auth::Role role, http::Request* request) {
  std::string memory;
  const std::string_view credential = credential_of(*request, &memory);
  if (credential.empty()) return unauthorized(false);
  const auto principal = who(gate, credential);
  if (!principal) {
    const auto wait =
        gate.quotas == nullptr ? std::nullopt : gate.quotas->fail(request->caller.network);
    if (!wait) return unauthorized(true);
    return too_many(gate, "Too many wrong API keys from this address", *wait);
  }
  if (!principal->roles.allow(role)) return forbidden(role);
  request->caller.rights = principal->roles.bits();
  request->caller.tenant = principal->tenant;
  request->caller.account = principal->account;
  return std::nullopt;
}

std::uint32_t whole(double number) {
  return static_cast<std::uint32_t>(std::clamp(std::ceil(number), 0.0, 4e9));
}

MaybeFailure take(const Gate& gate, http::Request* request) {
  http::Caller& caller = request->caller;
  const auth::Quotas::Verdict verdict = gate.quotas->take(caller.account, caller.network);
  if (verdict.rate != nullptr) {
    caller.allowance = {.burst = static_cast<std::uint32_t>(std::min(verdict.rate->burst, 4e9)),
                        .window_seconds = whole(verdict.rate->burst / verdict.rate->per_second),
                        .remaining = verdict.remaining,
                        .reset_seconds = whole(verdict.full_seconds)};
  }
  if (verdict.allowed) return std::nullopt;
  return too_many(gate,
                  verdict.of_key ? "The quota of this API key is used up"
                                 : "The quota of this address is used up",
                  verdict.wait_seconds);
}

}  // namespace

http::Guard Gate::guard(auth::Role role, http::Guard before) const {
  const bool located = quotas != nullptr || !proxies.networks.empty();
  if (!identify && !located) return before;
  const bool counted =
      quotas != nullptr && (role == auth::Role::kScore || role == auth::Role::kFeedback);
  const auto gate = std::make_shared<const Gate>(*this);
  return [gate, role, located, counted,
          ask = std::move(before)](http::Request& request) -> MaybeFailure {
    if (located) locate(*gate, &request);
    if (gate->identify) {
      if (auto failure = authenticate(*gate, role, &request)) return failure;
    }
    if (ask) {
      if (auto failure = ask(request)) return failure;
    }
    return counted ? take(*gate, &request) : std::nullopt;
  };
}

}  // namespace dss::api
