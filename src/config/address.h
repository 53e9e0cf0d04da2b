// HOST:PORT, as listeners take it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::config {

struct Address {
  std::string host;        ///< an IP address without brackets: `127.0.0.1`, `::1`, `0.0.0.0`
  std::uint16_t port = 0;  ///< 0: any free one
  bool loopback = false;   ///< in 127.0.0.0/8 or ::1: nobody outside this machine reaches it
  bool optional = false;   ///< carry on without it where the machine lacks it (::1 without IPv6)

  bool operator==(const Address&) const = default;
};

/// Both loopbacks: 127.0.0.1 and, where there is one, ::1.
[[nodiscard]] std::vector<Address> loopbacks(std::uint16_t port);

/// Reads `127.0.0.1:8000`, `[::1]:8000` or `localhost:8000` (both loopbacks). An IPv4 address that
/// is mapped into IPv6 (`[::ffff:127.0.0.1]`) is that IPv4 address. Names are not looked up: what a
/// server is bound to must not depend on a name server. Errors: kInvalidArgument, with the cure.
[[nodiscard]] base::Result<std::vector<Address>> parse_address(std::string_view text);

/// `127.0.0.1:8000`, `[::1]:8000`.
[[nodiscard]] std::string to_string(const Address& address);

}  // namespace dss::config
