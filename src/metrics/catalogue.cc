#include "metrics/catalogue.h"

#include <vector>

#include "metrics/bounds.h"

namespace dss::metrics {
namespace {

using enum Type;

/// Names, texts (trailing blanks too) and order of client_python 0.19.
constexpr Spec kProcess[] = {
    {"process_virtual_memory_bytes", kGauge, "", "Virtual memory size in bytes."},
    {"process_resident_memory_bytes", kGauge, "", "Resident memory size in bytes."},
    {"process_start_time_seconds", kGauge, "",
     "Start time of the process since unix epoch in seconds."},
    {"process_cpu_seconds_total", kCounter, "", "Total user and system CPU time spent in seconds."},
    {"process_open_fds", kGauge, "", "Number of open file descriptors."},
    {"process_max_fds", kGauge, "", "Maximum number of open file descriptors."},
};

/// The service's documented families.
constexpr Spec kDocumented[] = {
    {"toxicity_api_requests_total", kCounter, "model_type,status",
     "Nombre total de requêtes d'analyse de toxicité"},
    {"toxicity_score_distribution", kHistogram, "", "Distribution des scores de toxicité retournés",
     bounds::kScore},
    {"toxicity_processing_seconds", kHistogram, "model_type",
     "Temps de traitement de l'analyse de toxicité", bounds::kProcessingSeconds},
    {"toxicity_api_active_users", kGauge, "", "Nombre d'utilisateurs actifs"},
    {"model_load_seconds", kHistogram, "model_type", "Temps de chargement des modèles",
     bounds::kClientDefault},
};

/// Names, texts (trailing blanks too) and order of prometheus-fastapi-instrumentator 6.1.0.
constexpr Spec kHttp[] = {
    {"http_requests_total", kCounter, "handler,method,status",
     "Total number of requests by method, status and handler."},
    {"http_request_size_bytes", kSummary, "handler",
     "Content length of incoming requests by handler. Only value of header is respected. Otherwise "
     "ignored. No percentile calculated. "},
    {"http_response_size_bytes", kSummary, "handler",
     "Content length of outgoing responses by handler. Only value of header is respected. "
     "Otherwise "
     "ignored. No percentile calculated. "},
    {"http_request_duration_highr_seconds", kHistogram, "",
     "Latency with many buckets but no API specific labels. Made for more accurate percentile "
     "calculations. ",
     bounds::kHighResolutionSeconds, true},
    {"http_request_duration_seconds", kHistogram, "handler,method",
     "Latency with only few buckets by handler. Made to be only used if aggregation by handler is "
     "important. ",
     bounds::kLowResolutionSeconds},
    {"http_requests_inprogress", kGauge, "handler,method", "Number of HTTP requests in progress."},
    {"toxicity_api_requests_inprogress", kGauge, "handler,method",
     "Number of HTTP requests in progress."},
};

constexpr Spec kServing[] = {
    {"dss_build_info", kGauge, "compiler,revision,version",
     "Always 1; the labels say which build this is."},
    {"dss_open_connections", kGauge, "", "Connections open now."},
    {"dss_requests_rejected_total", kCounter, "reason",
     "Requests refused before they were worked on."},
    {"dss_cancelled_total", kCounter, "", "Requests whose client hung up before the answer."},
    {"dss_tls_certificate_expiry_timestamp_seconds", kGauge, "",
     "When the TLS certificate in use ends, in seconds since the unix epoch; no series without "
     "TLS."},
    {"dss_queue_depth", kGauge, "", "Tokens waiting for an encoder worker."},
    {"dss_queue_capacity", kGauge, "",
     "Tokens that may wait for longer than a moment before requests are refused."},
    {"dss_oldest_queued_seconds", kGauge, "", "How long the text that waits longest has waited."},
    {"dss_workers", kGauge, "", "Encoder worker threads."},
    {"dss_workers_busy", kGauge, "", "Encoder worker threads that compute now."},
    {"dss_log_lines_dropped_total", kCounter, "", "Log lines lost because their ring was full."},
    {"dss_metrics_series_dropped_total", kCounter, "",
     "Series refused because their family had reached its limit."},
};

constexpr Spec kBatches[] = {
    {"dss_batch_size", kHistogram, "", "Token sequences that the encoder computed together.",
     bounds::kBatchTexts},
    {"dss_batch_tokens", kHistogram, "", "Tokens that the encoder computed together.",
     bounds::kPowersOfTwo},
};

constexpr Spec kInput[] = {
    {"dss_input_characters", kHistogram, "", "Length of scored texts in code points.",
     bounds::kPowersOfTwo},
    {"dss_input_tokens", kHistogram, "",
     "Length of scored texts in the model's tokens: n-gram features for simple, subwords for bert.",
     bounds::kPowersOfTwo},
    {"dss_tokens_total", kCounter, "model_type", "Tokens scored."},
    {"dss_truncated_inputs_total", kCounter, "", "Texts of which the model did not read all."},
    {"dss_language_total", kCounter, "lang",
     "Scored texts by detected language; other: not in the list, und: not detected."},
    {"dss_toxicity_level_total", kCounter, "level,model_type", "Scored texts by toxicity level."},
    {"dss_category_score", kHistogram, "category",
     "Calibrated probability per category, all models together.", bounds::kProbability},
};

constexpr Spec kDrift[] = {
    {"dss_scores_total", kCounter, "model_type,score_le",
     "Scored texts by score: over the bin below, at most score_le. Not cumulative."},
    {"dss_score_drift_psi", kGauge, "model_type,window",
     "Population stability index of this process's scores in the window against the reference "
     "texts; NaN below 100 scores. The rule job_model_type:dss_score_drift:psi1h covers all pods. "
     "By convention under 0.1 no drift, over 0.25 major drift."},
    {"dss_score_reference_ratio", kGauge, "score_le",
     "Share of the reference texts that score at most so high: what drift is measured against."},
    {"dss_score_reference_share", kGauge, "model_type,score_le",
     "Share of the model's reference texts in each bin of dss_scores_total."},
};

constexpr Spec kModels[] = {
    {"dss_model_info", kGauge, "format,model_type,sha256,version",
     "Always 1; the labels say which model is loaded."},
    {"dss_model_loaded", kGauge, "model_type", "1 if the model is loaded, else 0."},
    {"dss_model_memory_bytes", kGauge, "model_type", "Memory taken by the model's weights."},
    {"dss_model_load_failures_total", kCounter, "model_type", "Models that could not be loaded."},
    {"dss_model_reloads_total", kCounter, "result", "Reloads of models while serving."},
};

constexpr Spec kFeedback[] = {
    {"dss_feedback_total", kCounter, "result",
     "Feedback by what became of it: kept, dropped (the database did not keep up), failed (it "
     "refused), not_configured, not_wanted (doNotStore)."},
    {"dss_feedback_queued", kGauge, "", "Feedback that waits for the database."},
};

constexpr Spec kPersonal[] = {
    {"dss_personal_entities_total", kCounter, "kind",
     "Personal data found by POST /anonymize and by the masking that privacy.mask asks for."},
};

constexpr Spec kTraces[] = {
    {"dss_trace_spans_total", kCounter, "result",
     "Spans by what became of them: sent, dropped (the queue was full, or the server ended), "
     "failed (the collector refused them)."},
};

constexpr Spec kMachine[] = {
    {"dss_heap_allocated_bytes", kGauge, "",
     "Memory that the program has allocated from the C library and not freed; flat where nothing "
     "leaks. Weights and connections' buffers, which are mapped, are not in it."},
    {"dss_cgroup_periods_total", kCounter, "throttled",
     "CPU scheduling periods of the control group, by whether it hit its limit."},
    {"dss_cgroup_throttled_seconds_total", kCounter, "",
     "Time for which the control group was held at its CPU limit."},
    {"dss_cpu_pressure_waiting_seconds_total", kCounter, "",
     "Time in which some task of the machine waited for a CPU."},
};

/// Their bounds are computed, so they cannot stand in a constant table.
std::vector<Spec> durations() {
  return {
      {"dss_request_duration_seconds", kHistogram, "handler,model_type",
       "Time from the request line to the answer, of requests that a model took part in.",
       bounds::fine_seconds(), true},
      {"dss_stage_duration_seconds", kHistogram, "model_type,stage",
       "Time of one stage of scoring: parse, normalize, language, tokenize, queue, infer, "
       "postprocess.",
       bounds::fine_seconds(), true},
      {"dss_event_loop_lag_seconds", kHistogram, "",
       "Time for which what was ready on an event loop waited for its turn, measured every few "
       "milliseconds while texts to score come: what a request waits before it is read.",
       bounds::fine_seconds()},
  };
}

std::vector<Spec> all() {
  std::vector<Spec> out;
  const auto append = [&](std::span<const Spec> part) {
    out.insert(out.end(), part.begin(), part.end());
  };
  append(kProcess);
  append(kDocumented);
  append(kHttp);
  append(durations());
  append(kServing);
  append(kBatches);
  append(kInput);
  append(kDrift);
  append(kModels);
  append(kFeedback);
  append(kPersonal);
  append(kTraces);
  append(kMachine);
  return out;
}

}  // namespace

std::span<const Spec> catalogue() {
  static const std::vector<Spec> families = all();
  return families;
}

}  // namespace dss::metrics
