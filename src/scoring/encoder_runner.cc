#include "scoring/encoder_runner.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/encoder/packed_batch.h"
#include "models/encoder/workspace.h"

namespace dss::scoring {
namespace {

constexpr std::size_t kBatchTokens = 256;  // what fits into the caches of a core

// A sequence, and where its logits go.
struct Place {
  const TokenIds* ids;
  float* logits;
};

class Runner {
 public:
  // Packs neighbours of `places` into batches.
  void run(const std::shared_ptr<const models::Encoder>& encoder,
           const std::vector<Place>& places) {
    if (encoder_ != encoder) take(encoder);
    std::size_t first = 0;
    batch_.clear();
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (batch_.texts() > 0 && batch_.tokens() + places[i].ids->size() > kBatchTokens) {
        flush({places.data() + first, i - first});
        first = i;
      }
      batch_.add(*places[i].ids);
    }
    flush({places.data() + first, places.size() - first});
  }

 private:
  void take(const std::shared_ptr<const models::Encoder>& encoder) {
    encoder_ = encoder;
    workspace_.emplace(encoder->workspace(std::max(kBatchTokens, encoder->config().positions)));
  }
  void flush(std::span<const Place> places) {
    const std::size_t labels = encoder_->config().labels.size();
    logits_.resize(places.size() * labels);
    encoder_->forward(batch_, *workspace_, logits_);
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::copy_n(logits_.data() + i * labels, labels, places[i].logits);
    }
    batch_.clear();
  }

  std::shared_ptr<const models::Encoder> encoder_;
  std::optional<models::Workspace> workspace_;
  models::PackedBatch batch_;
  std::vector<float> logits_;
};

// What one task wants computed now.
struct Wanted {
  EncoderTask* task;
  std::vector<TokenIds> sequences;
  std::vector<float> logits;
};

// Computes everything that is wanted; answers the tasks that want more.
std::vector<EncoderTask*> run_once(const std::vector<EncoderTask*>& tasks, Runner* runner) {
  const auto& encoder = tasks.front()->encoder();
  const std::size_t labels = encoder->config().labels.size();
  std::vector<Wanted> wanted;
  wanted.reserve(tasks.size());
  std::vector<Place> places;
  for (EncoderTask* task : tasks) {
    wanted.push_back({task, task->take_sequences(), {}});
    Wanted& one = wanted.back();
    one.logits.resize(one.sequences.size() * labels);
    for (std::size_t i = 0; i < one.sequences.size(); ++i) {
      places.push_back({&one.sequences[i], one.logits.data() + i * labels});
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.ids->size() < b.ids->size(); });
  const base::SteadyTime begin = tasks.front()->clock().steady();
  runner->run(encoder, places);
  const auto passed =
      std::chrono::duration_cast<std::chrono::nanoseconds>(tasks.front()->clock().steady() - begin);
  std::vector<EncoderTask*> unfinished;
  for (Wanted& one : wanted) {
    one.task->add_times({}, passed / tasks.size());
    if (!one.task->take(one.logits)) unfinished.push_back(one.task);
  }
  return unfinished;
}

}  // namespace

void run_here(std::span<const std::shared_ptr<EncoderTask>> tasks) {
  static thread_local Runner runner;
  std::vector<EncoderTask*> unfinished;
  for (const auto& task : tasks) unfinished.push_back(task.get());
  while (!unfinished.empty()) unfinished = run_once(unfinished, &runner);
}

}  // namespace dss::scoring
