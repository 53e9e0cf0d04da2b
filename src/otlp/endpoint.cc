#include "otlp/endpoint.h"

#include <algorithm>
#include <charconv>

namespace dss::otlp {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr std::string_view kDefaultPort = "4318";
constexpr std::string_view kDefaultPath = "/v1/traces";

base::Result<Endpoint> refuse(std::string_view cause) {
  return base::fail(base::ErrorKind::kInvalidArgument,
                    std::string(cause) + "; write http://HOST:PORT, e.g. http://127.0.0.1:4318");
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65536;
}

// What may stand in a request line as it is.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string Endpoint::authority() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return (ipv6 ? "[" + host + "]" : host) + ":" + port;
}

base::Result<Endpoint> parse_endpoint(std::string_view url) {
  if (url.starts_with("https://"))
    return base::fail(base::ErrorKind::kInvalidArgument,
                      "https is not spoken here; send to a collector on this machine or in this "
                      "cluster by http, and let it forward with TLS");
  if (!url.starts_with(kScheme)) return refuse("the URL does not begin with http://");
  if (!is_plain(url)) return refuse("the URL holds a blank or a character that needs escaping");
  std::string_view rest = url.substr(kScheme.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  const std::string_view path = rest.substr(slash);
  if (authority.find_first_of("@?#") != std::string_view::npos)
    return refuse("the URL holds more than host, port and path");
  Endpoint out;
  out.path = path.size() > 1 ? path : kDefaultPath;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return refuse("the IPv6 address lacks its ]");
    out.host = authority.substr(1, end - 1);
    authority.remove_prefix(end + 1);
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    out.host = authority.substr(0, colon);
    authority.remove_prefix(colon);
  }
  if (out.host.empty()) return refuse("the URL names no host");
  if (!authority.empty() && (authority[0] != ':' || !is_port(authority.substr(1))))
    return refuse("the port is not a number from 1 to 65535");
  out.port = authority.empty() ? kDefaultPort : authority.substr(1);
  return out;
}

}  // namespace dss::otlp
