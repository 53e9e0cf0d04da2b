"""The dashboard as data: rows of panels, each with its queries.

@S stands for the selector of the deployment, @M for the same with the chosen model, @R for the range of a rate. Each
renderer puts its own product's variables there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    expr: str
    legend: str


@dataclass(frozen=True)
class Panel:
    """`kind` is lines, stacked, heatmap or number; `unit` is one of Grafana's; `needs`: empty without it."""

    title: str
    queries: tuple[Query, ...]
    unit: str = "short"
    kind: str = "lines"
    description: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Row:
    title: str
    panels: tuple[Panel, ...]


def panel(title: str, *queries: tuple[str, str], **options) -> Panel:
    return Panel(title, tuple(Query(expr, legend) for expr, legend in queries), **options)


def quantiles(family: str, by: str, legend: str, selector: str = "@S") -> tuple[tuple[str, str], ...]:
    labels = f"le, {by}" if by else "le"
    return tuple(
        (
            f"histogram_quantile({quantile}, sum by ({labels}) (rate({family}_bucket{{{selector}}}[@R])))",
            f"{name} {legend}".strip(),
        )
        for quantile, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    )


REQUESTS = Row(
    "Requests, errors, durations",
    (
        panel(
            "Requests per second",
            ("sum by (model_type) (rate(toxicity_api_requests_total{@M}[@R]))", "{{model_type}}"),
            unit="reqps",
        ),
        panel(
            "P95 processing time",
            (
                "histogram_quantile(0.95, sum by (le, model_type) (rate(toxicity_processing_seconds_bucket{@M}[@R])))",
                "{{model_type}}",
            ),
            unit="s",
            description="The documented histogram. It starts at 10 ms: the fine one below shows what is faster.",
        ),
        panel(
            "Score distribution",
            ("sum by (le) (increase(toxicity_score_distribution_bucket{@S}[@R]))", "{{le}}"),
            kind="heatmap",
        ),
        panel(
            "Error ratio",
            (
                'sum(rate(toxicity_api_requests_total{@M,status!="success"}[@R]))'
                " / sum(rate(toxicity_api_requests_total{@M}[@R]))",
                "not success",
            ),
            unit="percentunit",
        ),
        panel("Requests in progress", ("sum(toxicity_api_requests_inprogress{@S})", "in progress")),
        panel(
            "Requests by model",
            ("sum by (model_type) (increase(toxicity_api_requests_total{@M}[@R]))", "{{model_type}}"),
            kind="stacked",
        ),
        panel(
            "Answers by status",
            ("sum by (status) (rate(http_requests_total{@S}[@R]))", "{{status}}"),
            unit="reqps",
            kind="stacked",
        ),
        panel(
            "Latency of /analyze",
            *quantiles("dss_request_duration_seconds", "model_type", "{{model_type}}", "@M"),
            unit="s",
            description="Request line to hand-over to the socket, in buckets 1.5 apart.",
        ),
        panel(
            "Answers by route",
            ("sum by (handler) (rate(http_requests_total{@S}[@R]))", "{{handler}}"),
            unit="reqps",
        ),
    ),
)

STAGES = Row(
    "Pipeline",
    (
        panel(
            "P99 of each stage",
            (
                "histogram_quantile(0.99, sum by (le, stage, model_type)"
                " (rate(dss_stage_duration_seconds_bucket{@M}[@R])))",
                "{{model_type}} {{stage}}",
            ),
            unit="s",
        ),
        panel(
            "Time spent in each stage",
            (
                "sum by (stage, model_type) (rate(dss_stage_duration_seconds_sum{@M}[@R]))",
                "{{model_type}} {{stage}}",
            ),
            unit="s",
            kind="stacked",
            description="Seconds of work and waiting per second.",
        ),
        panel(
            "Encoder batches",
            ("sum(rate(dss_batch_size_sum{@S}[@R])) / sum(rate(dss_batch_size_count{@S}[@R]))", "texts a batch"),
            ("sum(rate(dss_batch_tokens_sum{@S}[@R])) / sum(rate(dss_batch_tokens_count{@S}[@R]))", "tokens a batch"),
        ),
        panel(
            "Tokens per second",
            ("sum by (model_type) (rate(dss_tokens_total{@M}[@R]))", "{{model_type}}"),
        ),
        panel("Length of texts", *quantiles("dss_input_characters", "", "characters")),
        panel(
            "Texts not read to their end", ("sum(rate(dss_truncated_inputs_total{@S}[@R]))", "truncated"), unit="reqps"
        ),
    ),
)

SATURATION = Row(
    "Saturation",
    (
        panel(
            "Encoder queue",
            ("max by (instance) (dss_queue_depth{@S} / dss_queue_capacity{@S})", "{{instance}}"),
            unit="percentunit",
        ),
        panel("Oldest waiting text", ("max by (instance) (dss_oldest_queued_seconds{@S})", "{{instance}}"), unit="s"),
        panel(
            "Encoder workers busy",
            ("sum(dss_workers_busy{@S}) / sum(dss_workers{@S})", "busy"),
            unit="percentunit",
        ),
        panel(
            "Refused",
            ("sum by (reason) (rate(dss_requests_rejected_total{@S}[@R]))", "{{reason}}"),
            ("sum(rate(dss_cancelled_total{@S}[@R]))", "client hung up"),
            unit="reqps",
        ),
        panel(
            "Wait for the event loop",
            *quantiles("dss_event_loop_lag_seconds", "", ""),
            unit="s",
        ),
        panel("Open connections", ("sum by (instance) (dss_open_connections{@S})", "{{instance}}")),
        panel(
            "Throttled by the CPU limit",
            (
                'sum by (instance) (rate(dss_cgroup_periods_total{@S,throttled="true"}[@R]))'
                " / sum by (instance) (rate(dss_cgroup_periods_total{@S}[@R]))",
                "{{instance}}",
            ),
            unit="percentunit",
            needs="a CPU limit",
        ),
    ),
)

