#include "metrics/metrics.h"

#include "metrics/catalogue.h"

namespace dss::metrics {
namespace {

Registry::Options registry_options(const Metrics::Options& options) {
  Registry::Options out;
  out.clock = options.clock;
  return out;
}

HttpMetrics::Options http_options(const Metrics::Options& options) {
  HttpMetrics::Options out;
  out.ignore_untemplated = options.ignore_untemplated;
  out.model_types = options.model_types;
  out.scored_paths = options.scored_paths;
  out.clock = options.clock;
  return out;
}

AnalysisMetrics::Options analysis_options(const Metrics::Options& options) {
  AnalysisMetrics::Options out;
  out.model_types = options.model_types;
  out.categories = options.categories;
  if (!options.languages.empty()) out.languages = options.languages;
  out.clock = options.clock;
  return out;
}

}  // namespace

Metrics::Metrics(Options options)
    : created_series_(options.created_series),
      registry_(catalogue(), registry_options(options)),
      http_(&registry_, http_options(options)),
      analysis_(&registry_, analysis_options(options)),
      models_(&registry_, options.model_types),
      batches_(&registry_),
      feedback_(&registry_),
      personal_(&registry_),
      traces_(&registry_) {
  register_process_metrics(&registry_);
  register_runtime_metrics(&registry_, options.build, std::move(options.sources));
}

void Metrics::set_certificate_expiry(base::SystemTime expires) {
  registry_.value("dss_tls_certificate_expiry_timestamp_seconds")
      .set(std::chrono::duration<double>(expires.time_since_epoch()).count());
}

Exposition Metrics::expose(std::string_view accept, std::string_view accept_encoding,
                           std::string_view query) const {
  return metrics::expose(registry_, {.accept = accept,
                                     .accept_encoding = accept_encoding,
                                     .query = query,
                                     .created = created_series_});
}

}  // namespace dss::metrics
