// Token buckets of many accounts in bounded memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"

namespace dss::auth {

/// How much, steadily and at once.
struct Rate {
  double per_second = 0;  ///< 0: no limit
  double burst = 0;       ///< at least 1 where there is a limit
};

struct Quota {
  Rate requests{};
  Rate characters{};
};

/// Two buckets an account, for requests and for characters. A bucket is kept as the time at which
/// it will be full again (the generic cell rate algorithm, ITU-T I.371, which lets pass exactly
/// what a token bucket does): 24 bytes an account and no work between requests. Thread-safe.
///
/// The table never grows. It is made of sets of eight accounts; one more account in a set takes the
/// place of the one whose buckets are fullest, so an account that has been idle for long enough
/// loses nothing, and one that is still in use can at worst begin anew.
class QuotaTable {
 public:
  /// `accounts`: how many are to be told apart; the table has room for about twice as many.
  QuotaTable(const Quota& quota, std::size_t accounts);

  struct Verdict {
    bool allowed = true;
    double wait_seconds = 0;      ///< until it would be allowed
    std::uint32_t remaining = 0;  ///< further requests that would be allowed now
    double full_seconds = 0;      ///< until the bucket of requests is full
  };
  /// Takes one request out of the account's bucket, unless it is empty or the account has had more
  /// characters than its quota. REQUIRES: account != 0.
  Verdict take(std::uint64_t account, base::SteadyTime now);
  /// Takes characters. Their number is known once the text has been read, so a bucket may owe some,
  /// which delays the account's next request. REQUIRES: as above.
  void charge(std::uint64_t account, double characters, base::SteadyTime now);

  [[nodiscard]] const Quota& quota() const { return quota_; }
  /// Memory held, in bytes.
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::size_t kWays = 8;
  static constexpr std::size_t kLocks = 256;

  /// When each bucket will be full again, in nanoseconds of the steady clock.
  struct Slot {
    std::uint64_t account = 0;
    std::int64_t requests_full = 0;
    std::int64_t characters_full = 0;
  };
  using Set = std::array<Slot, kWays>;

  [[nodiscard]] std::size_t set_of(std::uint64_t account) const;
  static Slot& slot_of(Set* set, std::uint64_t account, std::int64_t now);

  const Quota quota_;
  std::vector<Set> sets_;
  std::unique_ptr<std::array<std::mutex, kLocks>> locks_;
};

}  // namespace dss::auth
