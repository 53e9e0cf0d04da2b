// Tokens of one identity provider, with a memory of those that were found right.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/jwks.h"
#include "auth/jwt.h"
#include "auth/principal.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/sha256_digest.h"

namespace dss::auth {

/// Thread-safe. A signature takes 30 to 100 microseconds to verify, so the 4,096 tokens used last
/// are remembered by their SHA-256 until they expire or the keys are read again. Tokens that are
/// refused are not remembered: they would push out the right ones.
class JwtVerifier {
 public:
  struct Config {
    std::string jwks_file;
    JwtRules rules;
    const base::Clock* clock = nullptr;
  };
  /// Reads the keys. Errors name the file.
  static base::Result<std::unique_ptr<JwtVerifier>> open(Config config);

  [[nodiscard]] std::optional<Principal> find(std::string_view token);
  /// Reads the keys again and forgets all tokens; a file that cannot be read changes nothing.
  base::Status reload();
  /// Keys in force.
  [[nodiscard]] std::size_t keys() const { return current()->size(); }

 private:
  static constexpr std::size_t kSets = 1024;
  static constexpr std::size_t kWays = 4;

  struct Known {
    crypto::Sha256Digest digest{};
    Principal principal{};
    base::SystemTime expires{};  ///< in the past: the place is free
    std::shared_ptr<const Jwks> by;
  };
  struct Set {
    std::mutex mutex;
    std::array<Known, kWays> known;
    std::size_t next = 0;  ///< place to be taken by the next token
  };

  explicit JwtVerifier(Config config) : config_(std::move(config)), sets_(kSets) {}
  [[nodiscard]] std::shared_ptr<const Jwks> current() const;

  const Config config_;
  mutable std::mutex mutex_;  ///< guards keys_
  std::shared_ptr<const Jwks> keys_;
  std::vector<Set> sets_;
};

}  // namespace dss::auth
