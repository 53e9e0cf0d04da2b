// Collects texts of many requests into batches for the encoder and computes them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "batching/limits.h"
#include "batching/work.h"

namespace dss::batching {

/// Thread-safe. Which texts share a batch, and when it starts, is decided by Policy.
/// No lock is held while the encoder computes or while a callback runs, so callbacks may submit.
class Batcher {
 public:
  struct State {
    std::size_t waiting_texts = 0;
    std::size_t waiting_tokens = 0;
    std::chrono::nanoseconds oldest_wait{0};
    double tokens_per_second = 0;  ///< of all workers together, measured lately; 0: not yet
    std::size_t busy_workers = 0;
    std::size_t workers = 0;
    std::uint64_t refused = 0;  ///< works that submit() answered with kUnavailable
    std::uint64_t late = 0;     ///< works whose deadline passed while they waited
    std::uint64_t gone = 0;     ///< works whose client hung up
  };

  /// Starts the threads. `clock` must outlive the batcher.
  Batcher(const Limits& limits, const base::Clock* clock);
  /// Work that waits is answered with kUnavailable; batches that run are finished first.
  /// REQUIRES: not called from a callback.
  ~Batcher();
  Batcher(const Batcher&) = delete;
  Batcher& operator=(const Batcher&) = delete;

  /// Takes the work, or leaves `*work` untouched. Errors: kUnavailable (queue full; the estimated
  /// wait passes the deadline; shutting down), kTooLarge (a sequence exceeds the encoder's
  /// positions, or the work alone exceeds the queue), kInvalidArgument (no sequence, an empty one,
  /// or an id outside the vocabulary).
  /// REQUIRES: `encoder` and `done` are set.
  [[nodiscard]] base::Status submit(Work* work);

  [[nodiscard]] State state() const;
  /// How long work that is submitted now would wait before it is begun; zero until the first batch
  /// has been measured.
  [[nodiscard]] std::chrono::nanoseconds estimated_wait() const;

 private:
  class Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace dss::batching
