// A token, and the claims and the key set within: nothing gets in, since nobody here can sign.
#include "auth/jwt.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "auth/jwks.h"
#include "crypto/base64url.h"

namespace {

using dss::auth::Jwks;
using dss::crypto::SignatureAlgorithm;

// Of RFC 8037; whoever finds a signature for it has broken Ed25519.
constexpr std::string_view kKeys =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

void refuse(const std::string& token) {
  static const Jwks keys = Jwks::parse(kKeys, SignatureAlgorithm::kEdDsa).value();
  static const dss::auth::JwtRules rules{.algorithm = SignatureAlgorithm::kEdDsa,
                                         .issuer = "me",
                                         .audience = "dss",
                                         .tenant_claim = "org"};
  const dss::base::SystemTime now{std::chrono::seconds(1'700'000'000)};
  const auto verified = dss::auth::verify_jwt(token, keys, rules, now);
  if (verified || verified.error().message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string header = dss::crypto::base64url(R"({"alg":"EdDSA"})");
  const std::string signature(86, 'A');
  refuse(text);
  refuse(dss::crypto::base64url(text) + ".e30." + signature);
  refuse(header + "." + dss::crypto::base64url(text) + "." + signature);
  for (const auto algorithm :
       {SignatureAlgorithm::kRs256, SignatureAlgorithm::kEs256, SignatureAlgorithm::kEdDsa}) {
    const auto keys = Jwks::parse(text, algorithm);
    if (keys && keys->size() == 0) std::abort();
  }
  return 0;
}
