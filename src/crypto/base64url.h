// Base64 with the alphabet for URLs, without padding (RFC 4648, 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dss::crypto {

[[nodiscard]] std::string base64url(std::string_view bytes);
/// Nothing for other characters, padding, a length that no text has, and bits that would be lost:
/// each text has one spelling.
[[nodiscard]] std::optional<std::string> base64url_decoded(std::string_view text);

}  // namespace dss::crypto
