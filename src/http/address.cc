#include "http/address.h"

#include <arpa/inet.h>

#include <charconv>

namespace dss::http {
namespace {

bool parse_port(std::string_view text, std::uint16_t* port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *port);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

bool is_ipv4(const std::string& text) {
  in_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

bool is_ipv6(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

}  // namespace

bool Endpoint::is_loopback() const {
  return address == "::1" || (is_ipv4(address) && address.starts_with("127."));
}

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::vector<Endpoint> loopbacks(std::uint16_t port) {
  return {{.address = "127.0.0.1", .port = port},
          {.address = "::1", .port = port, .optional = true}};
}

base::Result<std::vector<Endpoint>> parse_listen(std::string_view text) {
  const auto bad = [&](std::string_view why) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      "cannot listen on \"" + std::string(text) + "\": " + std::string(why));
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad("it needs the form HOST:PORT");
  std::uint16_t port = 0;
  if (!parse_port(text.substr(colon + 1), &port))
    return bad("the port must be a number from 0 to 65535");
  std::string host(text.substr(0, colon));
  if (host == "localhost") return loopbacks(port);
  if (host == "*") {
    return std::vector<Endpoint>{{.address = "0.0.0.0", .port = port},
                                 {.address = "::", .port = port, .optional = true}};
  }
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (bracketed ? !is_ipv6(host) : !is_ipv4(host)) {
    return bad(
        "the host must be a numeric IPv4 address, an IPv6 address in brackets, localhost or *");
  }
  return std::vector<Endpoint>{{.address = std::move(host), .port = port}};
}

}  // namespace dss::http
