"""The table that a run leaves."""

from table import markdown

DOCUMENT = "| attack | what must hold |\n|---|---|\n| slowloris | each ended with 408 | 1 | 0 | 1.0 → 2.0 | – |\n"


def figures(attacked, **counts):
    return {"requests": 30000, "lost": 0, "baseline_ms": 1.04, "attacked_ms": attacked, "attack": counts}


def test_a_row_is_the_last_attempt_and_keeps_what_must_hold():
    text = markdown([("slowloris", figures(99.0)), ("slowloris", figures(2.55, **{"408": 7915}))], DOCUMENT)
    assert "| slowloris | each ended with 408 | 30,000 | 0 | 1.0 → 2.5 | 7,915 × 408 |\n" in text
    assert text.count("slowloris") == 1


def test_what_has_no_clients_beside_it_is_a_line():
    assert "- clocks: jumps 3" in markdown([("clocks", {"jumps": 3})], DOCUMENT)
