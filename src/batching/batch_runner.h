// One worker's memory: the batch in hand and what the encoder needs to compute it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "batching/job.h"
#include "batching/policy.h"
#include "models/encoder/encoder.h"

namespace dss::batching {

/// For one thread at a time.
class BatchRunner {
 public:
  /// The workspace has room for `batch_tokens`, or for one text of the encoder's greatest length.
  explicit BatchRunner(std::size_t batch_tokens);

  /// Computes `texts` and writes each one's logits into its job, `jobs[i]` for `texts[i]`. Answers
  /// whether there was memory enough; if not, no job was written to.
  [[nodiscard]] bool run() noexcept;
  [[nodiscard]] std::size_t tokens() const;
  /// Puts those of the jobs from `first` on whose clients are gone into `gone`, each once.
  void find_gone(std::size_t first) noexcept;
  /// Takes a work's texts out; returns how many there were.
  std::size_t remove(WorkId work);

  /// Never more than Policy::kLookAhead, for which there is room from the start.
  std::vector<Text> texts;
  std::vector<std::shared_ptr<Job>> jobs;
  std::vector<std::shared_ptr<Job>> gone;

 private:
  void compute();
  void prepare(const std::shared_ptr<const models::Encoder>& encoder);

  const std::size_t batch_tokens_;
  // Weak, so that an exchanged model is not kept in memory until the next batch.
  std::weak_ptr<const models::Encoder> encoder_;
  std::optional<models::Workspace> workspace_;
  models::PackedBatch packed_;
  std::vector<float> logits_;
};

}  // namespace dss::batching
