// SHA-256 (FIPS 180-4) of short memory as bytes, fast enough for every request.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace dss::crypto {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// Allocates on a thread's first call only. Thread-safe.
[[nodiscard]] Sha256Digest sha256_digest(std::string_view bytes);

/// The digest's bytes, e.g. for equal_constant_time().
[[nodiscard]] inline std::string_view bytes_of(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// 64 lower-case hex digits.
[[nodiscard]] std::string hex_of(const Sha256Digest& digest);
/// From 64 hex digits of either case; false for anything else.
[[nodiscard]] bool read_hex(std::string_view hex, Sha256Digest* digest);

}  // namespace dss::crypto
