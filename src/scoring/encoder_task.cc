#include "scoring/encoder_task.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/calibration.h"
#include "scoring/explanation.h"

namespace dss::scoring {
namespace {

text::Normalizer& thread_normalizer() {
  static thread_local text::Normalizer normalizer;
  return normalizer;
}

models::Scores soft_maximum(const std::vector<float>& logits) {
  models::Scores scores;
  scores.count = logits.size();
  const float top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) sum += std::exp(double{logit} - top);
  for (std::size_t i = 0; i < logits.size(); ++i) {
    scores.logit[i] = logits[i];
    scores.probability[i] = static_cast<float>(std::exp(double{logits[i]} - top) / sum);
  }
  return scores;
}

// Adds each linear share to the word that it lies in; what lies in none makes an entry of its own.
void add_shares(const std::vector<Share>& linear, std::vector<Share>* words) {
  std::vector<Share> apart;
  for (const Share& share : linear) {
    const auto word = std::find_if(words->begin(), words->end(), [&](const Share& each) {
      return share.begin < each.end && each.begin < share.end;
    });
    if (word == words->end()) {
      apart.push_back(share);
    } else {
      word->value += share.value;
    }
  }
  words->insert(words->end(), apart.begin(), apart.end());
  std::stable_sort(words->begin(), words->end(),
                   [](const Share& a, const Share& b) { return a.begin < b.begin; });
}

}  // namespace

EncoderTask::EncoderTask(Parts parts, std::string_view text, bool explain, Outcome outcome)
    : parts_(std::move(parts)), text_(text), explain_(explain), outcome_(std::move(outcome)) {
  const weights::Card& card = *parts_.model->card;
  explained_ = card.overall_label();
  outcome_.stamp = parts_.model->stamp;
  const auto valid = text::Valid::promise(text_);
  Stopwatch stopwatch(*parts_.clock);
  reading_ = std::make_unique<EncoderText>(*parts_.model, valid, &thread_normalizer());
  outcome_.tokens = reading_->tokens();
  outcome_.deobfuscated = reading_->deobfuscated();
  pending_ = reading_->sequences();
  stopwatch.lap(&outcome_.timings.tokenize);
  if (parts_.linear.model == nullptr) return;
  const Reading linear = thread_linear_reader().read(*parts_.linear.model, *parts_.linear.windows,
                                                     valid, &stopwatch, &outcome_.timings);
  for (std::size_t i = 0; i < card.encoder.blend.size(); ++i) {
    linear_.push_back(card.encoder.blend[i] * linear.logit[i]);
  }
  if (explain_ && explained_ < linear_.size()) {
    linear_shares_ =
        thread_linear_reader().explain(*parts_.linear.model, valid, linear, explained_);
    for (Share& share : linear_shares_) share.value *= card.encoder.blend[explained_];
  }
  stopwatch.lap(&outcome_.timings.infer);
}

void EncoderTask::add_times(std::chrono::nanoseconds queued, std::chrono::nanoseconds inferred) {
  outcome_.timings.queue += queued;
  outcome_.timings.infer += inferred;
}

bool EncoderTask::take(std::span<const float> logits) {
  Stopwatch stopwatch(*parts_.clock);
  if (explaining_) {
    explain(logits);
  } else {
    score(logits);
    if (explain_) {
      pending_ = reading_->occlude(logits, explained_);
      explaining_ = true;
      if (pending_.empty()) explain({});
    }
  }
  stopwatch.lap(&outcome_.timings.postprocess);
  return pending_.empty();
}

void EncoderTask::score(std::span<const float> logits) {
  const weights::Card& card = *parts_.model->card;
  std::vector<float> sums = reading_->combine(logits);
  for (std::size_t i = 0; i < linear_.size() && i < sums.size(); ++i) sums[i] += linear_[i];
  const bool single = parts_.model->encoder->config().kind == models::LabelKind::kSingleLabel;
  outcome_.scores = single ? soft_maximum(sums) : models::calibrated(card.labels, sums);
  slope_ =
      single ? 1 : models::calibrate(card.labels[explained_].calibration, sums[explained_]).slope;
  const float p = outcome_.scores.probability[explained_];
  outcome_.uncertain = p >= card.uncertain_low && p < card.uncertain_high;
}

void EncoderTask::explain(std::span<const float> logits) {
  std::vector<Share> shares = reading_->shares(logits, explained_);
  add_shares(linear_shares_, &shares);
  const float p = std::clamp(outcome_.scores.probability[explained_], 1e-6F, 1 - 1e-6F);
  outcome_.explanation = make_explanation(text_, shares, slope_, p);
}

}  // namespace dss::scoring
