"""The faster rules are the deployed ones with other durations, and nothing else."""

import re

import configuration
from scaling import scaled

RULES = configuration.RULES.read_text(encoding="utf-8")
DURATION = re.compile(r"(?<=[\[ ])\d+[smhd](?=\]|$)", re.MULTILINE)

SPAN = re.compile(r"(?<= \* )\d+(?= > 100$)", re.MULTILINE)


def test_by_one_nothing_changes():
    assert scaled(RULES, 1) == RULES


def test_only_durations_change():
    faster = scaled(RULES, 60)
    assert SPAN.sub("", DURATION.sub("", faster)) == SPAN.sub("", DURATION.sub("", RULES))
    assert faster.count("[60s]") == RULES.count("[1h]")


def test_a_least_number_of_requests_is_counted_in_the_window_that_is_left():
    assert "job:http_requests:rate1h * 3600 > 100" in RULES
    faster = scaled(RULES, 60)
    assert "job:http_requests:rate1h * 60 > 100" in faster
    assert "rate1h * 3600" not in faster


def test_windows_keep_room_for_some_scrapes_and_no_duration_grows():
    text = "- expr: rate(x[5m]) + rate(x[3s])\n  for: 0m\n  interval: 30s\n"
    assert scaled(text, 1000) == "- expr: rate(x[5s]) + rate(x[3s])\n  for: 0s\n  interval: 1s\n"
