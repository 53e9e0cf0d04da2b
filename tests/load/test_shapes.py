"""Shapes, bodies and reports."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import answers, bodies, output, report, scenarios
from load.answers import Answers, Run


@pytest.mark.parametrize("chosen", scenarios.SCENARIOS, ids=lambda one: one.name)
def test_shapes_keep_their_rates_and_their_time(chosen):
    segments = scenarios.segments(chosen, scale=2, time_scale=10, knee=400)
    factor = 800 if chosen.of_knee else 2
    assert max(rate for rate, _ in segments) == pytest.approx(factor * max(rate for rate, _ in chosen.shape))
    wanted = sum(seconds for _, seconds in chosen.shape) / 10
    assert sum(seconds for _, seconds in segments) >= wanted - 1e-9
    assert all(rate >= 1 and seconds >= 1 for rate, seconds in segments)


def test_overload_is_held_for_ten_seconds_however_time_is_scaled():
    overload = next(one for one in scenarios.SCENARIOS if one.overload)
    assert max(scenarios.segments(overload, 1, 1000, 50)) == (75, 10)


def test_a_schedule_has_no_pause_between_its_parts():
    due = answers.schedule([(10.0, 1.0), (100.0, 0.5), (2.5, 1.0)])
    assert [len(part) for part in due] == [10, 50, 3] == answers.counts([(10.0, 1.0), (100.0, 0.5), (2.5, 1.0)])
    assert [part[0] for part in due] == pytest.approx([0, 1, 1.5])
    assert due[0][-1] == pytest.approx(0.9)


def test_bodies_vary_and_are_the_same_in_every_run():
    lines = bodies.documents("simple", "", count=200)
    assert len(set(lines)) == 200
    assert lines == bodies.documents("simple", "", count=200)


def test_mixes_hold_what_they_say():
    models = bodies.documents("bert", "models", count=1000)
    assert 0.15 < sum('"bert"' in line for line in models) / 1000 < 0.25
    lengths = [len(line) for line in bodies.documents("bert", "lengths", count=1000)]
    assert max(lengths) > 4000 and min(lengths) < 200


def test_a_report_needs_nothing_else():
    x = np.arange(10.0)
    text = report.page(
        "a & b", ["<fact>"], [(False, "x < y")], [{"n": 1}], [report.plot("p", "ms", {"a": (x, x)}, "s")]
    )
    assert "http" not in text and "<fact>" not in text and "&lt;fact&gt;" in text
    assert "class=bad>does not hold" in text and "<polyline" in text


def test_a_plots_points_lie_inside_its_frame():
    x = np.array([0.0, 100000.0])
    text = report.plot("p", "ms", {"a": (x, x)}, "s")
    points = [tuple(map(float, one.split(","))) for one in text.split('points="')[1].split('"')[0].split()]
    assert all(0 <= a <= report.WIDTH - report.RIGHT and 0 <= b <= report.HEIGHT for a, b in points)


def test_annotations_are_regions_one_behind_the_other():
    none = Answers(*(np.zeros(0),) * 6)
    run = Run(1000.0, ((10.0, 2.0), (20.0, 3.0)), (none, none), 0.1)
    first, second = output.annotations(run, "steps", "bert")
    assert (first["time"], first["timeEnd"], second["time"], second["timeEnd"]) == (1000000, 1002000, 1002000, 1005000)
    assert second["tags"] == ["load", "steps", "bert"] and "20 requests/s" in second["text"]
