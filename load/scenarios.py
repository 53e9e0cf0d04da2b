"""The load shapes: piecewise constant rates, as fractions of the knee or in requests/s."""

from dataclasses import dataclass

from load.answers import Segment


def ramp(begin: float, end: float, seconds: float, steps: int = 12) -> list[Segment]:
    """Rates that rise (or fall) evenly, each for an equal part of the time; never zero."""
    return [(begin + (end - begin) * (i + 1) / steps, seconds / steps) for i in range(steps)]


def hold(rate: float, seconds: float) -> list[Segment]:
    return [(rate, seconds)]


@dataclass(frozen=True)
class Scenario:
    """`shape` in requests/s and seconds as asked for; with `of_knee` its rates are fractions of the knee."""

    number: int
    name: str
    title: str
    shape: tuple[Segment, ...]
    of_knee: bool = False
    mixed: str = ""  # "models": 80 % simple, 20 % bert; "lengths": 8 to 128 words, and 5,000 characters
    overload: bool = False  # refusals are expected in the second part; the first and the last are calm
    least: float = 1.0  # seconds that the hardest part lasts at least, however time is scaled; others one


def scenario(number, name, title, shape, **options) -> Scenario:
    return Scenario(number, name, title, tuple(shape), **options)


SCENARIOS = (
    scenario(1, "progressive", "0 → 500/s in 10 minutes", ramp(0, 500, 600)),
    scenario(2, "rapid", "0 → 1000/s in 2 minutes", ramp(0, 1000, 120)),
    scenario(3, "steps", "steps of 100/s up to 1000/s", [(100.0 * i, 60) for i in range(1, 11)]),
    scenario(4, "hold-300", "300/s for 30 minutes", hold(300, 1800)),
    scenario(5, "hold-500", "500/s for 10 minutes", hold(500, 600)),
    scenario(
        6,
        "spike",
        "100 → 800/s in 30 s and back",
        [*hold(100, 60), *ramp(100, 800, 30), *ramp(800, 100, 30), *hold(100, 60)],
    ),
    scenario(7, "flash-crowd", "0 → 1200/s in a minute", [*ramp(0, 1200, 60), *hold(1200, 60)]),
    scenario(8, "double-wave", "two waves of 800/s", [*ramp(100, 800, 60), *ramp(800, 100, 60)] * 2),
    scenario(9, "saturation", "20 % to 100 % of the knee", [(0.2 * i, 60) for i in range(1, 6)], of_knee=True),
    scenario(
        10,
        "overload",
        "150 % of the knee, then 50 %",
        [(0.8, 60), (1.5, 120), (0.5, 90)],
        of_knee=True,
        overload=True,
        least=10.0,
    ),
    scenario(11, "endurance", "60 % of the knee for 30 minutes", hold(0.6, 1800), of_knee=True, least=6.0),
    scenario(12, "model-mix", "80 % simple, 20 % bert", hold(0.5, 120), of_knee=True, mixed="models"),
    scenario(13, "length-mix", "8 to 128 words, and 5,000 characters", hold(0.5, 120), of_knee=True, mixed="lengths"),
)


def segments(chosen: Scenario, scale: float, time_scale: float, knee: float) -> list[Segment]:
    """What is really sent: rates times `scale` (and times the knee), seconds divided by `time_scale`."""
    factor = knee * scale if chosen.of_knee else scale
    hardest = max(rate for rate, _ in chosen.shape)
    return [
        (max(1.0, rate * factor), max(chosen.least if rate == hardest else 1.0, seconds / time_scale))
        for rate, seconds in chosen.shape
    ]
