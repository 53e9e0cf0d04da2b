// Signatures of JSON Web Tokens (RFC 7518, RFC 8037), verified by OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace dss::crypto {

enum class SignatureAlgorithm : std::uint8_t {
  kRs256,  ///< RSASSA-PKCS1-v1_5 with SHA-256
  kEs256,  ///< ECDSA on P-256 with SHA-256; r and s, 32 bytes each
  kEdDsa,  ///< Ed25519
};

/// A key that verifies signatures of one algorithm and of no other: nobody can have an RSA key
/// taken for the secret of an HMAC. Immutable; thread-safe; copies share the key.
class PublicKey {
 public:
  /// Big-endian numbers. Errors (kInvalidArgument): a modulus of less than 2,048 or more than 8,192
  /// bits, an exponent that is even or below 3.
  [[nodiscard]] static base::Result<PublicKey> rsa(std::string_view modulus,
                                                   std::string_view exponent);
  /// Coordinates of 32 bytes. Errors (kInvalidArgument): no point of the curve.
  [[nodiscard]] static base::Result<PublicKey> p256(std::string_view x, std::string_view y);
  /// 32 bytes. Errors: kInvalidArgument.
  [[nodiscard]] static base::Result<PublicKey> ed25519(std::string_view bytes);

  [[nodiscard]] SignatureAlgorithm algorithm() const { return algorithm_; }
  [[nodiscard]] bool verify(std::string_view message, std::string_view signature) const;

 private:
  struct Handle;
  PublicKey(SignatureAlgorithm algorithm, std::shared_ptr<const Handle> handle)
      : algorithm_(algorithm), handle_(std::move(handle)) {}

  SignatureAlgorithm algorithm_;
  std::shared_ptr<const Handle> handle_;
};

}  // namespace dss::crypto
