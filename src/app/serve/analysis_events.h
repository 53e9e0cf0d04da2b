// What the protocols report about texts, turned into metrics.
#pragma once

#include <string_view>

#include "api/observer.h"
#include "auth/quotas.h"
#include "metrics/analysis_metrics.h"

namespace dss::app {

/// Thread-safe.
class AnalysisEvents final : public api::Observer {
 public:
  explicit AnalysisEvents(metrics::AnalysisMetrics* metrics) : metrics_(metrics) {}

  /// From now on the characters of texts count for the quotas of who asks. Before serving starts.
  void charge(auth::Quotas* quotas) { quotas_ = quotas; }

  void analysed(const api::Analysis& analysis) override;
  void refused(std::string_view model, api::Refusal refusal, const http::Request& request) override;

 private:
  metrics::AnalysisMetrics* metrics_;
  auth::Quotas* quotas_ = nullptr;  ///< null: there are none
};

/// Place of a model's name among the metrics' model types ("simple", "bert").
[[nodiscard]] metrics::ModelIndex model_index(std::string_view model);

}  // namespace dss::app
