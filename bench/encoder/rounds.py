"""Rounds: ours and the peers take turns, so that whatever else the machine does meets all of them."""

import sys
from dataclasses import dataclass, field

from bench.encoder.cases import Case
from bench.encoder.contenders import Choice, Engine, PeerFailed, Row

OURS = "ours"
TRIAL_SECONDS = 0.1
TRIAL_MARGIN = 0.95
"""A choice is timed in the rounds when its trial came so near to the fastest of its row."""
WARMUP = 0.03


@dataclass(frozen=True)
class Measured:
    """One turn. `operations` in int8 products, and the peak of all cores together, measured beside it: ours only."""

    tokens: int
    seconds: float
    operations: int = 0
    peak_gops: float = 0.0

    @property
    def rate(self) -> float:
        return self.tokens / self.seconds

    @property
    def peak_fraction(self) -> float:
        return self.operations / (self.seconds * self.peak_gops * 1e9) if self.peak_gops else 0.0


@dataclass
class Result:
    """Turns of one case, round by round, by row; `labels`: the choice that each row's turns are of."""

    case: Case
    turns: dict[str, list[Measured]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def together(answers: list[dict], cores: int = 1) -> Measured:
    """What processes at the same time did: their tokens over the longest of their times. Each answer's `peak_gops` is
    that of one core, and `cores` is how many each process has."""
    return Measured(
        sum(one["tokens"] for one in answers),
        max(one["seconds"] for one in answers),
        sum(one.get("operations", 0) for one in answers),
        sum(one.get("peak_gops", 0) * cores for one in answers),
    )


def take_turn(contender: Choice | Engine, case: Case, seconds: float) -> Measured:
    request = contender.request(case.lengths) | {"seconds": seconds, "warmup": WARMUP}
    return together(contender.team.ask(request), contender.cores if isinstance(contender, Engine) else 1)


def choose(row: Row, case: Case, at_most: int) -> list[Choice]:
    """Trials of all choices; the fastest, and up to `at_most` of those within a few per cent of it."""
    short, rates = case.shortened(), {}
    for choice in row.choices(case):
        try:
            rates[choice] = take_turn(choice, short, TRIAL_SECONDS).rate
        except PeerFailed as failure:
            print(f"bench: left out: {failure}", file=sys.stderr)
    ordered = sorted(rates, key=rates.get, reverse=True)
    return [choice for choice in ordered if rates[choice] >= TRIAL_MARGIN * rates[ordered[0]]][:at_most]


def run_case(engine: Engine | None, rows: list[Row], case: Case, rounds: int, seconds: float, at_most: int) -> Result:
    """`rounds` turns of each, in an order that is reversed every round; of a row the fastest choice."""
    contenders = [(OURS, engine)] if engine else []
    for row in rows:
        contenders += [(row.name, choice) for choice in choose(row, case, at_most)]
    turns = {contender: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            turns[contender].append(take_turn(contender[1], case, seconds))
    return best_of(case, turns)


def best_of(case: Case, turns: dict) -> Result:
    result = Result(case)
    for (name, contender), measured in sorted(turns.items(), key=lambda item: middle_rate(item[1])):
        result.turns[name] = measured
        result.labels[name] = contender.label if isinstance(contender, Choice) else ""
    return result


def middle_rate(turns: list[Measured]) -> float:
    return sorted(turn.rate for turn in turns)[len(turns) // 2]
