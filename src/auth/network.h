// Addresses and networks, as the list of trusted proxies names them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace dss::auth {

/// 4 bytes (IPv4) or 16 (IPv6). An IPv4 address mapped into IPv6 is that IPv4 address.
struct IpAddress {
  std::array<char, 16> bytes{};
  std::uint8_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
  bool operator==(const IpAddress&) const = default;
};

/// From its binary form. REQUIRES: 4 or 16 bytes.
[[nodiscard]] IpAddress ip_address(std::string_view binary);
/// `192.0.2.1`, `2001:db8::1`; nothing for anything else, ports and zones too.
[[nodiscard]] std::optional<IpAddress> parse_ip(std::string_view text);

/// All addresses with the same first bits.
struct Network {
  IpAddress base{};
  unsigned bits = 0;

  [[nodiscard]] bool contains(const IpAddress& address) const;
};

/// `10.0.0.0/8`, `2001:db8::/32`, or one address. Errors: kInvalidArgument; bits set behind the
/// prefix are one, since they are mostly slips.
[[nodiscard]] base::Result<Network> parse_network(std::string_view text);

[[nodiscard]] bool any_contains(std::span<const Network> networks, const IpAddress& address);

}  // namespace dss::auth
