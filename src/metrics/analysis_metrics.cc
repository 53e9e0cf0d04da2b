#include "metrics/analysis_metrics.h"

#include <algorithm>
#include <mutex>

#include "metrics/bounds.h"
#include "metrics/number.h"
#include "metrics/sampled.h"

namespace dss::metrics {
namespace {

constexpr std::array<std::string_view, 4> kOutcomes = {"success", "validation_error", "model_error",
                                                       "server_error"};
constexpr std::array<std::string_view, 4> kLevels = {"low", "medium", "high", "extreme"};

static_assert(bounds::kScore.size() == kScoreBins);

/// The bin's upper bound, as `score_le`.
std::string bin_label(std::size_t bin) { return format_number(bounds::kScore[bin]); }

}  // namespace

struct AnalysisMetrics::Model {
  std::array<Counter, kOutcomes.size()> outcomes;
  std::array<Counter, kLevels.size()> levels;
  std::array<Histogram, kStages.size()> stages;
  Histogram processing;
  Counter tokens;
  std::array<Counter, kScoreBins> scores;  ///< by bin
};

/// Reference and recent scores. Fed by scrapes; a scrape and set_reference() may meet.
struct AnalysisMetrics::Drift {
  struct OfModel {
    ModelIndex model;
    ScoreShares reference;
    ScoreWindows windows;
    Value hour;
    Value day;
  };
  std::mutex mutex;
  std::vector<OfModel> models;
};

AnalysisMetrics::AnalysisMetrics(Registry* registry, Options options)
    : registry_(registry),
      options_(std::move(options)),
      score_(registry->histogram("toxicity_score_distribution")),
      characters_(registry->histogram("dss_input_characters")),
      tokens_(registry->histogram("dss_input_tokens")),
      truncated_(registry->counter("dss_truncated_inputs_total")),
      clients_(options_.clock),
      drift_(std::make_unique<Drift>()) {
  for (const std::string& type : options_.model_types) models_.push_back(make_model(type));
  for (const std::string& category : options_.categories) {
    categories_.push_back(registry->histogram("dss_category_score", {category}));
  }
  std::ranges::sort(options_.languages);
  for (const std::string& code : options_.languages) {
    languages_.push_back(registry->counter("dss_language_total", {code}));
  }
  undetermined_ = registry->counter("dss_language_total", {"und"});
  other_language_ = registry->counter("dss_language_total", {"other"});
  const Value users = registry->value("toxicity_api_active_users");
  registry->on_scrape([this, users] {
    users.set(static_cast<double>(clients_.count()));
    refresh_drift();
  });
}

AnalysisMetrics::~AnalysisMetrics() = default;

std::unique_ptr<AnalysisMetrics::Model> AnalysisMetrics::make_model(std::string_view type) const {
  auto model = std::make_unique<Model>();
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    model->outcomes[i] = registry_->counter("toxicity_api_requests_total", {type, kOutcomes[i]});
  }
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    model->levels[i] = registry_->counter("dss_toxicity_level_total", {kLevels[i], type});
  }
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    model->stages[i] = registry_->histogram("dss_stage_duration_seconds", {type, kStages[i].name});
  }
  model->processing = registry_->histogram("toxicity_processing_seconds", {type});
  model->tokens = registry_->counter("dss_tokens_total", {type});
  for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
    model->scores[bin] = registry_->counter("dss_scores_total", {type, bin_label(bin)});
  }
  return model;
}

void AnalysisMetrics::success(const Analysis& analysis) const {
  const Model& model = *models_[analysis.model];
  const SampledTrace sampled(analysis.trace, *options_.clock);
  Writer writer = registry_->writer();
  writer.add(model.outcomes[0]);
  writer.add(model.levels[static_cast<std::size_t>(analysis.level)]);
  writer.observe(model.processing, analysis.processing_seconds);
  writer.add(model.tokens, analysis.tokens);
  writer.observe(score_, analysis.score);
  const std::size_t bin = bucket_of(bounds::kScore.data(), kScoreBins, analysis.score);
  writer.add(model.scores[std::min(bin, kScoreBins - 1)]);
  writer.observe(tokens_, static_cast<double>(analysis.tokens));
  writer.observe(characters_, static_cast<double>(analysis.characters));
  if (analysis.truncated) writer.add(truncated_);
  writer.add(language_counter(analysis.language));
  const std::size_t categories = std::min(analysis.probabilities.size(), categories_.size());
  for (std::size_t i = 0; i < categories; ++i) {
    writer.observe(categories_[i], static_cast<double>(analysis.probabilities[i]));
  }
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    const double seconds = analysis.stages.*kStages[i].seconds;
    if (seconds >= 0) writer.observe(model.stages[i], seconds, sampled.exemplar());
  }
}

void AnalysisMetrics::failed(ModelIndex model, Outcome outcome) const {
  registry_->writer().add(models_[model]->outcomes[static_cast<std::size_t>(outcome)]);
}

void AnalysisMetrics::client_seen(std::uint64_t client_hash) { clients_.seen(client_hash); }

Counter AnalysisMetrics::language_counter(std::string_view code) const {
  if (code == "und" || code.empty()) return undetermined_;
  const auto found = std::ranges::lower_bound(options_.languages, code);
  if (found == options_.languages.end() || *found != code) return other_language_;
  return languages_[static_cast<std::size_t>(found - options_.languages.begin())];
}

void AnalysisMetrics::set_reference(ModelIndex model, std::span<const double> shares) {
  if (shares.size() != kScoreBins) return;
  const std::string& type = options_.model_types[model];
  const std::lock_guard lock(drift_->mutex);
  auto found = std::ranges::find(drift_->models, model, &Drift::OfModel::model);
  if (found == drift_->models.end()) {
    found = drift_->models.insert(found,
                                  {.model = model,
                                   .reference = {},
                                   .windows = {},
                                   .hour = registry_->value("dss_score_drift_psi", {type, "1h"}),
                                   .day = registry_->value("dss_score_drift_psi", {type, "24h"})});
  }
  std::ranges::copy(shares, found->reference.begin());
  show_shares(model, found->reference);
  if (found == drift_->models.begin()) show_reference(found->reference);
}

void AnalysisMetrics::show_shares(ModelIndex model, const ScoreShares& shares) const {
  for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
    registry_->value("dss_score_reference_share", {options_.model_types[model], bin_label(bin)})
        .set(shares[bin]);
  }
}

void AnalysisMetrics::show_reference(const ScoreShares& shares) const {
  double cumulative = 0;
  for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
    cumulative += shares[bin];
    registry_->value("dss_score_reference_ratio", {bin_label(bin)}).set(cumulative);
  }
}

void AnalysisMetrics::refresh_drift() {
  const std::lock_guard lock(drift_->mutex);
  for (Drift::OfModel& one : drift_->models) {
    ScoreCounts totals{};
    for (std::size_t bin = 0; bin < kScoreBins; ++bin) {
      totals[bin] = registry_->total(models_[one.model]->scores[bin]);
    }
    const auto recent = one.windows.feed(totals, options_.clock->steady());
    one.hour.set(population_stability_index(recent.hour, one.reference));
    one.day.set(population_stability_index(recent.day, one.reference));
  }
}

}  // namespace dss::metrics
