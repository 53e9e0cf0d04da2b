// Keys that sign, for tests of what verifies.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <string>
#include <string_view>

#include "crypto/base64url.h"
#include "crypto/public_key.h"

namespace dss::crypto {

/// A fresh key pair of one algorithm.
class TestSigner {
 public:
  explicit TestSigner(SignatureAlgorithm algorithm) : algorithm_(algorithm) {
    if (algorithm == SignatureAlgorithm::kRs256) key_ = EVP_RSA_gen(2048);
    if (algorithm == SignatureAlgorithm::kEs256) key_ = EVP_EC_gen("P-256");
    if (algorithm == SignatureAlgorithm::kEdDsa) {
      key_ = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
  }
  ~TestSigner() { EVP_PKEY_free(key_); }
  TestSigner(const TestSigner&) = delete;
  TestSigner& operator=(const TestSigner&) = delete;

  /// As it stands in a JWS.
  [[nodiscard]] std::string sign(std::string_view message) const {
    const bool plain = algorithm_ == SignatureAlgorithm::kEdDsa;
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, plain ? nullptr : EVP_sha256(), nullptr, key_);
    const auto* data = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = 0;
    EVP_DigestSign(context, nullptr, &size, data, message.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, data,
                   message.size());
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return algorithm_ == SignatureAlgorithm::kEs256 ? raw_of(signature) : signature;
  }

  /// The public key as members of a JWK: `"kty":"RSA","n":…`.
  [[nodiscard]] std::string jwk_members() const {
    if (algorithm_ == SignatureAlgorithm::kRs256) {
      return R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N, 256) + R"(","e":")" +
             number(OSSL_PKEY_PARAM_RSA_E, 3) + '"';
    }
    if (algorithm_ == SignatureAlgorithm::kEs256) {
      return R"("kty":"EC","crv":"P-256","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) +
             R"(","y":")" + number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + '"';
    }
    unsigned char bytes[32] = {};
    std::size_t size = sizeof bytes;
    EVP_PKEY_get_raw_public_key(key_, bytes, &size);
    return R"("kty":"OKP","crv":"Ed25519","x":")" +
           base64url({reinterpret_cast<const char*>(bytes), size}) + '"';
  }

 private:
  [[nodiscard]] std::string number(const char* name, int size) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_, name, &value);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), size);
    BN_free(value);
    return base64url(bytes);
  }
  static std::string raw_of(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string raw(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), reinterpret_cast<unsigned char*>(raw.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), reinterpret_cast<unsigned char*>(raw.data()) + 32, 32);
    ECDSA_SIG_free(pair);
    return raw;
  }

  const SignatureAlgorithm algorithm_;
  EVP_PKEY* key_ = nullptr;
};

}  // namespace dss::crypto
