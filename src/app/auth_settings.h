// Who may use the server, from the settings of `dss serve`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "auth/jwt.h"
#include "auth/key_store.h"
#include "base/result.h"
#include "config/settings.h"

namespace dss::app {

enum class AuthMode : std::uint8_t { kNone, kKeys, kJwt };

struct AuthSettings {
  AuthMode mode = AuthMode::kNone;
  std::optional<auth::KeyLocation> store{};  ///< of kKeys; of kJwt if keys are taken too
  std::chrono::seconds refresh{};
  std::string jwks_file;  ///< of kJwt
  auth::JwtRules jwt;

  /// Whether callers have to say who they are.
  [[nodiscard]] bool asks() const { return mode != AuthMode::kNone; }
};

/// Errors (kInvalidArgument): a store that is missing, superfluous or of no known
/// form; settings of tokens that are missing, or set without auth jwt.
[[nodiscard]] base::Result<AuthSettings> auth_settings(const config::Settings& settings);

}  // namespace dss::app
