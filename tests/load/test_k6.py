"""k6 as generator: a real k6, built of its published module the first time."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from test_generator import Server
from test_run import missed, run_calmly

from load import generator, k6, k6_shapes
from load.answers import NOT_SENT

needs_k6 = pytest.mark.skipif(
    not (k6.HOME / "k6").exists() and shutil.which("go") is None, reason="k6 is built by Go, which is not installed"
)


def test_the_shapes_are_those_of_the_runner():
    assert k6_shapes.FILE.read_text() == k6_shapes.document(), "python3 -m load.k6_shapes writes them anew"


def test_rows_are_held_against_the_schedule(tmp_path):
    table = tmp_path / "answers.csv"
    table.write_text(
        "metric_name,timestamp,metric_value,scenario,status,extra_tags\n"
        "http_reqs,1000000000,1,part0,200,\n"
        "asked,1000102000,2.0,part0,,answer=good&code=200&later=0\n"
        "asked,1000001000,1.0,part0,,answer=refused&code=503&later=1\n"
        "asked,1001000000,5.0,part1,,answer=failed&code=0&later=0\n"
    )
    rows = k6.read_rows(table, 2)
    assert [[row[2:] for row in part] for part in rows] == [[(503, True), (200, False)], [(0, False)]]
    part = k6.part_of(rows[0], 10.0, 3, 0.0)
    assert list(part.status) == [503, 200, NOT_SENT]
    assert list(part.retry_after) == [True, False, False]
    assert part.latency[:2] == pytest.approx([0.001, 0.002], abs=1e-4)


@needs_k6
def test_every_answer_comes_back_as_what_it_was():
    server = Server()
    kinds = ["good", "refused", "silent", "slow", "close"]
    found = k6.attack(server.port, kinds, [(50.0, 1.0), (100.0, 1.0)], generator.cores()[1])
    whole = found.whole
    assert len(found.parts) == 2 and 150 <= len(whole) <= 152
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
    result = run_calmly(tmp_path, "spike", "--generator", "k6", "--time-scale", "60")
    assert not missed(result), result.stdout + result.stderr
    figures = json.loads((tmp_path / "simple/spike.json").read_text())
    assert figures["generator"] == "k6"
    assert sum(part["offered"] > 0 for part in figures["parts"]) == len(figures["parts"])


@needs_k6
def test_the_script_teaches_by_hand():
    environment = dict(os.environ, K6_NO_COLOR="true")

    def said(*variables):
        command = [k6.program(), "run", "--no-usage-report", "--address="]
        command += [part for one in variables for part in ("-e", one)]
        done = subprocess.run([*command, k6.SCRIPT], capture_output=True, text=True, env=environment, timeout=60)
        assert done.returncode != 0
        return done.stderr + done.stdout

    assert "no scenario is called nope; there are users, progressive" in said("SCENARIO=nope")
    assert "-e KNEE=requests/s" in said("SCENARIO=overload")
    # Nobody answers there: the thresholds make the exit status.
    assert "failed" in said("SCENARIO=rapid", "TIME_SCALE=60", "SCALE=0.05", "BASE=http://127.0.0.1:1")
