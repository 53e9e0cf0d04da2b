// Where the server listens and who connects, without a socket library's types.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dss::http {

/// A numeric address and a port to listen on.
struct Endpoint {
  std::string address;     ///< `127.0.0.1`, `::1`, `0.0.0.0`, `::`
  std::uint16_t port = 0;  ///< 0: the system chooses
  bool optional = false;   ///< carry on without it if the machine has no such address

  /// `127.0.0.1:8000`, `[::1]:8000`.
  [[nodiscard]] std::string text() const;
};

/// 127.0.0.1 and, where there is one, ::1.
[[nodiscard]] std::vector<Endpoint> loopbacks(std::uint16_t port);

/// A client's address in binary.
struct PeerAddress {
  std::array<char, 16> bytes{};
  std::uint8_t size = 0;  ///< 4 or 16

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
  /// What connections are counted by: the IPv4 address, or the IPv6 /64 network, since one client
  /// owns all of it.
  [[nodiscard]] std::string_view network() const { return {bytes.data(), size == 16 ? 8U : size}; }
};

}  // namespace dss::http
