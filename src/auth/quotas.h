// The quotas of a server: by key, by address, and of failed attempts to get in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "auth/quota_table.h"
#include "base/clock.h"
#include "crypto/keyed_hash.h"

namespace dss::auth {

/// Thread-safe.
class Quotas {
 public:
  struct Config {
    Quota key{};
    Quota address{};
    Rate failures{};  ///< credentials that nobody has, by address
    std::size_t accounts = 100'000;
    const base::Clock* clock = nullptr;
  };
  explicit Quotas(const Config& config);

  /// A number for an address or network in binary: a hash under a key that dies with the process,
  /// so that nobody can choose addresses that share a place in a table. Never 0.
  [[nodiscard]] std::uint64_t network(std::string_view address) const;

  /// What a request is let pass with, or refused.
  struct Verdict {
    bool allowed = true;
    double wait_seconds = 0;  ///< until it would be allowed
    bool of_key = false;      ///< whose quota that is, the one with less left; else the address's
    const Rate* rate = nullptr;  ///< of its requests; null: there is no quota of requests
    std::uint32_t remaining = 0;
    double full_seconds = 0;
  };
  /// Takes one request out of the buckets of the key and of the network; 0: there is none.
  Verdict take(std::uint64_t key, std::uint64_t network);
  /// Takes the characters of a text that has been read.
  void charge(std::uint64_t key, std::uint64_t network, std::size_t characters);
  /// A credential was wrong. Answers the seconds to wait before the next one, if it was one too
  /// many.
  std::optional<double> fail(std::uint64_t network);

 private:
  const base::Clock* clock_;
  const crypto::KeyedHash network_hash_ = crypto::KeyedHash::with_random_key();
  std::unique_ptr<QuotaTable> keys_;  ///< null: no quota
  std::unique_ptr<QuotaTable> networks_;
  std::unique_ptr<QuotaTable> failures_;
};

}  // namespace dss::auth
