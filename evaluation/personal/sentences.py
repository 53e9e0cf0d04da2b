"""Presidio's synthetic sentences with their spans, in this project's kinds."""

import dataclasses
import gzip
import json
import pathlib

KINDS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "IBAN_CODE": "iban",
    "CREDIT_CARD": "card",
    "US_SSN": "ssn",
    "IP_ADDRESS": "ip",
    "STREET_ADDRESS": "address",
    "ADDRESS": "address",
    "PERSON": "person",
}
# Places without a street: whoever reports one as an address is neither right nor wrong.
PLACES = {"GPE", "LOCATION", "ZIP_CODE"}


@dataclasses.dataclass(frozen=True)
class Span:
    kind: str
    begin: int  # code points
    end: int

    def overlap(self, other: "Span") -> float:
        """Intersection over union, in characters."""
        common = min(self.end, other.end) - max(self.begin, other.begin)
        return max(0, common) / (max(self.end, other.end) - min(self.begin, other.begin))


@dataclasses.dataclass(frozen=True)
class Sentence:
    text: str
    spans: tuple[Span, ...]
    places: tuple[Span, ...]


def _spans(row: dict, kinds: dict[str, str]) -> tuple[Span, ...]:
    found = [s for s in row["spans"] if s["entity_type"] in kinds]
    return tuple(Span(kinds[s["entity_type"]], s["start_position"], s["end_position"]) for s in found)


def read(path: pathlib.Path) -> list[Sentence]:
    rows = json.loads(gzip.decompress(path.read_bytes()))
    places = dict.fromkeys(PLACES, "address")
    return [Sentence(row["full_text"], _spans(row, KINDS), _spans(row, places)) for row in rows]
