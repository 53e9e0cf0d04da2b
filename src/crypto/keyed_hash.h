// A keyed 64-bit hash: counts or groups personal data (a client's address) without keeping it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dss::crypto {

/// SipHash-2-4 (Aumasson, Bernstein 2012). With a random key that never leaves the process, equal
/// inputs get equal hashes within its life, and nothing can be learnt from a hash afterwards.
/// Immutable, so thread-safe.
class KeyedHash {
 public:
  using Key = std::array<std::uint8_t, 16>;
  explicit KeyedHash(const Key& key);
  /// With a fresh random key.
  [[nodiscard]] static KeyedHash with_random_key();

  [[nodiscard]] std::uint64_t operator()(std::string_view bytes) const;

 private:
  std::uint64_t k0_;
  std::uint64_t k1_;
};

}  // namespace dss::crypto
