// Exemplars: the trace of one request that fell into a bucket, so that a dashboard's slow bucket
// leads to a trace.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

namespace dss::metrics {

struct Exemplar {
  std::array<std::uint8_t, 16> trace_id{};  ///< all zero: none
  double value = 0;
  double timestamp_seconds = 0;  ///< since the Unix epoch
};

/// The latest exemplar of each bucket of one histogram. Thread-safe.
class ExemplarSlots {
 public:
  explicit ExemplarSlots(std::size_t buckets) : slots_(buckets) {}

  /// Never waits: while somebody else writes or reads, the exemplar is dropped.
  void offer(std::size_t bucket, const Exemplar& exemplar) {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock()) slots_[bucket] = exemplar;
  }
  [[nodiscard]] std::vector<Exemplar> copy() const {
    const std::lock_guard lock(mutex_);
    return slots_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Exemplar> slots_;
};

}  // namespace dss::metrics
