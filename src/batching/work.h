// What is handed to the batcher, and what comes back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/unique_function.h"
#include "models/encoder/encoder.h"

namespace dss::batching {

/// The logits of one work and what it cost.
struct Finished {
  std::vector<float> logits;             ///< [sequences, labels], in the order of Work::sequences
  std::chrono::nanoseconds queued{0};    ///< from submission to the begin of its first batch
  std::chrono::nanoseconds inferred{0};  ///< from there to the end of its last batch
  std::size_t batch_texts = 0;           ///< sequences in its last batch, others' included
  std::size_t batch_tokens = 0;          ///< tokens in it
};

/// Sequences that are admitted and answered together; they may be spread over several batches.
struct Work {
  /// A batch holds work of one encoder only, so encoders can be exchanged at any moment.
  std::shared_ptr<const models::Encoder> encoder;
  /// Token ids, each sequence with what the encoder expects at its ends.
  std::vector<std::vector<std::uint32_t>> sequences;
  /// Computing is not begun after it; what has begun is finished.
  std::optional<base::SteadyTime> deadline;
  /// Whether nobody waits for the answer any more; may be empty. Asked on workers' threads, perhaps
  /// on several at once, before each batch that holds some of the work; must be quick. What it
  /// throws counts as no.
  std::function<bool()> gone;
  /// Called exactly once, on a worker's thread, for work that was admitted. Errors: kUnavailable
  /// (deadline passed, gone, shutting down), kInternal (out of memory). Must be quick, because
  /// the worker computes nothing meanwhile; what it throws is dropped.
  base::UniqueFunction<void(base::Result<Finished>)> done;
};

}  // namespace dss::batching
