"""Shifted traffic is seen as drift, traffic like the reference is not."""

import csv
import gzip
import time

from conftest import ROOT, wait_until

ALERT = "ToxicityApiScoreDrift"
PSI = "job_model_type:dss_score_drift:psi1h"  # of 60 seconds here
MINOR, MAJOR = 0.1, 0.25


def natural_texts():
    """Comments as they came; their scores are what the card's reference histogram counts."""
    with gzip.open(ROOT / "training/data/jigsaw_natural.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def send(stack, texts):
    for at in range(0, len(texts), 500):
        assert stack.post("/analyze/batch", {"texts": texts[at : at + 500]}) == 200
        time.sleep(0.2)


def test_a_shift_of_the_scores_is_drift(stack):
    send(stack, natural_texts()[:6000])
    wait_until(lambda: "simple" in stack.query(PSI), 30, "enough scores for an index")
    time.sleep(3)
    calm = stack.query(PSI)["simple"]
    assert calm < MINOR
    # Nor was it pending at any time: to fire takes a minute here, to be pending one evaluation.
    assert stack.query(f'count_over_time(ALERTS{{alertname="{ALERT}"}}[10m])') == {}

    def shifted(condition):
        """More of the shifted texts, then the condition: they must not leave the window before it holds."""
        send(stack, [f"you are a fool and an idiot, number {number}" for number in range(500)])
        return condition()

    wait_until(lambda: shifted(lambda: stack.query(PSI)["simple"] > MAJOR), 60, "the index shows the shift")
    wait_until(
        lambda: shifted(lambda: (ALERT, "firing") in stack.receiver.received), 150, "the alert is at the webhook"
    )
