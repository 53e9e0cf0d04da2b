// What is recorded about each scored text: the documented toxicity_* families and the dss_ ones
// beside them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/active_clients.h"
#include "metrics/registry.h"
#include "metrics/score_drift.h"
#include "metrics/stage_seconds.h"
#include "trace/context.h"

namespace dss::metrics {

/// Index into AnalysisMetrics::Options::model_types.
using ModelIndex = std::size_t;

enum class Outcome : std::uint8_t { kSuccess, kValidationError, kModelError, kServerError };
enum class ToxicityLevel : std::uint8_t { kLow, kMedium, kHigh, kExtreme };

/// One text that was scored.
struct Analysis {
  ModelIndex model = 0;
  double score = 0;                        ///< 0-100
  double processing_seconds = 0;           ///< as the answer's processing time
  std::span<const float> probabilities{};  ///< in the order of Options::categories; may be shorter
  ToxicityLevel level = ToxicityLevel::kLow;
  std::string_view language = "und";  ///< ISO 639-1, or `und`
  std::size_t characters = 0;
  std::size_t tokens = 0;
  bool truncated = false;
  StageSeconds stages{};
  const trace::Context* trace = nullptr;  ///< exemplar, if it is sampled
};

/// Thread-safe. REQUIRES: lives as long as anything scrapes the registry.
class AnalysisMetrics {
 public:
  struct Options {
    std::vector<std::string> model_types = {"simple", "bert"};
    std::vector<std::string> categories = {"toxic",  "severe_toxic", "obscene",
                                           "threat", "insult",       "identity_hate"};
    /// Languages with a series of their own; the rest is `other`.
    std::vector<std::string> languages = {"ar", "de", "en", "es", "fr", "hi", "id",
                                          "it", "ja", "ko", "nl", "pl", "pt", "ru",
                                          "sv", "tr", "uk", "vi", "zh"};
    const base::Clock* clock = &base::system_clock();
  };
  AnalysisMetrics(Registry* registry, Options options);
  ~AnalysisMetrics();

  /// REQUIRES, here and below: the index of a model type.
  void success(const Analysis& analysis) const;
  /// REQUIRES: not kSuccess.
  void failed(ModelIndex model, Outcome outcome) const;
  /// A request of that client; see ActiveClients::seen for what the hash must be.
  void client_seen(std::uint64_t client_hash);
  /// Reference scores of a model, from its card: `shares` has kScoreBins entries that add up to 1,
  /// or is empty. Its shares and its drift are exported from then on; dss_score_reference_ratio
  /// shows the first model's.
  void set_reference(ModelIndex model, std::span<const double> shares);

 private:
  struct Model;
  struct Drift;

  [[nodiscard]] std::unique_ptr<Model> make_model(std::string_view type) const;
  [[nodiscard]] Counter language_counter(std::string_view code) const;
  void show_shares(ModelIndex model, const ScoreShares& shares) const;
  void show_reference(const ScoreShares& shares) const;
  void refresh_drift();

  Registry* registry_;
  Options options_;
  std::vector<std::unique_ptr<Model>> models_;
  Histogram score_;
  Histogram characters_;
  Histogram tokens_;
  Counter truncated_;
  std::vector<Histogram> categories_;
  std::vector<Counter> languages_;  ///< of Options::languages, which are kept sorted
  Counter undetermined_;
  Counter other_language_;
  ActiveClients clients_;
  std::unique_ptr<Drift> drift_;
};

}  // namespace dss::metrics
