"""bench/http: what it makes of its rounds and its texts, and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "http"))

import report  # noqa: E402
import rounds  # noqa: E402
import summary  # noqa: E402
import texts  # noqa: E402
from peers import nginx  # noqa: E402


def rounds_of(*microseconds, server_busy=0.99, load_busy=1.0):
    row = {"requests": 1000, "per_second": 5e4, "p50_us": 700, "p99_us": 1500, "resident_mb": 12}
    row |= {"server_busy": server_busy, "load_busy": load_busy}
    return [{**row, "microseconds": value} for value in microseconds]


def results():
    return {
        "analyze": {"dss": rounds_of(10, 12, 30), "nginx": rounds_of(5, 6, 10), "original": rounds_of(900, 1200, 3000)},
        "livez": {"dss": rounds_of(5, 6, 6), "nginx": rounds_of(5, 5, 4)},
        "loops": {"dss": rounds_of(11, 12, 15), "dss-2-loops": rounds_of(11, 12, 30)},
    }


def test_ratios_are_medians_of_rounds_that_stood_side_by_side():
    ratios = {ratio.name: ratio for ratio in summary.ratios_of(results())}
    assert ratios["POST /analyze: dss / nginx"].rounds == (2, 2, 3)
    assert ratios["POST /analyze: dss / nginx"].median == 2
    assert ratios["GET /livez: dss / nginx"].median == 1.2
    assert ratios["POST /analyze: the original's stack / dss"].median == 100
    assert ratios["POST /analyze: two event loops / one"].median == 1


def test_a_ratio_whose_peer_was_left_out_is_not_made():
    without = results()
    del without["analyze"]["original"]
    assert len(summary.ratios_of(without)) == 3


@pytest.mark.parametrize("value, at_least, holds", [(2.4, False, True), (2.41, False, False), (60, True, True)])
def test_limits(value, at_least, holds):
    assert summary.Ratio("", (value,), 60 if at_least else 2.4, at_least=at_least).holds() is holds


def test_the_check_fails_for_a_stack_that_is_not_slow_enough():
    assert not summary.Ratio("", (59.9,), 60, at_least=True).holds()


def test_two_loops_are_held_against_one_that_shares_its_core_too():
    slow = results()
    slow["loops"]["dss-2-loops"] = rounds_of(20, 24, 30)
    assert summary.ratios_of(slow)[-1].rounds == (20 / 11, 2, 2)
    assert summary.ratios_of(slow)[-1].fails()


def test_several_generators_report_as_one():
    report = {"requests": 100, "refused": 1, "cpu_seconds": 2.0, "seconds": 3.0, "p50_us": 5, "p99_us": 9}
    slower = {**report, "seconds": 3.5, "p99_us": 20}
    both = rounds.total([json.dumps(report), json.dumps(slower)])
    assert both == {"requests": 200, "refused": 2, "cpu_seconds": 4.0, "seconds": 3.5, "p50_us": 5, "p99_us": 20}


def test_medians_say_what_limited_the_rate():
    table = summary.medians_of(
        {
            "analyze": {
                "dss": rounds_of(10, 20, 30),
                "nginx": rounds_of(5, 5, 5, server_busy=0.6),
                "epoll": rounds_of(4, 4, 4, server_busy=0.6, load_busy=0.7),
            }
        }
    )["analyze"]
    assert table["dss"]["microseconds"] == 20
    assert table["dss"]["to_nginx"] == 4
    assert table["dss"]["requests"] == 3000
    assert [table[name]["limited_by"] for name in ("dss", "nginx", "epoll")] == ["server", "generator", "machine"]


def test_shared_cores_are_named_as_the_limit():
    table = summary.medians_of({"loops": {"dss-2-loops": rounds_of(9, server_busy=1.2)}})
    assert table["loops"]["dss-2-loops"]["limited_by"] == "shared cores"


def test_the_markdown_has_a_row_for_every_peer_and_tells_what_does_not_hold():
    table, ratios = summary.medians_of(results()), summary.ratios_of(results())
    words = report.render(table, ratios, {"nginx": "nginx/1"}, ["a note"], report.markdown)
    assert "| dss | 12.00 | 2.00 | 50,000 | 700 | 1,500 | 99% | 12 | server |" in words
    assert "| POST /analyze: dss / nginx | 2.00 | 2.00-3.00 | ≤ 2.4 (goal 2) | holds |" in words
    assert "- nginx: nginx/1" in words and words.endswith("a note")
    slow = report.ratio_row(summary.Ratio("livez", (1.3,), 1.25))
    assert slow[-1] == "PASSED THE LIMIT"


def test_texts_are_distinct_and_the_same_every_time():
    comments = ["one two three four five six seven " * 20, "eight nine ten eleven twelve " * 20]
    made = texts.make_texts(comments, 200)
    assert len(set(made)) == 200 and {len(text) for text in made} == {texts.LENGTH}
    assert made == texts.make_texts(comments, 200)


def test_nginx_repeats_the_answer_without_what_its_configuration_would_read():
    assert nginx.fixed(b'{"text": "it\'s $5"}') == '{"text":"its 5"}'


@pytest.mark.parametrize("names, cause", [("dss,caddy", "no peer is called 'caddy'"), ("", "no peer is called ''")])
def test_an_unknown_peer_is_named(names, cause):
    done = subprocess.run([ROOT / "bench" / "http" / "run", "--peers", names], capture_output=True, text=True)
    assert done.returncode == 2
    assert cause in done.stderr and "original" in done.stderr


def test_every_pin_is_exact():
    lines = (ROOT / "bench" / "http" / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins and all("==" in pin for pin in pins)
