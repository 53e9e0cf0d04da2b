#include "scoring/encoder_runner.h"

#include <algorithm>
#include <optional>

#include "models/encoder/packed_batch.h"
#include "models/encoder/workspace.h"

namespace dss::scoring {
namespace {

constexpr std::size_t kBatchTokens = 256;  // what fits into the caches of a core

class Runner {
 public:
  std::vector<float> run(const std::shared_ptr<const models::Encoder>& encoder,
                         const std::vector<TokenIds>& sequences) {
    if (encoder_ != encoder) take(encoder);
    const std::size_t labels = encoder_->config().labels.size();
    std::vector<float> logits(sequences.size() * labels);
    std::size_t done = 0;
    batch_.clear();
    for (const TokenIds& sequence : sequences) {
      if (batch_.texts() > 0 && batch_.tokens() + sequence.size() > kBatchTokens) {
        done += flush(logits, done);
      }
      batch_.add(sequence);
    }
    flush(logits, done);
    return logits;
  }

 private:
  void take(const std::shared_ptr<const models::Encoder>& encoder) {
    encoder_ = encoder;
    workspace_.emplace(encoder->workspace(std::max(kBatchTokens, encoder->config().positions)));
  }
  std::size_t flush(std::vector<float>& logits, std::size_t done) {
    const std::size_t labels = encoder_->config().labels.size();
    const std::size_t texts = batch_.texts();
    encoder_->forward(batch_, *workspace_,
                      std::span(logits).subspan(done * labels, texts * labels));
    batch_.clear();
    return texts;
  }

  std::shared_ptr<const models::Encoder> encoder_;
  std::optional<models::Workspace> workspace_;
  models::PackedBatch batch_;
};

}  // namespace

void run_here(EncoderTask* task) {
  static thread_local Runner runner;
  bool complete = false;
  while (!complete) {
    const base::SteadyTime begin = task->clock().steady();
    const auto logits = runner.run(task->encoder(), task->take_sequences());
    task->add_times(
        {}, std::chrono::duration_cast<std::chrono::nanoseconds>(task->clock().steady() - begin));
    complete = task->take(logits);
  }
}

}  // namespace dss::scoring
