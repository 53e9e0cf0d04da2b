// Whom a proxy says that it forwards a request for.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "auth/network.h"

namespace dss::auth {

/// Which header the proxies write; the other one is whatever the client likes and is not read.
enum class ForwardedHeader : std::uint8_t {
  kXForwardedFor,  ///< `203.0.113.9, 10.0.0.1`
  kForwarded,      ///< RFC 7239: `for=203.0.113.9;proto=https, for="[2001:db8::1]:4711"`
};

/// The proxies whose word is taken.
struct TrustedProxies {
  std::vector<Network> networks{};  ///< empty: nobody's
  ForwardedHeader header = ForwardedHeader::kXForwardedFor;

  [[nodiscard]] std::string_view header_name() const {
    return header == ForwardedHeader::kForwarded ? "forwarded" : "x-forwarded-for";
  }
};

/// The rightmost address that is no trusted proxy's. `values` are the header's values in the order
/// of the request's lines. What `peer` says counts only if it is a trusted proxy; then each address
/// from the right is believed as long as the one that wrote it is trusted. An element that names no
/// address (`unknown`, `_hidden`) ends the walk at the proxy that wrote it.
[[nodiscard]] IpAddress client_address(const IpAddress& peer,
                                       std::span<const std::string_view> values,
                                       const TrustedProxies& trusted);

}  // namespace dss::auth
