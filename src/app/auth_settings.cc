#include "app/auth_settings.h"

#include <utility>

namespace dss::app {
namespace {

using base::ErrorKind;

}  // namespace

base::Result<AuthSettings> auth_settings(const config::Settings& settings) {
  AuthSettings auth;
  auth.refresh = std::chrono::seconds(settings.integer("auth-refresh-seconds"));
  if (settings.text("auth") == "keys") auth.mode = AuthMode::kKeys;
  if (settings.has("auth-store")) {
    auto location = auth::parse_key_location(settings.text("auth-store"));
    if (!location) {
      return base::fail(ErrorKind::kInvalidArgument, "auth-store: " + location.error().message);
    }
    auth.store = std::move(*location);
  }
  if (auth.mode == AuthMode::kKeys && !auth.store) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "auth keys needs auth-store: where the keys are that 'dss keys create' made");
  }
  if (auth.mode == AuthMode::kNone && auth.store) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "auth-store is set, but auth is none, so no key would be asked for; add "
                      "--auth keys");
  }
  return auth;
}

}  // namespace dss::app
