#include "crypto/public_key.h"

#include <gtest/gtest.h>

#include "crypto/base64url.h"

namespace dss::crypto {
namespace {

std::string bytes(std::string_view text) { return base64url_decoded(text).value(); }

TEST(PublicKey, VerifiesTheExampleOfRfc8037) {
  const auto key = PublicKey::ed25519(bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
  ASSERT_TRUE(key.has_value());
  const std::string message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const std::string signature = bytes(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  EXPECT_TRUE(key->verify(message, signature));
  EXPECT_FALSE(key->verify(message + "x", signature));
  EXPECT_FALSE(key->verify(message, signature.substr(1)));
  EXPECT_FALSE(key->verify(message, ""));
}

TEST(PublicKey, VerifiesTheExampleOfRfc7515A3) {
  const auto key = PublicKey::p256(bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                                   bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
  ASSERT_TRUE(key.has_value());
  const std::string message =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
      "NvbS9pc19yb290Ijp0cnVlfQ";
  const std::string signature = bytes(
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  EXPECT_TRUE(key->verify(message, signature));
  EXPECT_FALSE(key->verify(message + "x", signature));
  EXPECT_FALSE(key->verify(message, std::string(64, '\0'))) << "CVE-2022-21449";
  EXPECT_FALSE(key->verify(message, signature + '\0'));
}

TEST(PublicKey, RefusesKeysThatAreNone) {
  EXPECT_FALSE(PublicKey::rsa(std::string(128, '\xFF'), "\x01\x00\x01").has_value());
  EXPECT_FALSE(PublicKey::rsa(std::string(2000, '\xFF'), "\x03").has_value());
  EXPECT_FALSE(PublicKey::rsa(std::string(256, '\xFF'), "").has_value());
  EXPECT_FALSE(PublicKey::rsa(std::string(256, '\xFF'), "\x01").has_value());
  EXPECT_FALSE(PublicKey::rsa(std::string(256, '\xFF'), "\x02").has_value());
  EXPECT_FALSE(PublicKey::rsa("", "\x03").has_value());
  EXPECT_FALSE(PublicKey::p256(std::string(32, '\x01'), std::string(32, '\x01')).has_value());
  EXPECT_FALSE(PublicKey::p256("", "").has_value());
  EXPECT_FALSE(PublicKey::ed25519(std::string(31, 'x')).has_value());
}

}  // namespace
}  // namespace dss::crypto
