#include "auth/jwks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/test_signer.h"

namespace dss::auth {
namespace {

using crypto::SignatureAlgorithm;
using crypto::TestSigner;

const std::string kRsa = TestSigner(SignatureAlgorithm::kRs256).jwk_members();
const std::string kEd = TestSigner(SignatureAlgorithm::kEdDsa).jwk_members();

std::string fault(const std::string& keys, SignatureAlgorithm by = SignatureAlgorithm::kEdDsa) {
  const auto set = Jwks::parse(R"({"keys":[)" + keys + "]}", by);
  return set ? "" : set.error().message;
}

std::string key(const std::string& id, const std::string& members) {
  return R"({"kid":")" + id + "\"," + members + "}";
}

TEST(Jwks, TakesTheKeysOfItsAlgorithmOnly) {
  const std::string secret = R"({"kid":"s","kty":"oct","k":"c2VjcmV0"})";
  const std::string text = R"({"keys":[)" + key("a", kRsa) + "," + key("b", kEd) + "," +
                           key("c", kEd + R"(,"use":"enc")") + "," +
                           key("d", kRsa + R"(,"alg":"PS256")") + "," + secret + "]}";
  const auto ed = Jwks::parse(text, SignatureAlgorithm::kEdDsa);
  ASSERT_TRUE(ed.has_value()) << ed.error().message;
  EXPECT_EQ(ed->size(), 1U);
  EXPECT_NE(ed->find("b"), nullptr);
  EXPECT_NE(ed->find(""), nullptr);
  EXPECT_EQ(ed->find("a"), nullptr);
  EXPECT_EQ(ed->find("s"), nullptr);
  EXPECT_EQ(Jwks::parse(text, SignatureAlgorithm::kRs256)->size(), 1U);
  EXPECT_FALSE(Jwks::parse(text, SignatureAlgorithm::kEs256).has_value());
}

TEST(Jwks, WithoutAnIdTheKeyMustBeTheOnlyOne) {
  const auto two = Jwks::parse(R"({"keys":[)" + key("a", kEd) + "," + key("b", kEd) + "]}",
                               SignatureAlgorithm::kEdDsa);
  EXPECT_EQ(two->find(""), nullptr);
}

TEST(Jwks, SaysWhatIsWrong) {
  EXPECT_EQ(fault(""), "no key for EdDSA");
  EXPECT_EQ(fault(key("a", kEd) + "," + key("a", kEd)), "a key id is there twice");
  EXPECT_EQ(fault(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})"),
            "a damaged key: no key of Ed25519");
  EXPECT_EQ(fault(R"({"kty":"RSA","n":"AAAA","e":"AQAB"})", SignatureAlgorithm::kRs256),
            "a damaged key: an RSA key of less than 2,048 bits");
  EXPECT_NE(fault("{"), "");
  EXPECT_EQ(Jwks::parse("[]", SignatureAlgorithm::kEdDsa).error().message,
            "no JSON Web Key Set: 'keys' is no array");
}

RC_GTEST_PROP(Jwks, AnyTextIsReadOrRefused, (const std::string& text)) {
  RC_ASSERT(!Jwks::parse(text, SignatureAlgorithm::kEdDsa).has_value());
}

}  // namespace
}  // namespace dss::auth
