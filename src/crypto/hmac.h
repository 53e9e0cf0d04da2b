// HMAC-SHA-256 (RFC 2104, FIPS 198-1): a keyed hash fit for keeping.
#pragma once

#include <string>
#include <string_view>

namespace dss::crypto {

/// 64 lower-case hex digits. Thread-safe.
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace dss::crypto
