"""k6 as generator: a real k6, built of its published module the first time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from test_generator import Server
from test_run import missed, run_calmly

from load import generator, k6, k6_shapes, scenarios
from load.answers import NOT_SENT
from load.server import Server as RealServer

CROSSED = 99  # k6's exit status when a threshold is

needs_k6 = pytest.mark.skipif(
    "SKIP_SETUP" in os.environ and not Path(os.environ.get("K6", "")).is_file(),
    reason="k6 is missing, and SKIP_SETUP forbids to build it",
)


def test_the_shapes_are_those_of_the_runner():
    assert k6_shapes.FILE.read_text() == k6_shapes.document(), "python3 -m load.k6_shapes writes them anew"


def test_rows_are_read_in_the_order_in_which_they_were_due(tmp_path):
    table = tmp_path / "answers.csv"
    table.write_text(
        "metric_name,timestamp,metric_value,scenario,status,extra_tags\n"
        "http_reqs,1000000000,1,plan,200,\n"
        "asked,1000302000,2.0,plan,,answer=good&code=200&later=0\n"
        "dropped_iterations,1000200000,1,plan,,\n"
        "asked,1000106000,6.0,plan,,answer=refused&code=503&later=1\n"
    )
    rows = k6.read_rows(table)
    assert [(row.status, row.retry_after) for row in rows] == [(503, True), (NOT_SENT, False), (200, False)]
    assert [row.sent for row in rows] == pytest.approx([1000.1, 1000.2, 1000.3])


def test_k6_counts_on_from_part_to_part():
    due = k6.due_times([(10.0, 0.25), (100.0, 0.1), (4.0, 1.0)])
    assert [len(part) for part in due] == [2, 10, 4]
    assert due[0] == pytest.approx([0.1, 0.2])
    assert due[1][0] == pytest.approx(0.255), "half a request was left over"
    assert due[2][0] == pytest.approx(0.35 + 0.5 / 4)


def test_latency_counts_from_the_time_that_was_due_and_dropped_ones_were_never_sent():
    due = np.array([0.1, 0.2, 0.3, 0.4])
    rows = [k6.Row(5.1, 5.3, 200, False), k6.Row(5.2, 5.2, NOT_SENT, False), k6.Row(5.35, 5.36, 503, True)]
    begun, answers = k6.answers_of(rows, due, 1)
    assert begun == pytest.approx(5.0)
    assert list(answers.status) == [200, NOT_SENT, 503, NOT_SENT]
    assert answers.latency[[0, 2]] == pytest.approx([0.2, 0.06])
    assert answers.late[[0, 2]] == pytest.approx([0, 0.05])
    assert list(answers.stalled) == [False, True, False, False], "the only user that was allowed waited for an answer"
    assert list(answers.retry_after) == [False, False, True, False]


@needs_k6
@pytest.mark.parametrize("chosen", scenarios.SCENARIOS, ids=lambda one: one.name)
def test_by_hand_k6_sends_what_the_runner_sends(chosen):
    variables = (f"SCENARIO={chosen.name}", "SCALE=2", "TIME_SCALE=30", "KNEE=50")
    flags = [part for one in variables for part in ("-e", one)]
    done = subprocess.run([k6.program(), "inspect", *flags, k6.SCRIPT], capture_output=True, text=True, check=True)
    executor = json.loads(done.stdout)["scenarios"][chosen.name]
    assert (executor["executor"], executor["timeUnit"]) == ("ramping-arrival-rate", "16m40s")
    stages = executor["stages"]
    assert stages[-1] == {"duration": "1s", "target": 0} and all(stage["duration"] == "0s" for stage in stages[::2])
    sent = [stage["target"] / 1000 for stage in stages[1:-2:2]]
    assert sent == pytest.approx([rate for rate, _ in scenarios.segments(chosen, 2, 30, 50)], abs=0.001)


@needs_k6
def test_every_answer_comes_back_as_what_it_was():
    server = Server()
    kinds = ["good", "refused", "silent", "slow", "close"]
    found = k6.attack(server.port, kinds, [(50.0, 1.0), (100.0, 1.0)], generator.cores()[1])
    whole = found.whole
    assert len(found.parts) == 2 and len(whole) == 150
    sent = whole.status != NOT_SENT
    assert sent.sum() == len(server.seen) >= 148, "k6 may drop an iteration at an edge"
    assert set(whole.status[sent]) == {200, 503}
    shares = [server.seen.count(kind) / len(server.seen) for kind in kinds]
    assert shares == pytest.approx([0.2] * 5, abs=0.03)
    assert (whole.retry_after & whole.refused).sum() == server.seen.count("refused")
    assert not whole.retry_after[whole.good].any()
    assert np.quantile(whole.latency[whole.good], 0.99) >= 0.3, "the slow ones"


@needs_k6
def test_a_short_run_holds_what_must(tmp_path):
    # With bert, whose times are longer than k6's own. k6 may be the limit, and then the report says so.
    result = run_calmly(
        tmp_path, "spike", "--generator", "k6", "--model", "bert", "--scale", "0.3", "--time-scale", "60"
    )
    wrong = [line for line in missed(result) if "the generator was not the limit" not in line]
    assert not wrong, result.stdout + result.stderr
    figures = json.loads((tmp_path / "bert/spike.json").read_text())
    assert figures["generator"] == "k6"
    assert 0 < figures["evidence"]["generator_busy"] <= 1
    told = {check["what"].split(" (")[0]: check["holds"] for check in figures["checks"]}
    assert told["client 2xx ≤ server 2xx ≤ client 2xx + given up"], result.stdout
    segments = scenarios.segments(next(one for one in scenarios.SCENARIOS if one.name == "spike"), 0.3, 60, 0)
    wanted = sum(rate * seconds for rate, seconds in segments)
    good = sum(part["goodput"] * seconds for part, (_, seconds) in zip(figures["parts"], segments, strict=True))
    assert good == pytest.approx(wanted, rel=0.05)


def by_hand(*variables):
    flags = [part for one in variables for part in ("-e", one)]
    command = [k6.program(), "run", "--address", "", "--no-usage-report", *flags, k6.SCRIPT]
    environment = dict(os.environ, K6_NO_COLOR="true")
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)


@needs_k6
def test_the_script_teaches_by_hand():
    for scenario, cure in (("nope", "there are users, progressive"), ("overload", "-e KNEE=requests/s")):
        done = by_hand(f"SCENARIO={scenario}")
        assert done.returncode not in (0, CROSSED) and cure in done.stderr


@needs_k6
def test_thresholds_make_the_exit_status():
    nobody = by_hand("SCENARIO=rapid", "TIME_SCALE=60", "SCALE=0.05", "BASE=http://127.0.0.1:1")
    assert nobody.returncode == CROSSED
    assert "http_req_failed" in nobody.stderr.split("thresholds on metrics", 1)[1]


@needs_k6
@pytest.mark.parametrize("scenario", ["model-mix", "length-mix", "rolling", "users"])
def test_what_is_no_shape_alone_runs_by_hand(scenario):
    with RealServer(generator.cores()[0]) as server:
        done = by_hand(f"SCENARIO={scenario}", f"BASE={server.url}", "KNEE=40", "SCALE=0.5", "TIME_SCALE=40")
        answered = server.scrape().sum("http_requests_total", 'handler="/analyze"', 'status="2xx"')
    assert done.returncode in (0, CROSSED), done.stderr
    # How fast answers are, and whether k6 keeps its schedule, tells of the machine too.
    crossed = done.stderr.split("thresholds on metrics", 1)[1] if done.returncode else ""
    assert "failed" not in crossed and "refused" not in crossed, crossed
    assert answered > 10
