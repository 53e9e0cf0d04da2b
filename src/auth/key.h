// API keys: how they look, and what is kept of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/role.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/sha256_digest.h"

namespace dss::auth {

/// What is kept of a key. Of the secret only its SHA-256: a key is 160 random bits, so there is
/// nothing to guess that a slow password hash would protect, and a plain digest can be looked up
/// within every request.
struct Key {
  std::string id;  ///< `dss_` and 8 hex digits: the key's prefix, which may be shown
  crypto::Sha256Digest digest{};
  std::string name;  ///< for people: printable, one line, not empty
  Roles roles;
  std::string tenant{};  ///< letters, digits, `.`, `_`, `-`; empty: the tenant without a name
  base::SystemTime created{};
  std::optional<base::SystemTime> expires{};
  std::optional<base::SystemTime> revoked{};

  /// Whether the key is worth anything at that time.
  [[nodiscard]] bool usable(base::SystemTime now) const {
    return (!expires || now < *expires) && (!revoked || now < *revoked);
  }
  bool operator==(const Key&) const = default;
};

/// A key and the secret that is shown once.
struct NewKey {
  std::string secret;  ///< the id, `_` and 40 hex digits
  Key key;
};

struct KeyOrder {
  std::string name;
  Roles roles;
  std::string tenant{};
  base::SystemTime created{};
  std::optional<base::SystemTime> expires{};
};

/// Makes a random key. Errors (kInvalidArgument): no role, a name or a tenant with characters that
/// are not allowed or too long, an expiry that has passed.
[[nodiscard]] base::Result<NewKey> make_key(KeyOrder order);

/// What is wrong with a name or a tenant; empty if nothing is.
[[nodiscard]] std::string fault_of_name(std::string_view name);
[[nodiscard]] std::string fault_of_tenant(std::string_view tenant);
[[nodiscard]] bool is_key_id(std::string_view id);

}  // namespace dss::auth
