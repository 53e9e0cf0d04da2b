#include "app/auth_settings.h"

#include <utility>

namespace dss::app {
namespace {

using base::ErrorKind;

crypto::SignatureAlgorithm algorithm_of(const std::string& name) {
  if (name == "RS256") return crypto::SignatureAlgorithm::kRs256;
  return name == "ES256" ? crypto::SignatureAlgorithm::kEs256 : crypto::SignatureAlgorithm::kEdDsa;
}

AuthMode mode_of(const std::string& name) {
  if (name == "keys") return AuthMode::kKeys;
  return name == "jwt" ? AuthMode::kJwt : AuthMode::kNone;
}

base::Status read_jwt(const config::Settings& settings, AuthSettings* auth) {
  for (const char* key : {"jwt.jwks", "jwt.issuer", "jwt.audience", "jwt.alg"}) {
    const bool wanted = auth->mode == AuthMode::kJwt;
    if (settings.has(key) == wanted) continue;
    return base::fail(ErrorKind::kInvalidArgument,
                      wanted ? std::string("auth jwt needs ") + key +
                                   " (and jwt.jwks, jwt.issuer, "
                                   "jwt.audience, jwt.alg beside each other)"
                             : std::string(key) + " is set, but auth is not jwt");
  }
  if (auth->mode != AuthMode::kJwt) return {};
  auth->jwks_file = settings.text("jwt.jwks");
  auth->jwt = {.algorithm = algorithm_of(settings.text("jwt.alg")),
               .issuer = settings.text("jwt.issuer"),
               .audience = settings.text("jwt.audience"),
               .leeway = std::chrono::seconds(settings.integer("jwt.leeway-seconds")),
               .roles_claim = settings.text("jwt.roles-claim"),
               .tenant_claim = settings.text("jwt.tenant-claim")};
  return {};
}

}  // namespace

base::Result<AuthSettings> auth_settings(const config::Settings& settings) {
  AuthSettings auth;
  auth.refresh = std::chrono::seconds(settings.integer("auth-refresh-seconds"));
  auth.mode = mode_of(settings.text("auth"));
  if (const base::Status read = read_jwt(settings, &auth); !read) return base::fail(read.error());
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
