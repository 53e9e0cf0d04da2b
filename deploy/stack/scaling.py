"""Rules with other durations: what takes hours in production can be seen in minutes."""

import math
import re

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# A rate needs two scrapes, one second apart, and some more to be steady.
LEAST_WINDOW = 5
WINDOW = re.compile(r"(?<=\[)(\d+)([smhd])(?=\])")
WAIT = re.compile(r"(?<=for: )(\d+)([smhd])$", re.MULTILINE)
# A window's length in seconds, by which a rate becomes a number of requests.
SPAN = re.compile(r"(?<=:rate)(?P<window>(\d+)([smhd])) \* (?P<seconds>\d+)\b")
INTERVAL = re.compile(r"(?<=interval: )(\d+)([smhd])$", re.MULTILINE)


def _divided(match: re.Match, divisor: float, least: int) -> str:
    seconds = int(match[1]) * SECONDS[match[2]]
    return f"{max(min(seconds, least), math.ceil(seconds / divisor))}s"


def _span(match: re.Match, divisor: float) -> str:
    seconds = int(match["seconds"])
    return f"{match['window']} * {max(min(seconds, LEAST_WINDOW), math.ceil(seconds / divisor))}"


def scaled(rules: str, divisor: float) -> str:
    """The text of a Prometheus rules file with windows, waits, intervals and guards divided; names stay."""
    if divisor == 1:
        return rules
    rules = WINDOW.sub(lambda match: _divided(match, divisor, LEAST_WINDOW), rules)
    rules = SPAN.sub(lambda match: _span(match, divisor), rules)
    rules = WAIT.sub(lambda match: _divided(match, divisor, 1), rules)
    return INTERVAL.sub(lambda match: _divided(match, divisor, 1), rules)
