#include "crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <string>

namespace dss::crypto {
namespace {

using base::ErrorKind;

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
constexpr std::size_t kMostExponentBytes = 8;
constexpr std::size_t kCoordinate = 32;

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;
using Number = Owned<BIGNUM>;
using Key = Owned<EVP_PKEY>;

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Number number_of(std::string_view bytes) {
  return {BN_bin2bn(data_of(bytes), static_cast<int>(bytes.size()), nullptr), BN_free};
}

/// A key of `type` with what the builder holds; null if OpenSSL does not want it.
Key key_of(const char* type, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM> params(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr),
                                    EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  if (params == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return {nullptr, EVP_PKEY_free};
  }
  return {key, EVP_PKEY_free};
}

/// The two numbers of a JWS signature as the DER sequence that OpenSSL reads; empty if they cannot
/// be.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * kCoordinate) return {};
  const Owned<ECDSA_SIG> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  Number r = number_of(signature.substr(0, kCoordinate));
  Number s = number_of(signature.substr(kCoordinate));
  if (pair == nullptr || r == nullptr || s == nullptr) return {};
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

struct PublicKey::Handle {
  Key key;
};

base::Result<PublicKey> PublicKey::rsa(std::string_view modulus, std::string_view exponent) {
  const auto refused = [](const char* why) { return base::fail(ErrorKind::kInvalidArgument, why); };
  if (modulus.size() > kMostRsaBits / 8 + 1) return refused("an RSA key of more than 8,192 bits");
  if (exponent.size() > kMostExponentBytes) return refused("an RSA exponent out of range");
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  const int bits = n == nullptr ? 0 : BN_num_bits(n.get());
  if (bits < kLeastRsaBits) return refused("an RSA key of less than 2,048 bits");
  if (bits > kMostRsaBits) return refused("an RSA key of more than 8,192 bits");
  if (e == nullptr || !BN_is_odd(e.get()) || BN_is_one(e.get())) {
    return refused("an RSA exponent out of range");
  }
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  Key key = key_of("RSA", builder.get());
  if (key == nullptr) return refused("no RSA key");
  return PublicKey(SignatureAlgorithm::kRs256,
                   std::make_shared<const Handle>(Handle{std::move(key)}));
}

base::Result<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
  Key key{nullptr, EVP_PKEY_free};
  if (x.size() == kCoordinate && y.size() == kCoordinate) {
    std::string point("\x04");
    point.append(x).append(y);
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    key = key_of("EC", builder.get());
  }
  if (key == nullptr) return base::fail(ErrorKind::kInvalidArgument, "no point of P-256");
  return PublicKey(SignatureAlgorithm::kEs256,
                   std::make_shared<const Handle>(Handle{std::move(key)}));
}

base::Result<PublicKey> PublicKey::ed25519(std::string_view bytes) {
  Key key{bytes.size() == kCoordinate ? EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr,
                                                                       data_of(bytes), bytes.size())
                                      : nullptr,
          EVP_PKEY_free};
  if (key == nullptr) return base::fail(ErrorKind::kInvalidArgument, "no key of Ed25519");
  return PublicKey(SignatureAlgorithm::kEdDsa,
                   std::make_shared<const Handle>(Handle{std::move(key)}));
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  std::string der;
  if (algorithm_ == SignatureAlgorithm::kEs256) {
    der = der_of(signature);
    if (der.empty()) return false;
    signature = der;
  }
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const EVP_MD* digest = algorithm_ == SignatureAlgorithm::kEdDsa ? nullptr : EVP_sha256();
  EVP_PKEY* key = handle_->key.get();
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message),
                          message.size()) == 1;
}

}  // namespace dss::crypto
