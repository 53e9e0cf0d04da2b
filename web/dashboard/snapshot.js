// What the page keeps of a scrape.
import { select, total, totals } from "./selection.js";

/** The families that are asked for. */
export const FAMILIES = [
  "process_resident_memory_bytes",
  "process_start_time_seconds",
  "process_cpu_seconds_total",
  "process_open_fds",
  "process_max_fds",
  "toxicity_api_requests_total",
  "toxicity_api_active_users",
  "http_requests_total",
  "http_requests_inprogress",
  "dss_request_duration_seconds",
  "dss_stage_duration_seconds",
  "dss_build_info",
  "dss_open_connections",
  "dss_requests_rejected_total",
  "dss_cancelled_total",
  "dss_queue_depth",
  "dss_queue_capacity",
  "dss_oldest_queued_seconds",
  "dss_workers",
  "dss_workers_busy",
  "dss_batch_size",
  "dss_language_total",
  "dss_toxicity_level_total",
  "dss_scores_total",
  "dss_score_drift_psi",
  "dss_score_reference_share",
  "dss_model_info",
  "dss_model_loaded",
  "dss_model_memory_bytes",
];

function countersOf(samples) {
  return {
    statuses: totals(samples, "http_requests_total", "status"),
    outcomes: totals(samples, "toxicity_api_requests_total", "model_type", "status"),
    latency: totals(samples, "dss_request_duration_seconds_bucket", "model_type", "le"),
    stageSeconds: totals(samples, "dss_stage_duration_seconds_sum", "model_type", "stage"),
    stageCounts: totals(samples, "dss_stage_duration_seconds_count", "model_type", "stage"),
    scores: totals(samples, "dss_scores_total", "model_type", "score_le"),
    levels: totals(samples, "dss_toxicity_level_total", "level"),
    languages: totals(samples, "dss_language_total", "lang"),
    refusals: totals(samples, "dss_requests_rejected_total", "reason"),
    cancelled: total(samples, "dss_cancelled_total") ?? 0,
    batches: total(samples, "dss_batch_size_count") ?? 0,
    sequences: total(samples, "dss_batch_size_sum") ?? 0,
    cpuSeconds: total(samples, "process_cpu_seconds_total") ?? 0,
  };
}

function modelsOf(samples) {
  const drift = totals(samples, "dss_score_drift_psi", "model_type", "window");
  return select(samples, "dss_model_info").map(({ labels }) => ({
    name: labels.model_type,
    version: labels.version,
    format: labels.format,
    sha256: labels.sha256,
    loaded: total(samples, "dss_model_loaded", { model_type: labels.model_type }) === 1,
    memoryBytes: total(samples, "dss_model_memory_bytes", { model_type: labels.model_type }),
    drift: drift[labels.model_type] ?? {},
  }));
}

function gaugesOf(samples) {
  return {
    memoryBytes: total(samples, "process_resident_memory_bytes"),
    openFiles: total(samples, "process_open_fds"),
    mostFiles: total(samples, "process_max_fds"),
    connections: total(samples, "dss_open_connections"),
    clients: total(samples, "toxicity_api_active_users"),
    inProgress: total(samples, "http_requests_inprogress"),
    queueTokens: total(samples, "dss_queue_depth"),
    queueCapacity: total(samples, "dss_queue_capacity"),
    oldestSeconds: total(samples, "dss_oldest_queued_seconds"),
    workers: total(samples, "dss_workers"),
    workersBusy: total(samples, "dss_workers_busy"),
  };
}

/**
 * `at`: when the scrape came, seconds on the page's steady clock; `serverTime`: the server's own time then, seconds since the
 * epoch. Counters are sums since the process started; a gauge that the server does not have is undefined.
 */
export function snapshotOf(samples, at, serverTime) {
  const started = total(samples, "process_start_time_seconds");
  return {
    at,
    started,
    uptime: Math.max(1, serverTime - started),
    build: select(samples, "dss_build_info")[0]?.labels ?? {},
    counters: countersOf(samples),
    gauges: gaugesOf(samples),
    models: modelsOf(samples),
    reference: totals(samples, "dss_score_reference_share", "model_type", "score_le"),
  };
}
