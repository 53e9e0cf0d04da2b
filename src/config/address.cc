#include "config/address.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

namespace dss::config {
namespace {

tl::unexpected<base::Error> refuse(std::string_view text, const char* cause) {
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "'" + std::string(text) + "' is not HOST:PORT: " + cause +
                        "; write it as 127.0.0.1:8000, [::1]:8000 or 0.0.0.0:8000");
}

bool read_port(std::string_view text, std::uint16_t* port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *port);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// Fills host (in its canonical spelling) and loopback.
bool read_host(const std::string& host, Address* out) {
  char canonical[INET6_ADDRSTRLEN];
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) {
    out->loopback = (ntohl(four.s_addr) >> 24) == 127;
    out->host = inet_ntop(AF_INET, &four, canonical, sizeof canonical);
    return true;
  }
  in6_addr six{};
  if (inet_pton(AF_INET6, host.c_str(), &six) == 1) {
    out->loopback = std::memcmp(&six, &in6addr_loopback, sizeof six) == 0;
    out->host = inet_ntop(AF_INET6, &six, canonical, sizeof canonical);
    return true;
  }
  return false;
}

}  // namespace

base::Result<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return refuse(text, "the port is missing");
  Address address;
  if (!read_port(text.substr(colon + 1), &address.port))
    return refuse(text, "the port must be a number from 0 to 65535");
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos)
    return refuse(text, "an IPv6 address needs brackets");
  if (!read_host(host == "localhost" ? "127.0.0.1" : std::string(host), &address))
    return refuse(text, "the host must be an IP address or 'localhost'");
  return address;
}

std::string to_string(const Address& address) {
  const bool six = address.host.find(':') != std::string::npos;
  return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace dss::config
