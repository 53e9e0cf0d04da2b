"""Precision, recall and F2 by kind."""

import collections
import dataclasses

from evaluation.personal.sentences import Sentence, Span

LEAST_OVERLAP = 0.5


@dataclasses.dataclass
class Counts:
    gold: int = 0
    found: int = 0  # of the gold ones
    reported: int = 0
    right: int = 0  # of the reported ones

    @property
    def precision(self) -> float:
        return self.right / self.reported if self.reported else float("nan")

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else float("nan")

    @property
    def f2(self) -> float:
        """F-measure that weighs recall twice as much as precision; 0 where nothing was reported."""
        if not self.reported or not self.gold or not self.right:
            return 0.0
        return 5 * self.precision * self.recall / (4 * self.precision + self.recall)


def matched(gold: list[Span], reported: list[Span]) -> int:
    """Pairs of a gold and a reported span of one kind that share half of their characters; each span counts once."""
    pairs, left = 0, list(reported)
    for span in gold:
        best = max(left, key=span.overlap, default=None)
        if best is not None and span.overlap(best) >= LEAST_OVERLAP:
            left.remove(best)
            pairs += 1
    return pairs


def count(sentences: list[Sentence], reported: list[list[Span]]) -> dict[str, Counts]:
    """Counts by kind. A reported address on a mere place is left out."""
    counts = collections.defaultdict(Counts)
    for sentence, spans in zip(sentences, reported, strict=True):
        for kind in {span.kind for span in (*sentence.spans, *spans)}:
            gold = [span for span in sentence.spans if span.kind == kind]
            mine = [span for span in spans if span.kind == kind]
            if kind == "address":
                mine = [s for s in mine if any(s.overlap(g) > 0 for g in gold) or not _on_place(s, sentence)]
            pairs = matched(gold, mine)
            entry = counts[kind]
            entry.gold += len(gold)
            entry.reported += len(mine)
            entry.found += pairs
            entry.right += pairs
    return counts


def _on_place(span: Span, sentence: Sentence) -> bool:
    return any(span.overlap(place) > 0 for place in sentence.places)
