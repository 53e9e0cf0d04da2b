// Where spans are sent.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace dss::otlp {

struct Endpoint {
  std::string host;  ///< a name or an address; IPv6 without brackets
  std::string port;
  std::string path;

  /// As in a Host header.
  [[nodiscard]] std::string authority() const;
};

/// Reads `http://HOST[:PORT][/PATH]`; the port is 4318 and the path /v1/traces if they are left
/// out, as OTLP/HTTP says. Errors (kInvalidArgument) name cause and cure.
[[nodiscard]] base::Result<Endpoint> parse_endpoint(std::string_view url);

}  // namespace dss::otlp
