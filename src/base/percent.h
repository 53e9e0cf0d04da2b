// Percent-encoding of URLs (RFC 3986, 2.1).
#pragma once

#include <string>
#include <string_view>

namespace dss::base {

/// Bytes of `text` with %XX undone; `+` stays. A `%` without two hexadecimal digits behind it stays
/// as it is. The result may hold any byte.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace dss::base
