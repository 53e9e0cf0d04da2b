#include "config/address.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <utility>

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

void use_ipv4(const in_addr& address, Address* out) {
  char canonical[INET_ADDRSTRLEN];
  out->loopback = (ntohl(address.s_addr) >> 24) == 127;
  out->host = inet_ntop(AF_INET, &address, canonical, sizeof canonical);
}

/// Fills host (in its canonical spelling) and loopback.
bool read_host(const std::string& host, Address* out) {
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) {
    use_ipv4(four, out);
    return true;
  }
  in6_addr six{};
  if (inet_pton(AF_INET6, host.c_str(), &six) != 1) return false;
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    std::memcpy(&four, &six.s6_addr[12], sizeof four);
    use_ipv4(four, out);
    return true;
  }
  char canonical[INET6_ADDRSTRLEN];
  out->loopback = IN6_IS_ADDR_LOOPBACK(&six);
  out->host = inet_ntop(AF_INET6, &six, canonical, sizeof canonical);
  return true;
}

}  // namespace

std::vector<Address> loopbacks(std::uint16_t port) {
  return {{.host = "127.0.0.1", .port = port, .loopback = true},
          {.host = "::1", .port = port, .loopback = true, .optional = true}};
}

base::Result<std::vector<Address>> parse_address(std::string_view text) {
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
  if (host == "localhost") return loopbacks(address.port);
  if (!read_host(std::string(host), &address))
    return refuse(text, "the host must be an IP address or 'localhost'");
  return std::vector<Address>{std::move(address)};
}

std::string to_string(const Address& address) {
  const bool six = address.host.find(':') != std::string::npos;
  return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace dss::config