DECISIONS = Row(
    "Models, decisions, drift",
    (
        panel(
            "Levels",
            ("sum by (level) (rate(dss_toxicity_level_total{@M}[@R]))", "{{level}}"),
            unit="reqps",
            kind="stacked",
        ),
        panel(
            "Mean score",
            (
                "sum(rate(toxicity_score_distribution_sum{@S}[@R]))"
                " / sum(rate(toxicity_score_distribution_count{@S}[@R]))",
                "mean",
            ),
        ),
        panel(
            "Mean probability by category",
            (
                "sum by (category) (rate(dss_category_score_sum{@S}[@R]))"
                " / sum by (category) (rate(dss_category_score_count{@S}[@R]))",
                "{{category}}",
            ),
            unit="percentunit",
        ),
        panel("Languages", ("topk(8, sum by (lang) (rate(dss_language_total{@S}[@R])))", "{{lang}}"), unit="reqps"),
        panel(
            "Drift (PSI)",
            ("max by (model_type) (job_model_type:dss_score_drift:psi1h)", "{{model_type}} 1h"),
            ("max by (model_type) (job_model_type:dss_score_drift:psi24h)", "{{model_type}} 24h"),
            description="All pods together. Under 0.1 none, over 0.25 major, by convention. From 1,000 scores on.",
        ),
        panel(
            "Share of each score less its share in the reference",
            (
                "job_model_type_score_le:dss_scores:share_increase24h - on (job, model_type, score_le)"
                " max by (job, model_type, score_le) (dss_score_reference_share{@S})",
                "{{model_type}} ≤ {{score_le}}",
            ),
            unit="percentunit",
            description="The last 24 hours: which scores drift comes from.",
        ),
        panel(
            "Models loaded",
            ("sum by (model_type, version) (dss_model_info{@M})", "{{model_type}} {{version}}"),
        ),
        panel("Clients of the last 5 minutes", ("sum(toxicity_api_active_users{@S})", "clients"), kind="number"),
    ),
)

ACCESS = Row(
    "Access, personal data, tracing",
    (
        panel(
            "Refused for credentials or quotas",
            (
                "sum by (reason)"
                ' (rate(dss_requests_rejected_total{@S,reason=~"unauthorized|forbidden|rate_limited"}[@R]))',
                "{{reason}}",
            ),
            unit="reqps",
            description="401, 403 and 429: wrong or missing keys, keys without the role, quotas.",
        ),
        panel(
            "Personal data found",
            ("sum by (kind) (rate(dss_personal_entities_total{@S}[@R]))", "{{kind}}"),
            description="By POST /anonymize and by masking, per second.",
        ),
        panel(
            "Feedback",
            ("sum by (result) (rate(dss_feedback_total{@S}[@R]))", "{{result}}"),
            ("sum(dss_feedback_queued{@S})", "waiting"),
        ),
        panel(
            "Trace spans",
            ("sum by (result) (rate(dss_trace_spans_total{@S}[@R]))", "{{result}}"),
            description="Dropped: the queue was full. Failed: the collector refused them, or was not there.",
        ),
    ),
)

RUNTIME = Row(
    "Process",
    (
        panel("CPU", ("sum by (instance) (rate(process_cpu_seconds_total{@S}[@R]))", "{{instance}}"), unit="s"),
        panel(
            "Memory",
            ("process_resident_memory_bytes{@S}", "{{instance}}"),
            ("dss_heap_allocated_bytes{@S}", "{{instance}} allocated"),
            unit="bytes",
        ),
        panel(
            "Memory of the models", ("sum by (model_type) (dss_model_memory_bytes{@M})", "{{model_type}}"), unit="bytes"
        ),
        panel("Descriptors", ("process_open_fds{@S}", "{{instance}}")),
        panel("Uptime", ("time() - process_start_time_seconds{@S}", "{{instance}}"), unit="s"),
        panel(
            "Certificate ends in",
            ("min(dss_tls_certificate_expiry_timestamp_seconds{@S}) - time()", "left"),
            unit="s",
            kind="number",
            needs="TLS",
        ),
    ),
)

OBJECTIVES = Row(
    "Service level objectives",
    (
        panel(
            "Availability burn rate",
            ("max(job:http_requests_bad:ratio_rate5m) / 0.001", "5m"),
            ("max(job:http_requests_bad:ratio_rate1h) / 0.001", "1h"),
            ("max(job:http_requests_bad:ratio_rate6h) / 0.001", "6h"),
            description="1 spends the 30-day budget in 30 days; 14.4 over an hour pages.",
        ),
        panel(
            "Latency burn rate",
            (
                "max by (model_type) (job_model_type:toxicity_processing_seconds_slow:ratio_rate5m) / 0.05",
                "{{model_type}} 5m",
            ),
            (
                "max by (model_type) (job_model_type:toxicity_processing_seconds_slow:ratio_rate1h) / 0.05",
                "{{model_type}} 1h",
            ),
            description="Budget: 5 % of the answers slower than 0.1 s (simple) or 0.5 s (bert).",
        ),
    ),
)

ROWS = (REQUESTS, STAGES, SATURATION, DECISIONS, OBJECTIVES, ACCESS, RUNTIME)
