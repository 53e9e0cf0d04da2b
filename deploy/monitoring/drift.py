"""Drift of the scores as rules: the population stability index of all pods' scores against the model card's reference.

PSI = Σ (a − e) · ln(a / e) over the eleven bins of a score, a the share of recent scores in a bin and e the reference's
(Siddiqi, Credit Risk Scorecards, 2006). By its convention under 0.1 nothing has changed, from 0.25 on much has. The
servers export both sides as counts and shares, so that scores of all pods are added up before they are compared, and a
pod's start takes nothing away from the window.
"""

from rules import JOB, Alert, Group, Recording

WINDOWS = ("1h", "24h")
MAJOR = 0.25
# Scores in the window below which an index would be noise: without any drift it is about 10 / scores.
LEAST_SCORES = 1000
# Shares below this are raised to it, so that an empty bin stays finite.
LEAST_SHARE = "1e-4"
WAIT = "1h"


def recordings(window: str) -> list[Recording]:
    scores = f'(increase(dss_scores_total{{job="{JOB}"}}[{window}]))'
    shares = f"job_model_type_score_le:dss_scores:share_increase{window}"
    actual = f"clamp_min({shares}, {LEAST_SHARE})"
    reference = (
        f'clamp_min(max by (job, model_type, score_le) (dss_score_reference_share{{job="{JOB}"}}), {LEAST_SHARE})'
    )
    return [
        Recording(
            shares,
            f"sum by (job, model_type, score_le) {scores} / ignoring (score_le) group_left ()"
            f" (sum by (job, model_type) {scores} > {LEAST_SCORES})",
        ),
        Recording(
            f"job_model_type:dss_score_drift:psi{window}",
            f"sum by (job, model_type) (({actual} - {reference}) * ln({actual} / {reference}))",
        ),
    ]


def alert(window: str, wait: str) -> Alert:
    return Alert(
        "ToxicityApiScoreDrift",
        f"job_model_type:dss_score_drift:psi{window} > {MAJOR}",
        wait,
        "ticket",
        "The scores of {{ $labels.model_type }} have moved away from the reference texts"
        ' (PSI {{ $value | printf "%.2f" }})',
        f"Over {MAJOR} is major drift by convention: another language, another community, or an attack.",
    )


def drift_group(windows=WINDOWS, wait: str = WAIT, interval: str = "1m") -> Group:
    """The alert looks at the first window. Tests hand in shorter windows; everything else is what is deployed."""
    rules = [rule for window in windows for rule in recordings(window)]
    return Group("toxicity-api-drift", interval, [*rules, alert(windows[0], wait)])
