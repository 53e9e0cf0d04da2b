// What an operator may set of the batcher.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>

namespace dss::batching {

struct Limits {
  std::size_t workers = 1;  ///< threads that compute; at least one is started
  /// Most tokens of a batch. A longer text is computed all the same, in a batch of its own.
  std::size_t batch_tokens = 256;
  /// Longest time that an idle worker waits for more texts, and only while they are arriving.
  std::chrono::microseconds wait{300};
  std::size_t queue_tokens = 32768;  ///< most tokens that wait
  /// Tokens a worker that may wait for long: once more have waited for all of `patience`, work
  /// that would wait behind them is refused, unless it names a deadline. Room for some dozens of
  /// clients that ask without a pause, which are no overload. 0: only a full queue refuses.
  std::size_t standing_tokens_each = 4096;
  std::chrono::milliseconds patience{500};
  /// Nice value of the workers' threads, which run as SCHED_BATCH: a full queue must not delay
  /// the threads that answer everything else. Where the system refuses, threads stay as they are.
  int nice = 5;
  /// Told of each batch before it is computed, on its worker's thread: sequences and tokens.
  std::function<void(std::size_t texts, std::size_t tokens)> observe{};

  /// Tokens that may wait for long.
  [[nodiscard]] std::size_t standing_tokens() const {
    if (standing_tokens_each == 0) return queue_tokens;
    return std::min(queue_tokens, standing_tokens_each * std::max<std::size_t>(1, workers));
  }
};

}  // namespace dss::batching
