// Counts since the start, for `GET /stats`.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "api/level.h"
#include "api/observer.h"

namespace dss::api {

struct StatsSnapshot {
  std::uint64_t scored = 0;
  std::uint64_t score_sum = 0;
  std::array<std::uint64_t, kLevelCount> levels{};
  std::array<std::uint64_t, kRefusalCount> refusals{};  ///< by Refusal

  /// Mean score; 0 before the first text.
  [[nodiscard]] double mean_score() const {
    return scored == 0 ? 0 : static_cast<double>(score_sum) / static_cast<double>(scored);
  }
};

/// Thread-safe and free of locks: each thread adds to its own cache lines, a snapshot sums them.
class Stats {
 public:
  void scored(const Verdict& verdict);
  void refused(Refusal refusal);
  /// Counts of texts finished before the call; those in flight may be seen in part.
  [[nodiscard]] StatsSnapshot snapshot() const;

 private:
  struct alignas(64) Shard {
    std::atomic<std::uint64_t> score_sum{0};
    std::array<std::atomic<std::uint64_t>, kLevelCount> levels{};
    std::array<std::atomic<std::uint64_t>, kRefusalCount> refusals{};
  };
  Shard& own_shard();

  std::array<Shard, 16> shards_;
};

}  // namespace dss::api
