#include "http/address.h"

namespace dss::http {

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::vector<Endpoint> loopbacks(std::uint16_t port) {
  return {{.address = "127.0.0.1", .port = port},
          {.address = "::1", .port = port, .optional = true}};
}

}  // namespace dss::http
