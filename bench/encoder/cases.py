"""What is timed: texts by their lengths in tokens, [CLS] and [SEP] included, and how a peer may batch them."""

import math
import random
from dataclasses import dataclass

MIX_TEXTS = 240
MIX_MEDIAN = 24
MIX_SIGMA = 0.75
MIX_SHORTEST, MIX_LONGEST = 4, 192
SHORT_PASS = 0.3
"""Part of the mix that stands for it while a peer's options are chosen."""


@dataclass(frozen=True)
class Case:
    """`lengths`: one pass over the texts. `batches`: sizes of padded batches, sorted by length, that a peer may use."""

    name: str
    lengths: tuple[int, ...]
    batches: tuple[int, ...]

    @property
    def tokens(self) -> int:
        return sum(self.lengths)

    @property
    def equal(self) -> bool:
        """All texts are of one length: no peer needs a mask."""
        return len(set(self.lengths)) == 1

    def shortened(self) -> "Case":
        """Fewer texts of the same kind."""
        count = max(1, round(len(self.lengths) * SHORT_PASS))
        return self if self.equal else Case(self.name, self.lengths[:count], self.batches)


def mix(count: int = MIX_TEXTS, seed: int = 7) -> tuple[int, ...]:
    """Lengths of comments: lognormal about MIX_MEDIAN, cut to MIX_SHORTEST..MIX_LONGEST."""
    chooser = random.Random(seed)
    drawn = (round(chooser.lognormvariate(math.log(MIX_MEDIAN), MIX_SIGMA)) for _ in range(count))
    return tuple(min(max(length, MIX_SHORTEST), MIX_LONGEST) for length in drawn)


def equal(count: int, length: int) -> Case:
    batches = (1,) if count == 1 else (1, 8, count) if count > 8 else (1, count)
    return Case(f"{count}x{length}", (length,) * count, batches)


ALL = (
    *(equal(1, length) for length in (8, 16, 32, 64, 128)),
    equal(8, 64),
    equal(32, 32),
    Case("mix", mix(), (1, 8, 16, 32)),
)
QUICK = tuple(case for case in ALL if case.name in ("1x16", "1x64", "8x64", "mix"))
