"""The faster rules are the deployed ones with other durations, and nothing else."""

import re

import configuration
from scaling import scaled

RULES = configuration.RULES.read_text(encoding="utf-8")
DURATION = re.compile(r"(?<=[\[ ])\d+[smhd](?=\]|$)", re.MULTILINE)


def test_by_one_nothing_changes():
    assert scaled(RULES, 1) == RULES


def test_only_durations_change():
    faster = scaled(RULES, 60)
    assert DURATION.sub("", faster) == DURATION.sub("", RULES)
    assert faster.count("[60s]") == RULES.count("[1h]")


def test_windows_keep_room_for_some_scrapes_and_no_duration_grows():
    text = "- expr: rate(x[5m]) + rate(x[3s])\n  for: 0m\n  interval: 30s\n"
    assert scaled(text, 1000) == "- expr: rate(x[5s]) + rate(x[3s])\n  for: 0s\n  interval: 1s\n"
