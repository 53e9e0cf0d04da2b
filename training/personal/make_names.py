"""Makes src/personal/data/*.txt: given names and surnames, with what they mean when they stand alone.

The names are those of the US Census of 1990 (public domain), as the package `names` 0.3.0 carries them, and the given
names of names_by_hand.txt. Whether a name is also a word or a place is counted in the texts of training/data: a name
that often stands there in small letters is marked `?` and counts only beside another name.

    python -m training.personal.make_names --census FOLDER
"""

import argparse
import collections
import csv
import gzip
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DATA = ROOT / "src" / "personal" / "data"
# Texts whose capital letters are their writers'.
TEXTS = ("wikipedia_talk", "jigsaw_natural", "jigsaw", "wikipedia_benign", "civil_spans")
MOST_SURNAMES = 4000
WORD = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z]+\b")
SMALL_SHARE = 0.1


def counted() -> tuple[collections.Counter, collections.Counter]:
    """How often each word stands within a sentence with a capital letter, and in small ones."""
    capital, small = collections.Counter(), collections.Counter()
    csv.field_size_limit(1 << 24)
    for name in TEXTS:
        with gzip.open(ROOT / "training" / "data" / f"{name}.csv.gz", "rt", newline="") as stream:
            for row in csv.DictReader(stream):
                for word in WORD.findall(row["text"]):
                    (capital if word[0].isupper() else small)[word.lower()] += 1
    return capital, small


def census(folder: pathlib.Path, name: str) -> list[str]:
    return [line.split()[0].lower() for line in (folder / f"dist.{name}").read_text().splitlines() if line.strip()]


def by_hand(name: str) -> list[str]:
    lines = (HERE / name).read_text().splitlines()
    return [word.lower() for line in lines if not line.startswith("#") for word in line.split()]


class Usage:
    def __init__(self, places: set[str]):
        self.capital, self.small = counted()
        self.places = places

    def is_clear(self, name: str) -> bool:
        return name not in self.places and self.small[name] <= 2 + SMALL_SHARE * self.capital[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--census", type=pathlib.Path, required=True, help="folder with dist.all.last and dist.*.first")
    folder = parser.parse_args().census
    usage = Usage(set(by_hand("places_by_hand.txt")))
    given = {*census(folder, "female.first"), *census(folder, "male.first"), *by_hand("names_by_hand.txt")}
    given = {name for name in given if len(name) > 2 and usage.small[name] <= 300}
    surnames = [name for name in census(folder, "all.last") if len(name) > 3 and name not in given]
    surnames = [name for name in surnames[:MOST_SURNAMES] if usage.is_clear(name)]
    DATA.mkdir(exist_ok=True)
    lines = [name if usage.is_clear(name) else name + "?" for name in sorted(given)]
    (DATA / "given_names.txt").write_text("\n".join(lines) + "\n")
    (DATA / "surnames.txt").write_text("\n".join(sorted(surnames)) + "\n")
    ambiguous = sum(line.endswith("?") for line in lines)
    print(f"{len(lines)} given names, {ambiguous} of them ambiguous; {len(surnames)} surnames")


if __name__ == "__main__":
    main()
