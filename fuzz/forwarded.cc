// What a client writes into a header that its proxy appends to: the proxy's word counts.
#include "auth/forwarded.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using dss::auth::ForwardedHeader;

void believe_the_proxy(const std::string& written, ForwardedHeader header,
                       const std::string& appended) {
  const auto proxy = *dss::auth::parse_ip("10.0.0.1");
  const auto client = *dss::auth::parse_ip("203.0.113.9");
  const dss::auth::TrustedProxies trusted{.networks = {*dss::auth::parse_network("10.0.0.0/8")},
                                          .header = header};
  const std::string joined = written + ", " + appended;
  const std::string_view values[] = {written, joined};
  const auto found = dss::auth::client_address(proxy, values, trusted);
  const bool quoted = header == ForwardedHeader::kForwarded;
  if (!(found == client) && !(quoted && found == proxy)) std::abort();
  static_cast<void>(dss::auth::client_address(proxy, {values, 1}, trusted));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string written(reinterpret_cast<const char*>(data), size);
  believe_the_proxy(written, ForwardedHeader::kXForwardedFor, "203.0.113.9");
  believe_the_proxy(written, ForwardedHeader::kForwarded, "for=203.0.113.9");
  believe_the_proxy(written, ForwardedHeader::kForwarded, "for=\"203.0.113.9:80\";proto=http");
  static_cast<void>(dss::auth::parse_network(written));
  return 0;
}
