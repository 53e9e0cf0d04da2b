"""Recording and alerting rules as data.

Burn rates after the SRE Workbook, chapter 5, table 5-8: a page for 2 % of a 30-day budget in an hour or 5 % in six
hours, a ticket for 10 % in three days; the short window, a twelfth of the long one, ends the alert soon after.
"""

from dataclasses import dataclass, field

JOB = "toxicity-api"
AVAILABILITY = 0.999
FAST_ENOUGH = 0.95
# Bounds of toxicity_processing_seconds, so that the ratio is counted and not interpolated.
SLOW_AFTER = {"simple": "0.1", "bert": "0.5"}
WINDOWS = ("5m", "30m", "1h", "6h", "3d")
# (long window, short window, factor, severity)
BURN_RATES = (("1h", "5m", 14.4, "page"), ("6h", "30m", 6, "page"), ("3d", "6h", 1, "ticket"))
# Fewer requests than this in the long window decide nothing.
LEAST_REQUESTS = 100
SECONDS = {"1h": 3600, "6h": 6 * 3600, "3d": 3 * 86400}


@dataclass(frozen=True)
class Recording:
    record: str
    expr: str


@dataclass(frozen=True)
class Alert:
    """`wait` is a Prometheus duration; `severity` is page or ticket."""

    alert: str
    expr: str
    wait: str
    severity: str
    summary: str
    description: str


@dataclass(frozen=True)
class Group:
    name: str
    interval: str
    rules: list = field(default_factory=list)


def availability_recordings(window: str) -> list[Recording]:
    """Bad: answers 5xx, the full queue's 503 among them, and refusals for too many requests. 4xx are the client's."""
    requests = f'sum by (job) (rate(http_requests_total{{job="{JOB}",handler="/analyze"}}[{window}]))'
    bad = (
        f'sum by (job) (rate(http_requests_total{{job="{JOB}",handler="/analyze",status="5xx"}}[{window}]))'
        f' + sum by (job) (rate(dss_requests_rejected_total{{job="{JOB}",reason="rate_limited"}}[{window}]))'
    )
    return [
        Recording(f"job:http_requests:rate{window}", requests),
        Recording(f"job:http_requests_bad:rate{window}", bad),
        Recording(
            f"job:http_requests_bad:ratio_rate{window}",
            f"job:http_requests_bad:rate{window} / (job:http_requests:rate{window} > 0)",
        ),
    ]


def latency_recordings(window: str) -> list[Recording]:
    """Bad: answers slower than their model's bound."""
    name = "job_model_type:toxicity_processing_seconds"
    fast = " or ".join(
        "sum by (job, model_type) (rate(toxicity_processing_seconds_bucket"
        f'{{job="{JOB}",model_type="{model}",le="{bound}"}}[{window}]))'
        for model, bound in SLOW_AFTER.items()
    )
    count = f'sum by (job, model_type) (rate(toxicity_processing_seconds_count{{job="{JOB}"}}[{window}]))'
    return [
        Recording(f"{name}_count:rate{window}", count),
        Recording(f"{name}_slow:ratio_rate{window}", f"1 - ({fast}) / ({name}_count:rate{window} > 0)"),
    ]


def burn_alerts(alert: str, ratio: str, count: str, budget: float, what: str) -> list[Alert]:
    """One alert for each row of BURN_RATES. `ratio` and `count` are recorded names without their window."""
    alerts = []
    for long, short, factor, severity in BURN_RATES:
        limit = f"{factor * budget:.6g}"
        expr = (
            f"{ratio}{long} > {limit} and {ratio}{short} > {limit}"
            f" and {count}{long} * {SECONDS[long]} > {LEAST_REQUESTS}"
        )
        alerts.append(
            Alert(
                alert=f"{alert}{long}",
                expr=expr,
                wait="2m" if severity == "page" else "1h",
                severity=severity,
                summary=f"{what}: the error budget burns {factor} times too fast",
                description=f"{{{{ $value | humanizePercentage }}}} of the last {long} were bad; budget: {budget:.1%}.",
            )
        )
    return alerts


def slo_groups() -> list[Group]:
    recordings = [rule for window in WINDOWS for rule in availability_recordings(window) + latency_recordings(window)]
    alerts = burn_alerts(
        "ToxicityApiErrorBudgetBurn",
        "job:http_requests_bad:ratio_rate",
        "job:http_requests:rate",
        1 - AVAILABILITY,
        "Availability of /analyze",
    ) + burn_alerts(
        "ToxicityApiLatencyBudgetBurn",
        "job_model_type:toxicity_processing_seconds_slow:ratio_rate",
        "job_model_type:toxicity_processing_seconds_count:rate",
        1 - FAST_ENOUGH,
        "Latency of {{ $labels.model_type }}",
    )
    return [Group("toxicity-api-slo-recordings", "30s", recordings), Group("toxicity-api-slo", "30s", alerts)]
