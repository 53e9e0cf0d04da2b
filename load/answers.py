"""What a generator brings back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

NO_ANSWER = 0  # given up after the generator's patience, or the connection ended
NOT_SENT = -1  # due, and never sent

Segment = tuple[float, float]  # (requests/s, seconds)


@dataclass(frozen=True)
class Answers:
    """One entry for each request that was due, in the order in which they were due."""

    due: np.ndarray  # seconds since the run began
    latency: np.ndarray  # seconds, from the time that was due
    late: np.ndarray  # seconds, from the time that was due to the sending
    status: np.ndarray  # of HTTP, or NO_ANSWER, or NOT_SENT
    retry_after: np.ndarray  # whether the answer said when to come back
    stalled: np.ndarray  # whether it had to wait because every connection that may be opened waited too

    def __len__(self) -> int:
        return len(self.status)

    def where(self, mask: np.ndarray) -> "Answers":
        return Answers(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))

    @property
    def good(self) -> np.ndarray:
        return (self.status >= 200) & (self.status < 300)

    @property
    def refused(self) -> np.ndarray:
        return np.isin(self.status, (429, 503))

    @property
    def ended(self) -> np.ndarray:
        """When the answer was there, in seconds since the run began."""
        return self.due + self.latency


def joined(parts: list[Answers]) -> Answers:
    return Answers(*(np.concatenate([getattr(one, name) for one in parts]) for name in Answers.__dataclass_fields__))


@dataclass(frozen=True)
class Run:
    """All that one scenario's generator did: one set of answers for each segment, in their order."""

    begun: float  # seconds since the Epoch
    segments: tuple[Segment, ...]
    parts: tuple[Answers, ...]
    busy: float  # share of its processor that the generator needed, idle spinning left out

    @cached_property
    def whole(self) -> Answers:
        return self.parts[0] if len(self.parts) == 1 else joined(list(self.parts))

    @property
    def edges(self) -> np.ndarray:
        """Begin of each part and the end of the last, in seconds since the run began."""
        return np.cumsum([0.0, *(seconds for _, seconds in self.segments)])


def counts(segments: list[Segment]) -> list[int]:
    """Requests of each segment: what both generators send."""
    return [int(rate * seconds + 0.5) for rate, seconds in segments]


def schedule(segments: list[Segment]) -> list[np.ndarray]:
    """When the requests of each segment are due, in seconds since the run began."""
    begins = np.cumsum([0.0, *(seconds for _, seconds in segments)])
    every = zip(begins, segments, counts(segments), strict=False)
    return [begin + np.arange(count) / rate for begin, (rate, _), count in every]
