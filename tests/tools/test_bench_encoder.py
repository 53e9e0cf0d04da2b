"""bench/encoder: its cases, ratios, tables and JSON, and a whole run with a program that stands for ours."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))

from bench.encoder import cases, contenders, report, rounds, summary, verify  # noqa: E402
from bench.encoder.rounds import OURS, Measured  # noqa: E402

EIGHT = next(case for case in cases.ALL if case.name == "8x64")


def test_the_mix_is_the_same_every_time_and_lognormal():
    lengths = cases.mix(5000)
    assert lengths == cases.mix(5000) and lengths[: cases.MIX_TEXTS] == cases.mix()
    assert statistics.median(lengths) == pytest.approx(cases.MIX_MEDIAN, abs=1.5)
    assert min(lengths) == cases.MIX_SHORTEST and max(lengths) == cases.MIX_LONGEST
    assert statistics.mean(lengths) > 1.2 * cases.MIX_MEDIAN


def test_cases_and_the_shorter_mix():
    assert [case.name for case in cases.QUICK] == ["1x16", "1x64", "8x64", "mix"]
    assert EIGHT.lengths == (64,) * 8 and EIGHT.batches == (1, 8) and EIGHT.equal
    assert EIGHT.shortened() is EIGHT
    mix = cases.ALL[-1]
    assert not mix.equal and 0.2 < mix.shortened().tokens / mix.tokens < 0.4


def turns(*rates, **ours):
    return [Measured(rate, 1.0, **ours) for rate in rates]


def result(case=EIGHT):
    ours = turns(200, 300, 250, operations=5 * 10**8, peak_gops=1.0)
    peers = {"slow": turns(50, 50, 50), "fast": turns(100, 100, 125)}
    return rounds.Result(case, {OURS: ours, **peers}, {"slow": "int8 ×1 (p)", "fast": "int8 ×8 (p)"})


def rows():
    return [contenders.Row(name, [], ("int8",), "int8", True) for name in ("slow", "fast", "absent")]


def test_ratios_are_medians_of_turns_that_stood_side_by_side():
    ratio = summary.ratio_of(result().turns[OURS], result().turns["fast"])
    assert ratio.rounds == (2, 3, 2) and ratio.median == 2 and ratio.spread == "2.00-3.00"


def test_two_processes_count_together():
    both = rounds.together([{"tokens": 10, "seconds": 2.0}, {"tokens": 30, "seconds": 4.0}])
    assert both.rate == 10 and both.peak_fraction == 0


def test_the_peak_of_one_core_counts_for_each():
    both = rounds.together([{"tokens": 1, "seconds": 1.0, "operations": 10**9, "peak_gops": 1.0}], cores=2)
    assert both.peak_fraction == 0.5


def test_our_logits_are_compared(tmp_path):
    class Ours:
        name = "ours"

        def ask(self, request):
            assert request == {"ids": [[1, 2]]}
            return [{"logits": [[1.0, 2.0, 3.1]]}]

    expected = tmp_path / "reference.json"
    expected.write_text(json.dumps({"ids": [[1, 2]], "logits": [[1.0, 2.0, 3.0]]}))
    assert verify.check_engine(contenders.Engine(Ours(), 256), expected, "int8")["error"] == pytest.approx(0.1)
    expected.write_text(json.dumps({"ids": [[1, 2]], "logits": [[3.0, 2.0, 1.0]]}))
    with pytest.raises(contenders.PeerFailed, match="ours: logits correlate"):
        verify.check_engine(contenders.Engine(Ours(), 256), expected, "int8")


def test_the_fastest_choice_stands_for_its_row():
    case, team = EIGHT, contenders.Team("p", ())
    slow, fast = (contenders.Choice(team, "int8", batch) for batch in (1, 8))
    best = rounds.best_of(case, {("row", fast): turns(5, 6, 7), ("row", slow): turns(1, 2, 30)})
    assert best.labels == {"row": "int8 ×8 (p)"} and best.turns["row"][0].tokens == 5


def test_json_has_the_best_of_onnx_runtime_by_case():
    figures = summary.as_json({"isa": "amx"}, [result()], rows(), cores=1)
    assert figures["isa"] == "amx" and figures["int8_peak_fraction"] == 0.5
    row = figures["rows"][0]
    assert row["case"] == "8x64" and row["ours_tokens_per_second"] == 250
    assert row["ort_int8_best_tokens_per_second"] == 100 and row["ort_int8_best"].startswith("fast")
    assert row["rounds"] == [2, 3, 2] and row["ratio"] == 2


def test_json_without_ours_and_without_peers():
    alone = rounds.Result(EIGHT, {OURS: result().turns[OURS]})
    assert summary.quick_row(alone, rows())["ort_int8_best_tokens_per_second"] is None
    peers = rounds.Result(EIGHT, {"fast": turns(1)}, {"fast": "x"})
    figures = summary.as_json({}, [peers], rows(), cores=2)
    assert figures["int8_peak_fraction"] is None and figures["rows"][0]["ours_tokens_per_second"] is None


def test_tables():
    text = report.render([result()], ["fast", "slow", "absent"], ["- a note"], report.markdown)
    assert "| ours | 250 |" in text and "| fast | 2.00 (2.00-3.00) |" in text and "| slow | int8 ×1 (p) |" in text
    assert "| ours, part of the int8 peak | 0.50 |" in text and "absent" not in text and text.endswith("- a note")


@pytest.mark.parametrize(
    "error, correlation, kind, good",
    [
        (5e-5, 1.0, "fp32", True),
        (2e-4, 1.0, "fp32", False),
        (0.5, 0.97, "int8", True),
        (0.5, 0.5, "int8", False),
        (0.5, float("nan"), "int8", False),
    ],
)
def test_peers_whose_logits_are_wrong_are_left_out(error, correlation, kind, good):
    assert (verify.fault_of({"error": error, "correlation": correlation}, kind) is None) is good


ENGINE = """
import json, sys
print(json.dumps({"isa": "none", "int8_peak_gops": 2.0}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request.get("quit"):
        break
    assert request["batch_tokens"] >= max(request["lengths"])
    tokens = sum(request["lengths"])
    print(json.dumps({"tokens": tokens, "seconds": 1.0, "operations": 10**9, "peak_gops": 2.0}), flush=True)
"""


def run_bench(tmp_path, program):
    script, figures = tmp_path / "engine.py", tmp_path / "figures.json"
    script.write_text(program)
    (tmp_path / "model.safetensors").touch()
    command = [ROOT / "bench/encoder/run", "--quick", "--peers", "none", "--model", tmp_path, "--json", figures]
    done = subprocess.run([*command, "--engine", f"{sys.executable} {script}"], capture_output=True, text=True)
    return done, figures


def test_a_run_of_ours_alone(tmp_path):
    done, figures = run_bench(tmp_path, ENGINE)
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text())
    assert found["isa"] == "none" and found["int8_peak_fraction"] == 0.5
    assert [row["ours_tokens_per_second"] for row in found["rows"]] == [16, 64, 512, sum(cases.mix())]


def test_an_engine_that_ends_is_told(tmp_path):
    done, figures = run_bench(tmp_path, "raise SystemExit(3)")
    assert done.returncode == 1 and "our engine ended with status 3" in done.stderr and not figures.exists()


def test_an_unknown_peer_is_refused():
    command = [ROOT / "bench/encoder/run", "--peers", "ort,tpu"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "no peer is called 'tpu'" in done.stderr
