#!/usr/bin/env python3
"""Makes words.tsv, pairs.tsv and sentences.tsv from the test data inside Lingua's language model crates (Apache-2.0).

cargo vendor, or cargo fetch, of the crates lingua-LANGUAGE-language-model 1.3.0, then
python3 evaluation/language/make_sets.py DIRECTORY_WITH_THE_CRATES"""

import pathlib
import sys

PER_LANGUAGE = 300
NAMES = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "pt": "portuguese", "it": "italian",
    "nl": "dutch", "pl": "polish", "tr": "turkish", "id": "indonesian", "vi": "vietnamese", "sv": "swedish",
    "ru": "russian", "uk": "ukrainian", "ar": "arabic", "fa": "persian", "hi": "hindi", "zh": "chinese",
    "ja": "japanese", "ko": "korean", "cs": "czech", "ro": "romanian", "hu": "hungarian", "da": "danish",
    "bg": "bulgarian", "sr": "serbian", "mk": "macedonian", "ur": "urdu", "el": "greek", "he": "hebrew", "th": "thai",
}  # fmt: skip
SETS = {"words": "single-words", "pairs": "word-pairs", "sentences": "sentences"}


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
        pathlib.Path(__file__).with_name(f"{name}.tsv").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
