// Between the event loops and the encoder's workers.
#pragma once

#include <memory>
#include <string_view>

#include "api/backend.h"
#include "batching/batcher.h"
#include "batching/fair_share.h"
#include "scoring/engine.h"

namespace dss::app {

/// Thread-safe. What waits when it ends is answered "unavailable".
class EncoderQueue {
 public:
  /// `degrade`: what the queue has no room for is answered by `simple`, and marked.
  EncoderQueue(const batching::Limits& limits, const base::Clock* clock, bool degrade)
      : degrade_(degrade), share_(limits.queue_tokens), batcher_(limits, clock) {}

  /// Takes the text to an encoder's worker; `later` is done there, or here when it is refused: the
  /// queue is full, or `later.account` has its share of it.
  void score(std::shared_ptr<const scoring::Engine> engine, std::string_view text,
             const scoring::Options& options, api::Later later);

  [[nodiscard]] batching::Batcher::State state() const { return batcher_.state(); }

 private:
  struct Job;
  void submit(const std::shared_ptr<Job>& job);
  void refuse(Job* job, base::Error error);

  const bool degrade_;
  batching::FairShare share_;
  batching::Batcher batcher_;
};

}  // namespace dss::app
