// What the protocols report about texts, turned into metrics.
#pragma once

#include <string_view>

#include "api/observer.h"
#include "auth/quotas.h"
#include "metrics/analysis_metrics.h"
#include "metrics/http_metrics.h"

namespace dss::app {

class TraceEvents;

/// Thread-safe.
class AnalysisEvents final : public api::Observer {
 public:
  AnalysisEvents(metrics::AnalysisMetrics* metrics, metrics::HttpMetrics* http)
      : metrics_(metrics), http_(http) {}

  /// From now on the characters of texts count for the quotas of who asks. Before serving starts.
  void charge(auth::Quotas* quotas) { quotas_ = quotas; }

  /// Before the first event: where sampled traces are gathered.
  void set_traces(TraceEvents* traces) { traces_ = traces; }

  void analysed(const api::Analysis& analysis) override;
  void refused(std::string_view model, api::Refusal refusal, const http::Request& request) override;

 private:
  metrics::AnalysisMetrics* metrics_;
  metrics::HttpMetrics* http_;
  auth::Quotas* quotas_ = nullptr;  ///< null: there are none
  TraceEvents* traces_ = nullptr;   ///< null: none is recorded
};

/// Place of a model's name among the metrics' model types ("simple", "bert").
[[nodiscard]] metrics::ModelIndex model_index(std::string_view model);

/// The name among them that a model is counted under; a literal.
[[nodiscard]] std::string_view model_label(std::string_view model);

/// How long each stage of a text took, as it is recorded.
[[nodiscard]] metrics::StageSeconds stages_of(const api::Analysis& analysis);

}  // namespace dss::app
