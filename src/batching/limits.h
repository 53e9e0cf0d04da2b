// What an operator may set of the batcher.
#pragma once

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
  /// Nice value of the workers' threads, which run as SCHED_BATCH: a full queue must not delay
  /// the threads that answer everything else. Where the system refuses, threads stay as they are.
  int nice = 5;
  /// Told of each batch before it is computed, on its worker's thread: sequences and tokens.
  std::function<void(std::size_t texts, std::size_t tokens)> observe{};
};

}  // namespace dss::batching
