#!/usr/bin/env python3
"""Makes words.tsv, pairs.tsv and sentences.tsv from the test data inside Lingua's language model crates (Apache-2.0),
and english_hatecheck.tsv (CC BY 4.0) and english_jigsaw.tsv (CC BY-SA 3.0) from the
evaluation files beside this folder.

cargo vendor, or cargo fetch, of the crates lingua-LANGUAGE-language-model 1.3.0, then
python3 evaluation/language/make_sets.py DIRECTORY_WITH_THE_CRATES"""

import csv
import gzip
import pathlib
import sys

PER_LANGUAGE = 300
ENGLISH = {"english_hatecheck": "hatecheck", "english_jigsaw": "jigsaw_test"}
ENGLISH_COMMENTS = 500  # of each
LONGEST = 200  # bytes of an English comment that are kept
NAMES = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "pt": "portuguese", "it": "italian",
    "nl": "dutch", "pl": "polish", "tr": "turkish", "id": "indonesian", "vi": "vietnamese", "sv": "swedish",
    "ru": "russian", "uk": "ukrainian", "ar": "arabic", "fa": "persian", "hi": "hindi", "zh": "chinese",
    "ja": "japanese", "ko": "korean", "cs": "czech", "ro": "romanian", "hu": "hungarian", "da": "danish",
    "bg": "bulgarian", "sr": "serbian", "mk": "macedonian", "ur": "urdu", "el": "greek", "he": "hebrew", "th": "thai",
}  # fmt: skip
SETS = {"words": "single-words", "pairs": "word-pairs", "sentences": "sentences"}


def write(name: str, rows: list[str]) -> None:
    """Writes one set beside this script."""
    pathlib.Path(__file__).with_name(f"{name}.tsv").write_text("".join(rows), encoding="utf-8")


def english_comments(source: str) -> list[str]:
    """Comments of at least 20 bytes, evenly spread over an evaluation file and cut to LONGEST."""
    path = pathlib.Path(__file__).parent.parent / f"{source}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = [" ".join(row.get("text", row.get("test_case")).split()) for row in csv.DictReader(file)]
    texts = [text for text in texts if len(text.encode()) >= 20]
    chosen = texts[:: len(texts) // ENGLISH_COMMENTS][:ENGLISH_COMMENTS]
    return [f"en\t{text.encode()[:LONGEST].decode(errors='ignore')}\n" for text in chosen]


def main() -> None:
    """Takes the texts evenly spread over each file, in the file's order."""
    crates = pathlib.Path(sys.argv[1])
    for name, source in SETS.items():
        rows = []
        for code, language in NAMES.items():
            (path,) = crates.glob(f"lingua-{language}-language-model*/testdata/{source}.txt")
            texts = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            step = max(1, len(texts) // PER_LANGUAGE)
            rows += [f"{code}\t{text}\n" for text in texts[::step][:PER_LANGUAGE]]
        write(name, rows)
    for name, source in ENGLISH.items():
        write(name, english_comments(source))


if __name__ == "__main__":
    main()
