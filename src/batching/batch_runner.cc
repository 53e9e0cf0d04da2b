#include "batching/batch_runner.h"

#include <algorithm>
#include <numeric>

namespace dss::batching {

BatchRunner::BatchRunner(std::size_t batch_tokens) : batch_tokens_(batch_tokens) {
  texts.reserve(Policy::kLookAhead);
  jobs.reserve(Policy::kLookAhead);
  gone.reserve(Policy::kLookAhead);
}

bool BatchRunner::run() noexcept {
  try {
    compute();
    return true;
  } catch (...) {
    workspace_.reset();
    return false;
  }
}

std::size_t BatchRunner::tokens() const {
  return std::accumulate(texts.begin(), texts.end(), std::size_t{0},
                         [](std::size_t sum, const Text& text) { return sum + text.tokens; });
}

void BatchRunner::find_gone(std::size_t first) noexcept {
  for (std::size_t i = first; i < jobs.size(); ++i) {
    if (std::find(gone.begin(), gone.end(), jobs[i]) != gone.end()) continue;
    if (jobs[i]->gone()) gone.push_back(jobs[i]);
  }
}

std::size_t BatchRunner::remove(WorkId work) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].work == work) continue;
    texts[kept] = texts[i];
    if (kept != i) jobs[kept] = std::move(jobs[i]);
    ++kept;
  }
  const std::size_t removed = texts.size() - kept;
  texts.resize(kept);
  jobs.resize(kept);
  return removed;
}

void BatchRunner::prepare(const std::shared_ptr<const models::Encoder>& encoder) {
  const bool same = !encoder_.owner_before(encoder) && !encoder.owner_before(encoder_);
  if (workspace_ && same) return;
  workspace_.reset();
  workspace_ = encoder->workspace(std::max(batch_tokens_, encoder->config().positions));
  encoder_ = encoder;
}

void BatchRunner::compute() {
  const auto& encoder = jobs.front()->work.encoder;
  prepare(encoder);
  packed_.clear();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    packed_.add(jobs[i]->work.sequences[texts[i].sequence]);
  }
  const std::size_t labels = jobs.front()->labels();
  logits_.resize(texts.size() * labels);
  encoder->forward(packed_, *workspace_, logits_);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::copy_n(logits_.data() + i * labels, labels,
                jobs[i]->finished.logits.data() + texts[i].sequence * labels);
  }
}

}  // namespace dss::batching
