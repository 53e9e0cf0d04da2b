// Passwords in URLs (RFC 3986), so that a URL can be shown.
#pragma once

#include <string>
#include <string_view>

namespace dss::base {

/// `scheme://user:password@host/…` with `(redacted)` for the password, and for the value of a query
/// parameter whose name holds `password`. Other texts are copied.
[[nodiscard]] std::string without_password(std::string_view url);

}  // namespace dss::base
