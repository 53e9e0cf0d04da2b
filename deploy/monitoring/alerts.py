"""Alerts beside the service level objectives: what is broken, saturated or about to be."""

from drift import drift_group
from rules import JOB, Alert, Group, slo_groups

SELF = f'job="{JOB}"'

AVAILABILITY = [
    Alert(
        "ToxicityApiTargetDown",
        f"up{{{SELF}}} == 0",
        "2m",
        "page",
        "{{ $labels.instance }} cannot be scraped",
        "The process is gone, or /metrics refuses the collector (token, network policy).",
    ),
    Alert(
        "ToxicityApiAbsent",
        f"absent(up{{{SELF}}})",
        "5m",
        "page",
        "Nothing of the service is scraped",
        "No target has the job's name: no pods, or a selector that finds none.",
    ),
    Alert(
        "ToxicityApiNoTraffic",
        f'sum by (job) (rate(http_requests_total{{{SELF},handler="/analyze"}}[15m])) == 0',
        "30m",
        "ticket",
        "No request to /analyze for 45 minutes",
        "Look at the ingress and at the clients; quiet hours are a reason to silence this alert.",
    ),
    Alert(
        "ToxicityApiModelNotLoaded",
        f"min by (job, instance, model_type) (dss_model_loaded{{{SELF}}}) == 0",
        "2m",
        "page",
        "The model {{ $labels.model_type }} is not loaded on {{ $labels.instance }}",
        "/readyz answers 503 while a model that was asked for is missing. The log names the file.",
    ),
    Alert(
        "ToxicityApiPodNotReady",
        'min by (namespace, pod) (kube_pod_status_ready{condition="true",namespace="toxicity-api"}) == 0',
        "10m",
        "ticket",
        "{{ $labels.pod }} is not ready",
        "Needs kube-state-metrics. kubectl describe pod names the failing probe.",
    ),
    Alert(
        "ToxicityApiRestarts",
        f"changes(process_start_time_seconds{{{SELF}}}[1h]) > 2",
        "0m",
        "ticket",
        "{{ $labels.instance }} has started {{ $value }} times in an hour",
        "kubectl logs --previous shows the last words; OOMKilled stands in the pod's status.",
    ),
]

SATURATION = [
    Alert(
        "ToxicityApiMemoryNearLimit",
        f"max by (namespace, pod) (process_resident_memory_bytes{{{SELF}}})"
        " / max by (namespace, pod)"
        ' (kube_pod_container_resource_limits{resource="memory",container="toxicity-api"}) > 0.9',
        "15m",
        "ticket",
        "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit",
        "Needs kube-state-metrics. At the limit the kernel kills the process.",
    ),
    Alert(
        "ToxicityApiCpuThrottled",
        f'sum by (job, instance) (rate(dss_cgroup_periods_total{{{SELF},throttled="true"}}[5m]))'
        f" / sum by (job, instance) (rate(dss_cgroup_periods_total{{{SELF}}}[5m])) > 0.25",
        "15m",
        "ticket",
        "{{ $labels.instance }} is stopped by its CPU limit in {{ $value | humanizePercentage }} of all periods",
        "Raise or remove the CPU limit: the 99th percentile suffers long before the average does.",
    ),
    Alert(
        "ToxicityApiQueueNearlyFull",
        f"max by (job, instance) (dss_queue_depth{{{SELF}}} / dss_queue_capacity{{{SELF}}}) > 0.8",
        "5m",
        "page",
        "The encoder's queue of {{ $labels.instance }} is {{ $value | humanizePercentage }} full",
        "What comes beyond 100 % for half a second is refused with 503. More pods, or encoder.degrade.",
    ),
    Alert(
        "ToxicityApiRejecting",
        "sum by (job, reason) (rate(dss_requests_rejected_total"
        f'{{{SELF},reason=~"queue_full|overloaded|deadline|rate_limited"}}[5m]))'
        f" / ignoring (reason) group_left sum by (job) (rate(http_requests_total{{{SELF}}}[5m])) > 0.01",
        "10m",
        "ticket",
        "{{ $value | humanizePercentage }} of the requests are refused: {{ $labels.reason }}",
        "The service is smaller than its load.",
    ),
]

MODELS = [
    Alert(
        "ToxicityApiModelLoadFailure",
        f"sum by (job, instance) (increase(dss_model_load_failures_total{{{SELF}}}[15m])) > 0"
        f' or sum by (job, instance) (increase(dss_model_reloads_total{{{SELF},result="failure"}}[15m])) > 0',
        "0m",
        "ticket",
        "{{ $labels.instance }} could not load a model",
        "The model that was loaded before goes on answering. The log names file and reason.",
    ),
    Alert(
        "ToxicityApiFeedbackLost",
        f'sum by (job, result) (increase(dss_feedback_total{{{SELF},result=~"dropped|failed"}}[15m])) > 0',
        "0m",
        "ticket",
        "Feedback is lost: {{ $labels.result }}",
        "The database does not keep up, or refuses.",
    ),
]

ACCESS = [
    Alert(
        "ToxicityApiWrongCredentials",
        f'sum by (job) (rate(dss_requests_rejected_total{{{SELF},reason="unauthorized"}}[5m])) > 1',
        "10m",
        "ticket",
        "{{ $value | humanize }} requests a second have no valid key or token",
        "A client whose key has expired or was revoked, or somebody who guesses.",
    ),
]

UPKEEP = [
    Alert(
        "ToxicityApiCertificateExpires",
        f"min by (job, instance) (dss_tls_certificate_expiry_timestamp_seconds{{{SELF}}}) - time() < 14 * 86400",
        "1h",
        "ticket",
        "The TLS certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}",
        "Renew the files and send SIGHUP.",
    ),
    Alert(
        "ToxicityApiSeriesDropped",
        f"sum by (job, instance) (increase(dss_metrics_series_dropped_total{{{SELF}}}[15m])) > 0",
        "0m",
        "ticket",
        "{{ $labels.instance }} has reached a family's limit of series",
        "Numbers are missing from /metrics since.",
    ),
    Alert(
        "ToxicityApiScrapeTooLarge",
        f"max by (job, instance) (scrape_samples_scraped{{{SELF}}}) > 15000",
        "15m",
        "ticket",
        "A scrape of {{ $labels.instance }} has {{ $value }} samples",
        "From 20000 on the collectors refuse it (sampleLimit).",
    ),
    Alert(
        "ToxicityApiLogLinesLost",
        f"sum by (job, instance) (increase(dss_log_lines_dropped_total{{{SELF}}}[15m])) > 0",
        "0m",
        "ticket",
        "{{ $labels.instance }} loses log lines",
        "Whatever reads stderr does not keep up.",
    ),
    Alert(
        "ToxicityApiTraceSpansLost",
        f'sum by (job, instance, result) (increase(dss_trace_spans_total{{{SELF},result=~"dropped|failed"}}[15m])) > 0',
        "15m",
        "ticket",
        "{{ $labels.instance }} loses trace spans: {{ $labels.result }}",
        "The collector is away, refuses, or does not keep up. Requests are not held up by it.",
    ),
]


def all_groups() -> list[Group]:
    return [
        *slo_groups(),
        Group("toxicity-api-availability", "30s", AVAILABILITY),
        Group("toxicity-api-saturation", "30s", SATURATION),
        Group("toxicity-api-models", "30s", MODELS),
        drift_group(),
        Group("toxicity-api-access", "30s", ACCESS),
        Group("toxicity-api-upkeep", "30s", UPKEEP),
    ]
