// The keys in force, for looking up within a request.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auth/key.h"
#include "auth/principal.h"
#include "base/clock.h"

namespace dss::auth {

/// Immutable; thread-safe. A key is found by the SHA-256 of what the client sent: whoever measures
/// time learns something about that digest, from which no key follows, and the comparison itself
/// takes the same time wherever the digests differ.
class KeySet {
 public:
  KeySet() = default;
  explicit KeySet(const std::vector<Key>& keys);

  /// Whose key that is; nothing if it is unknown or has expired.
  [[nodiscard]] std::optional<Principal> find(std::string_view secret, base::SystemTime now) const;
  /// Keys that are usable at that time.
  [[nodiscard]] std::size_t usable(base::SystemTime now) const;

 private:
  struct Entry {
    crypto::Sha256Digest digest;
    Principal principal;
    base::SystemTime ends;  ///< expiry or revocation, whichever is first
  };
  std::unordered_multimap<std::uint64_t, Entry> entries_;  ///< by the digest's first bytes
};

}  // namespace dss::auth
