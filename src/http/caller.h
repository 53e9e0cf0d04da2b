// Who sends a request, as a route's guard has found out, and what is left of its quota.
#pragma once

#include <array>
#include <cstdint>

#include "http/address.h"

namespace dss::http {

/// What an answer tells its client of a quota: the fields RateLimit-Policy and RateLimit of
/// draft-ietf-httpapi-ratelimit-headers-10.
struct Allowance {
  std::uint32_t burst = 0;           ///< requests at once; 0: there is no quota to tell of
  std::uint32_t window_seconds = 0;  ///< in which an empty bucket fills up
  std::uint32_t remaining = 0;       ///< requests that would be let pass now
  std::uint32_t reset_seconds = 0;   ///< until the bucket is full
};

/// As it stands: somebody of whom nothing is known, where nothing need be known.
struct Caller {
  /// What the caller may do; the meaning of the bits is that of whoever sets the guards.
  std::uint8_t rights = 0xFF;
  std::array<std::uint8_t, 16> tenant{};  ///< zero: the tenant without a name
  std::uint64_t account = 0;              ///< by which quotas are kept; 0: none are
  std::uint64_t network = 0;              ///< the same for where the request comes from
  Allowance allowance{};
  PeerAddress address{};  ///< what Request::peer views where a proxy forwards the request
};

}  // namespace dss::http
