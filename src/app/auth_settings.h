// Who may use the server, from the settings of `dss serve`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "auth/key_store.h"
#include "base/result.h"
#include "config/settings.h"

namespace dss::app {

enum class AuthMode : std::uint8_t { kNone, kKeys };

struct AuthSettings {
  AuthMode mode = AuthMode::kNone;
  std::optional<auth::KeyLocation> store{};  ///< of kKeys
  std::chrono::seconds refresh{};

  /// Whether callers have to say who they are.
  [[nodiscard]] bool asks() const { return mode != AuthMode::kNone; }
};

/// Errors (kInvalidArgument): a store that is missing, superfluous or of no known form.
[[nodiscard]] base::Result<AuthSettings> auth_settings(const config::Settings& settings);

}  // namespace dss::app
