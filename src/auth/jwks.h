// The public keys of an identity provider: a JSON Web Key Set (RFC 7517).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/public_key.h"

namespace dss::auth {

/// The keys of one algorithm. Immutable; thread-safe.
class Jwks {
 public:
  /// Takes the keys that are for signatures by `algorithm`; others (encryption keys, other
  /// algorithms, symmetric secrets) are passed over. Errors (kInvalidArgument): no JSON Web Key
  /// Set, a key of the algorithm that is damaged, a key id that is there twice, no key left.
  [[nodiscard]] static base::Result<Jwks> parse(std::string_view text,
                                                crypto::SignatureAlgorithm algorithm);

  /// The key of that id; an empty id finds the only key there is. Null: none.
  [[nodiscard]] const crypto::PublicKey* find(std::string_view id) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  struct Entry {
    std::string id;
    crypto::PublicKey key;
  };
  [[nodiscard]] bool has(std::string_view id) const;

  std::vector<Entry> keys_;
};

/// `RS256`, `ES256` or `EdDSA`.
[[nodiscard]] std::string_view name_of(crypto::SignatureAlgorithm algorithm);

}  // namespace dss::auth
