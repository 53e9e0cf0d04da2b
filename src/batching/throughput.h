// How fast batches are computed, and how much is left of those that run.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "base/clock.h"

namespace dss::batching {

/// Pure; not thread-safe. A worker runs one batch at a time.
class Throughput {
 public:
  explicit Throughput(std::size_t workers) : running_(workers) {}

  void began(std::size_t worker, std::size_t tokens, base::SteadyTime now);
  void ended(std::size_t worker, base::SteadyTime now);

  /// Of all workers together, the latest batches counting most; 0: no batch has ended yet.
  [[nodiscard]] double tokens_per_second() const;
  /// Tokens of running batches that are probably still to be computed.
  [[nodiscard]] double running_tokens(base::SteadyTime now) const;
  [[nodiscard]] std::size_t busy() const;

 private:
  struct Running {
    std::size_t tokens = 0;  ///< 0: idle
    base::SteadyTime began;
  };
  std::vector<Running> running_;
  double tokens_ = 0;
  double seconds_ = 0;
};

}  // namespace dss::batching
