// How many different clients were here in the last five minutes, without keeping who they were.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "base/clock.h"

namespace dss::metrics {

/// Counts distinct client hashes seen within five minutes, to 15 seconds. Exact while buckets have
/// room: up to some 8,000 clients; beyond that those who find their bucket full of others are not
/// counted, so the figure is then a lower bound (32,768 at most). Holds 52 bits of each hash and a
/// time, 256 KB, forgets by itself. Thread-safe and lock-free; seeing a client again within 15
/// seconds only reads one cache line.
class ActiveClients {
 public:
  explicit ActiveClients(const base::Clock* clock);

  /// REQUIRES: a hash keyed with a secret of this process, well mixed in all 64 bits.
  void seen(std::uint64_t client_hash);
  [[nodiscard]] std::size_t count() const;

 private:
  static constexpr std::size_t kBuckets = 4096;
  static constexpr std::size_t kEntries = 8;
  /// An entry is 40 bits of hash and 24 bits of time in ticks; 0: never used.
  using Entry = std::uint64_t;
  struct alignas(64) Bucket {
    std::array<std::atomic<Entry>, kEntries> entries{};
  };

  [[nodiscard]] std::uint64_t now() const;

  const base::Clock* clock_;
  base::SteadyTime start_;
  std::unique_ptr<std::array<Bucket, kBuckets>> buckets_;
};

}  // namespace dss::metrics
