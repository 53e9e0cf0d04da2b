#include "app/serve/analysis_events.h"

#include <chrono>
#include <span>

#include "api/deadline.h"
#include "app/serve/trace_events.h"

namespace dss::app {
namespace {

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

metrics::Outcome outcome_of(api::Refusal refusal) {
  switch (refusal) {
    case api::Refusal::kValidation:
      return metrics::Outcome::kValidationError;
    case api::Refusal::kModel:
    case api::Refusal::kBusy:
      return metrics::Outcome::kModelError;
    case api::Refusal::kServer:
      break;
  }
  return metrics::Outcome::kServerError;
}

// Nothing for models with labels of their own, for which there are no series.
std::span<const float> categories_of(const scoring::Outcome& outcome) {
  const auto& labels = outcome.card->labels;
  const bool ours = labels.size() == models::kCategoryCount &&
                    labels.front().name == models::kCategoryNames.front();
  if (!ours) return {};
  return {outcome.scores.probability.data(), outcome.scores.count};
}

}  // namespace

metrics::ModelIndex model_index(std::string_view model) { return model == "bert" ? 1 : 0; }

std::string_view model_label(std::string_view model) {
  return model_index(model) == 1 ? "bert" : "simple";
}

metrics::StageSeconds stages_of(const api::Analysis& analysis) {
  const scoring::Timings& timings = analysis.outcome.timings;
  metrics::StageSeconds stages;
  stages.parse = analysis.parse_seconds;
  stages.normalize = seconds(timings.normalize);
  stages.language = seconds(timings.language);
  stages.tokenize = seconds(timings.tokenize);
  if (timings.queue.count() > 0) stages.queue = seconds(timings.queue);
  stages.infer = seconds(timings.infer);
  stages.postprocess = seconds(timings.postprocess);
  return stages;
}

void AnalysisEvents::analysed(const api::Analysis& analysis) {
  const scoring::Outcome& outcome = analysis.outcome;
  metrics_->success({.model = model_index(analysis.model),
                     .score = static_cast<double>(analysis.verdict.score),
                     .processing_seconds = analysis.processing_seconds,
                     .probabilities = categories_of(outcome),
                     .level = static_cast<metrics::ToxicityLevel>(analysis.verdict.level),
                     .language = outcome.language,
                     .characters = outcome.code_points,
                     .tokens = outcome.tokens,
                     .truncated = outcome.truncated,
                     .stages = stages_of(analysis),
                     .trace = &analysis.request.trace});
  if (traces_ != nullptr) traces_->analysed(analysis);
  if (quotas_ == nullptr) return;
  const http::Caller& caller = analysis.request.caller;
  quotas_->charge(caller.account, caller.network, outcome.code_points);
}

void AnalysisEvents::refused(std::string_view model, api::Refusal refusal,
                             const http::Request& request) {
  metrics_->failed(model_index(model), outcome_of(refusal));
  if (refusal != api::Refusal::kBusy) return;
  // A full queue makes no deadline either.
  const bool in_time = api::deadline_of(request, {}).has_value();
  http_->rejected(in_time ? metrics::Rejection::kDeadline : metrics::Rejection::kQueueFull);
}

}  // namespace dss::app
