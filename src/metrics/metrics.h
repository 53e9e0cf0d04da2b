// All metrics of one server, put together: the registry with the catalogue and what writes into it.
#pragma once

#include <string>
#include <vector>

#include "metrics/analysis_metrics.h"
#include "metrics/batch_metrics.h"
#include "metrics/exposition.h"
#include "metrics/feedback_metrics.h"
#include "metrics/http_metrics.h"
#include "metrics/model_metrics.h"
#include "metrics/personal_metrics.h"
#include "metrics/process_metrics.h"
#include "metrics/runtime_metrics.h"
#include "metrics/trace_metrics.h"

namespace dss::metrics {

/// Thread-safe, but for HttpMetrics::handler and its like, which belong to the start.
class Metrics {
 public:
  struct Options {
    bool ignore_untemplated = false;  ///< `metrics.ignore_untemplated`
    bool created_series = false;      ///< `metrics.created_series`: expose `_created`
    std::vector<std::string> model_types = {"simple", "bert"};
    std::vector<std::string> categories = {"toxic",  "severe_toxic", "obscene",
                                           "threat", "insult",       "identity_hate"};
    std::vector<std::string> scored_paths = {"/analyze"};
    /// Languages with a series of their own; empty: the default of AnalysisMetrics.
    std::vector<std::string> languages{};
    BuildInfo build{};
    RuntimeSources sources{};
    const base::Clock* clock = &base::system_clock();
  };
  explicit Metrics(Options options);

  [[nodiscard]] HttpMetrics& http() { return http_; }
  [[nodiscard]] AnalysisMetrics& analysis() { return analysis_; }
  [[nodiscard]] ModelMetrics& models() { return models_; }
  [[nodiscard]] const BatchMetrics& batches() const { return batches_; }
  [[nodiscard]] const FeedbackMetrics& feedback() const { return feedback_; }
  [[nodiscard]] const PersonalMetrics& personal() const { return personal_; }
  [[nodiscard]] const TraceMetrics& traces() const { return traces_; }
  /// When the certificate ends that new connections get.
  void set_certificate_expiry(base::SystemTime expires);
  [[nodiscard]] const Registry& registry() const { return registry_; }

  /// The answer to a scrape; `accept` … as in ScrapeRequest.
  [[nodiscard]] Exposition expose(std::string_view accept, std::string_view accept_encoding,
                                  std::string_view query) const;

 private:
  bool created_series_;
  Registry registry_;
  HttpMetrics http_;
  AnalysisMetrics analysis_;
  ModelMetrics models_;
  BatchMetrics batches_;
  FeedbackMetrics feedback_;
  PersonalMetrics personal_;
  TraceMetrics traces_;
};

}  // namespace dss::metrics
