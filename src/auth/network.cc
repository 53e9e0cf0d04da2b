#include "auth/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

namespace dss::auth {
namespace {

constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);

/// Whether `a` and `b` agree in their first bits.
bool same_prefix(std::string_view a, std::string_view b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (a.substr(0, whole) != b.substr(0, whole)) return false;
  const unsigned rest = bits % 8;
  if (rest == 0) return true;
  const auto differing = static_cast<unsigned char>(a[whole] ^ b[whole]);
  return (differing >> (8 - rest)) == 0;
}

bool has_bits_behind(const IpAddress& address, unsigned bits) {
  IpAddress cut = address;
  for (unsigned bit = bits; bit < 8U * cut.size; ++bit) {
    cut.bytes[bit / 8] = static_cast<char>(cut.bytes[bit / 8] & ~(0x80 >> (bit % 8)));
  }
  return !(cut == address);
}

}  // namespace

IpAddress ip_address(std::string_view binary) {
  if (binary.size() == 16 && binary.starts_with(kMapped)) binary.remove_prefix(kMapped.size());
  IpAddress address;
  address.size = static_cast<std::uint8_t>(binary.size());
  std::copy(binary.begin(), binary.end(), address.bytes.begin());
  return address;
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.empty() || text.size() >= terminated.size()) return std::nullopt;
  if (text.find('\0') != text.npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  std::array<char, 16> binary{};
  const bool v6 = text.find(':') != text.npos;
  if (::inet_pton(v6 ? AF_INET6 : AF_INET, terminated.data(), binary.data()) != 1) {
    return std::nullopt;
  }
  return ip_address({binary.data(), v6 ? 16U : 4U});
}

bool Network::contains(const IpAddress& address) const {
  return address.size == base.size && same_prefix(address.view(), base.view(), bits);
}

base::Result<Network> parse_network(std::string_view text) {
  const auto refused = [&] {
    return base::fail(
        base::ErrorKind::kInvalidArgument,
        "'" + std::string(text) + "' is no network; say 10.0.0.0/8, 2001:db8::/32 or an address");
  };
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto address = parse_ip(text.substr(0, slash));
  if (!address) return refused();
  const unsigned most = 8U * address->size;
  Network network{.base = *address, .bits = most};
  if (slash < text.size()) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, network.bits);
    if (read.ec != std::errc() || read.ptr != end || network.bits > most) return refused();
  }
  if (has_bits_behind(network.base, network.bits)) return refused();
  return network;
}

bool any_contains(std::span<const Network> networks, const IpAddress& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.contains(address); });
}

}  // namespace dss::auth
