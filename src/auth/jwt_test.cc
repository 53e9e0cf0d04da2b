#include "auth/jwt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/base64url.h"
#include "crypto/hmac.h"
#include "crypto/test_signer.h"

namespace dss::auth {
namespace {

using crypto::SignatureAlgorithm;
using crypto::TestSigner;
using std::chrono::seconds;

const base::SystemTime kNow{seconds(1'700'000'000)};
const JwtRules kRules{.algorithm = SignatureAlgorithm::kEs256,
                      .issuer = "https://id.example",
                      .audience = "dss",
                      .tenant_claim = "org"};
const std::string kHeader = R"({"alg":"ES256","kid":"one","typ":"JWT"})";
const std::string kClaims =
    R"({"iss":"https://id.example","aud":["other","dss"],"sub":"forum","exp":1700000300,)"
    R"("nbf":1699999990,"roles":["score","clown","metrics"],"org":"cats"})";

const TestSigner& signer() {
  static const TestSigner made(SignatureAlgorithm::kEs256);
  return made;
}

Jwks keys_of(const TestSigner& signer, const std::string& id = "one",
             SignatureAlgorithm algorithm = SignatureAlgorithm::kEs256) {
  const std::string text = R"({"keys":[{"kid":")" + id + "\"," + signer.jwk_members() + "}]}";
  auto keys = Jwks::parse(text, algorithm);
  if (!keys) ADD_FAILURE() << keys.error().message;
  return std::move(*keys);
}

std::string token_of(const std::string& header, const std::string& claims,
                     const TestSigner& by = signer()) {
  const std::string message = crypto::base64url(header) + "." + crypto::base64url(claims);
  return message + "." + crypto::base64url(by.sign(message));
}

/// What is wrong with the token; empty if nothing is.
std::string fault(const std::string& token, base::SystemTime now = kNow,
                  const Jwks& keys = keys_of(signer())) {
  const auto verified = verify_jwt(token, keys, kRules, now);
  return verified ? "" : verified.error().message;
}

std::string with(std::string text, const std::string& part, const std::string& by) {
  EXPECT_NE(text.find(part), std::string::npos) << part;
  return text.replace(text.find(part), part.size(), by);
}

TEST(Jwt, SaysWhoAsks) {
  const auto verified = verify_jwt(token_of(kHeader, kClaims), keys_of(signer()), kRules, kNow);
  ASSERT_TRUE(verified.has_value()) << verified.error().message;
  EXPECT_EQ(verified->principal.roles, (Roles{Role::kScore, Role::kMetrics}));
  EXPECT_EQ(verified->principal.tenant, tenant_of("cats"));
  EXPECT_EQ(verified->expires, kNow + seconds(360));
  const auto spaced =
      with(kClaims, R"(["score","clown","metrics"])", R"("openid score  feedback")");
  EXPECT_EQ(verify_jwt(token_of(kHeader, spaced), keys_of(signer()), kRules, kNow)->principal.roles,
            (Roles{Role::kScore, Role::kFeedback}));
}

TEST(Jwt, OfEveryAlgorithm) {
  for (const auto algorithm :
       {SignatureAlgorithm::kRs256, SignatureAlgorithm::kEs256, SignatureAlgorithm::kEdDsa}) {
    const TestSigner by(algorithm);
    JwtRules rules = kRules;
    rules.algorithm = algorithm;
    const std::string header = with(kHeader, "ES256", std::string(name_of(algorithm)));
    const Jwks keys = keys_of(by, "one", algorithm);
    const std::string token = token_of(header, kClaims, by);
    EXPECT_TRUE(verify_jwt(token, keys, rules, kNow).has_value()) << name_of(algorithm);
    const TestSigner other(algorithm);
    EXPECT_FALSE(verify_jwt(token_of(header, kClaims, other), keys, rules, kNow).has_value());
  }
}

TEST(Jwt, TheTokenDoesNotChooseItsAlgorithm) {
  const std::string none =
      crypto::base64url(R"({"alg":"none"})") + "." + crypto::base64url(kClaims);
  EXPECT_EQ(fault(none + "."), "another algorithm");
  for (const char* name : {"None", "NONE", "es256", "HS256", "ES384", "PS256", "EdDSA", ""}) {
    EXPECT_EQ(fault(token_of(with(kHeader, "ES256", name), kClaims)), "another algorithm") << name;
  }
  EXPECT_EQ(fault(token_of(R"({"alg":["ES256"],"kid":"one"})", kClaims)), "another algorithm");
  EXPECT_EQ(fault(token_of(R"({"kid":"one"})", kClaims)), "another algorithm");
  EXPECT_EQ(fault(token_of(R"({"alg":"none","alg":"ES256"})", kClaims)), "the header is no JSON");
}

TEST(Jwt, ThePublicKeyIsNoSecret) {
  const TestSigner rsa(SignatureAlgorithm::kRs256);
  JwtRules rules = kRules;
  rules.algorithm = SignatureAlgorithm::kRs256;
  for (const char* name : {"HS256", "RS256"}) {
    const std::string message =
        crypto::base64url(with(kHeader, "ES256", name)) + "." + crypto::base64url(kClaims);
    const std::string mac = crypto::hmac_sha256_hex(rsa.jwk_members(), message);
    const auto verified = verify_jwt(message + "." + crypto::base64url(mac),
                                     keys_of(rsa, "one", rules.algorithm), rules, kNow);
    EXPECT_FALSE(verified.has_value()) << name;
  }
}

TEST(Jwt, TheKeyComesFromTheSetAlone) {
  const TestSigner attacker(SignatureAlgorithm::kEs256);
  const std::string own =
      R"({"alg":"ES256","jwk":{)" + attacker.jwk_members() + R"(},"jku":"http://evil.example"})";
  EXPECT_EQ(fault(token_of(own, kClaims, attacker)), "the signature is wrong");
  for (const char* id : {"two", "../../../dev/null", "one'--", "on", "one\\u0000"}) {
    const std::string header = with(kHeader, "\"one\"", "\"" + std::string(id) + "\"");
    EXPECT_EQ(fault(token_of(header, kClaims, attacker)), "no such key in the key set") << id;
  }
  for (const char* id : {R"("")", "1", "null", "[\"one\"]"}) {
    EXPECT_EQ(fault(token_of(with(kHeader, R"("one")", id), kClaims)), "kid is no text") << id;
  }
  EXPECT_EQ(fault(token_of(R"({"alg":"ES256"})", kClaims)), "") << "the only key there is";
}

TEST(Jwt, TimesAreCheckedWithLeeway) {
  const std::string token = token_of(kHeader, kClaims);
  EXPECT_EQ(fault(token, kNow + seconds(359)), "");
  EXPECT_EQ(fault(token, kNow + seconds(360)), "expired");
  EXPECT_EQ(fault(token, kNow - seconds(70)), "");
  EXPECT_EQ(fault(token, kNow - seconds(71)), "not valid yet");
  EXPECT_EQ(fault(token_of(kHeader, with(kClaims, R"("exp":1700000300,)", ""))),
            "exp is missing or no time");
  for (const char* bad : {"\"1700000300\"", "-1", "1e300", "null", "true"}) {
    EXPECT_EQ(fault(token_of(kHeader, with(kClaims, "1700000300", bad))),
              "exp is missing or no time");
  }
  EXPECT_EQ(fault(token_of(kHeader, with(kClaims, "1699999990", "\"soon\""))),
            "nbf or iat is no time");
  EXPECT_EQ(fault(token_of(kHeader, with(kClaims, "\"nbf\":1699999990", "\"iat\":1700000061"))),
            "not valid yet");
}

TEST(Jwt, IssuerAudienceSubjectAndTenantMustFit) {
  const auto changed = [](const std::string& part, const std::string& by) {
    return fault(token_of(kHeader, with(kClaims, part, by)));
  };
  EXPECT_EQ(changed("https://id.example", "https://id.example.evil"), "another issuer");
  EXPECT_EQ(changed(R"("iss":"https://id.example",)", ""), "another issuer");
  EXPECT_EQ(changed(R"("dss")", R"("dss2")"), "another audience");
  EXPECT_EQ(changed(R"(["other","dss"])", R"("dss")"), "");
  EXPECT_EQ(changed(R"(["other","dss"])", R"("other dss")"), "another audience");
  EXPECT_EQ(changed(R"("aud":["other","dss"],)", ""), "another audience");
  EXPECT_EQ(changed(R"("sub":"forum",)", ""), "sub is missing or too long");
  EXPECT_EQ(changed(R"("org":"cats")", R"("org":7)"), "the tenant is missing or no name");
  EXPECT_EQ(changed(R"("roles":["score","clown","metrics"])", R"("roles":{"admin":true})"), "");
}

TEST(Jwt, HeadersAreRead) {
  EXPECT_EQ(fault(token_of(with(kHeader, "JWT", "at+jwt"), kClaims)), "");
  EXPECT_EQ(fault(token_of(with(kHeader, "JWT", "dpop+jwt"), kClaims)),
            "no access token by its type");
  EXPECT_EQ(fault(token_of(with(kHeader, R"("typ":"JWT")", R"("crit":["exp"])"), kClaims)),
            "the header has critical extensions");
}

TEST(Jwt, EveryChangedByteIsNoticed) {
  const std::string token = token_of(kHeader, kClaims);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_NE(fault(changed), "") << i;
    EXPECT_NE(fault(token.substr(0, i)), "") << i;
  }
  EXPECT_NE(fault(token + "."), "");
  EXPECT_NE(fault(token + "="), "");
}

RC_GTEST_PROP(Jwt, AnyTextIsRefused, (const std::string& a, const std::string& b)) {
  const std::string token = crypto::base64url(a) + "." + crypto::base64url(b) + ".AAAA";
  RC_ASSERT(!verify_jwt(token, keys_of(signer()), kRules, kNow).has_value());
  RC_ASSERT(!verify_jwt(a, keys_of(signer()), kRules, kNow).has_value());
}

}  // namespace
}  // namespace dss::auth
