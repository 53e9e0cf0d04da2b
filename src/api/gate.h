// The guard in front of every route: who asks, and whether that may be.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "auth/forwarded.h"
#include "auth/principal.h"
#include "auth/quotas.h"
#include "auth/role.h"
#include "auth/token_file.h"
#include "http/route.h"

namespace dss::api {

/// Whether a caller that a Gate let pass (or that no gate looked at) may do what needs `role`, for
/// handlers that do several things.
[[nodiscard]] inline bool may(const http::Caller& caller, auth::Role role) {
  return auth::Roles(caller.rights).allow(role);
}

/// Whose credential that is; nothing if nobody's. Thread-safe, quick.
using Identify = std::function<std::optional<auth::Principal>(std::string_view credential)>;

/// Makes guards. What it points to outlives the guards; all is thread-safe.
struct Gate {
  Identify identify{};                              ///< empty: nobody is asked who they are
  const auth::TokenFile* metrics_tokens = nullptr;  ///< also have the role kMetrics; may be null

  auth::Quotas* quotas = nullptr;      ///< null: none
  auth::TrustedProxies proxies{};      ///< whose word on addresses is taken
  std::function<void()> over_quota{};  ///< told of each 429; may be empty

  /// The guard of routes that need `role`: 401 `unauthorized` without a credential and for an
  /// unknown one, 403 `forbidden` for one without the role, 429 `rate_limited` over a quota (which
  /// holds for the roles kScore and kFeedback only) and for too many wrong credentials. A right
  /// credential is let pass however many wrong ones came from its address. `before` is asked
  /// between the credential and the quota; it may be empty. Empty if there is nothing to guard.
  [[nodiscard]] http::Guard guard(auth::Role role, http::Guard before = {}) const;
};

}  // namespace dss::api
