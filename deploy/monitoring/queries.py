"""The three documented MQL queries, their PromQL equivalents, and why the equivalents are to be used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    title: str
    mql: str
    promql: tuple[str, ...]
    why: str


PAIRS = (
    Pair(
        "Requests per second",
        """fetch prometheus_target
| metric 'prometheus.googleapis.com/toxicity_api_requests_total/counter'
| group_by 1m, [value_toxicity_api_requests_total_sum: sum(value.toxicity_api_requests_total)]
| every 1m
| group_by [resource.cluster, metric.model_type], [value_toxicity_api_requests_total_mean: mean(value_toxicity_api_requests_total_sum)]""",  # noqa: E501
        ("sum by (cluster, model_type) (rate(toxicity_api_requests_total[1m]))",),
        "The MQL query sums requests per minute, not per second, and then takes the mean over the pods where their sum"
        " is wanted: with three pods it shows a third.",
    ),
    Pair(
        "95th percentile of the processing time",
        """fetch prometheus_target
| metric 'prometheus.googleapis.com/toxicity_processing_seconds/histogram'
| group_by 1m, [value_toxicity_processing_seconds_95: percentile(value.toxicity_processing_seconds, 95)]""",
        ("histogram_quantile(0.95, sum by (le, model_type) (rate(toxicity_processing_seconds_bucket[5m])))",),
        "The MQL query gives one line per pod; percentiles of pods cannot be averaged. PromQL merges their buckets.",
    ),
    Pair(
        "Distribution of the scores",
        """fetch prometheus_target
| metric 'prometheus.googleapis.com/toxicity_score_distribution/histogram'
| group_by [metric.le], [value_sum: sum(value.toxicity_score_distribution)]""",
        (
            "sum by (le) (increase(toxicity_score_distribution_bucket[1m]))",
            "sum(rate(toxicity_score_distribution_sum[5m])) / sum(rate(toxicity_score_distribution_count[5m]))",
        ),
        "The MQL query is invalid: on ingestion the label le is folded into one DISTRIBUTION value, so there is no"
        " column metric.le, and such a value cannot be summed. The first expression is the heat map, then the mean.",
    ),
    Pair(
        "Error ratio",
        "",
        ('sum(rate(toxicity_api_requests_total{status!="success"}[5m])) / sum(rate(toxicity_api_requests_total[5m]))',),
        'The documented widget filters status="error", a value that never occurs: the values are success,'
        " validation_error, model_error and server_error.",
    ),
)
