// JSON Web Tokens (RFC 7519, RFC 8725): who a signed token says is asking.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "auth/jwks.h"
#include "auth/principal.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/public_key.h"

namespace dss::auth {

/// What a token must say. The algorithm is ours to choose, never the token's.
struct JwtRules {
  crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::kRs256;
  std::string issuer{};               ///< `iss` is exactly that
  std::string audience{};             ///< `aud` is that, or has it among others
  std::chrono::seconds leeway{60};    ///< by how much clocks may differ
  std::string roles_claim = "roles";  ///< a list of role names, or a text with spaces between them
  std::string tenant_claim{};         ///< names the tenant; empty: the one without a name
};

struct VerifiedToken {
  Principal principal{};
  base::SystemTime expires{};  ///< `exp` and the leeway
};

/// Whether it looks like a token and not like a key: three parts with dots between.
[[nodiscard]] bool looks_like_jwt(std::string_view credential);

/// Checks header, claims and, last, the signature. Needed are `iss`, `aud`, `exp` and `sub`; `nbf`
/// and `iat` are checked if they are there. A key is chosen by `kid` from the set and nowhere else:
/// keys and addresses within a token are not looked at, and one with `crit` is refused. Names
/// in the roles' claim that are no roles are passed over. Errors (kUnauthorized) say which check
/// failed and hold nothing of the token. Thread-safe.
[[nodiscard]] base::Result<VerifiedToken> verify_jwt(std::string_view token, const Jwks& keys,
                                                     const JwtRules& rules, base::SystemTime now);

}  // namespace dss::auth
