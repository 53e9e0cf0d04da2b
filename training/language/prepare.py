#!/usr/bin/env python3
"""Makes data/ from the `wordfreq` package: the training input that the repository keeps.

    pip download --no-deps wordfreq==3.1.1 && python3 training/language/prepare.py wordfreq-3.1.1-py3-none-any.whl

Needs the package msgpack. One line is `word <tab> frequency in centibels below 1`, most frequent first."""

import collections
import gzip
import io
import pathlib
import sys
import zipfile

import msgpack

import languages

WORDS_PER_LANGUAGE = 30_000
DATA = pathlib.Path(__file__).parent / "data"

# wordfreq writes Serbian, Croatian and Bosnian in Latin letters; Serbian in Cyrillic follows letter by letter.
SERBIAN = {
    "lj": "љ", "nj": "њ", "dž": "џ", "a": "а", "b": "б", "c": "ц", "č": "ч", "ć": "ћ", "d": "д", "đ": "ђ", "e": "е",
    "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ј", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п",
    "r": "р", "s": "с", "š": "ш", "t": "т", "u": "у", "v": "в", "z": "з", "ž": "ж",
}
WORDFREQ_NAME = {"sr": "sh"}


def read_member(wheel, name):
    return msgpack.load(io.BytesIO(gzip.decompress(wheel.read(name))), raw=False, strict_map_key=False)


def word_list(wheel, code):
    """[(word, centibels)], most frequent first; words without a letter or with a digit are left out."""
    bins = read_member(wheel, f"wordfreq/data/small_{WORDFREQ_NAME.get(code, code)}.msgpack.gz")
    header, bins = bins[0], bins[1:]
    assert header == {"format": "cB", "version": 1}, header
    words = [(word, level) for level, names in enumerate(bins) for word in names]
    return [(w, level) for w, level in words if any(c.isalpha() for c in w) and not any(c.isdigit() for c in w)]


def to_cyrillic(word):
    for latin, cyrillic in SERBIAN.items():  # digraphs come first
        word = word.replace(latin, cyrillic)
    return word


def is_cyrillic(word):
    return all("Ѐ" <= c <= "ӿ" for c in word)


def han_counts(wheel, code):
    """Frequency of each Han character; Chinese counts for the traditional forms too, wordfreq has only simplified."""
    traditional = collections.defaultdict(list)
    if code == "zh":
        for form, simplified in read_member(wheel, "wordfreq/data/_chinese_mapping.msgpack.gz").items():
            traditional[chr(form)].append(simplified)
    forms = collections.defaultdict(list)
    for form, targets in traditional.items():
        for target in targets:
            forms[target].append(form)
    counts = collections.Counter()
    for word, level in word_list(wheel, code):
        for c in word:
            if "一" <= c < "\ua000":
                for form in [c] + forms[c]:
                    if "一" <= form < "\ua000":
                        counts[form] += 10 ** (-level / 100)
    return counts


def write(name, lines):
    with gzip.GzipFile(DATA / name, "wb", compresslevel=9, mtime=0) as out:
        out.write("".join(lines).encode())


def main():
    wheel = zipfile.ZipFile(sys.argv[1])
    DATA.mkdir(exist_ok=True)
    for code in languages.SHARED_SCRIPT:
        words = word_list(wheel, code)
        if code == "sr":
            words = [(to_cyrillic(w), level) for w, level in words]
            words = [(w, level) for w, level in words if is_cyrillic(w)]
        write(f"words_{code}.tsv.gz", [f"{w}\t{level}\n" for w, level in words[:WORDS_PER_LANGUAGE]])
    for code in languages.HAN:
        counts = sorted(han_counts(wheel, code).items(), key=lambda item: (-item[1], item[0]))
        write(f"han_{code}.tsv.gz", [f"{c}\t{count:.3e}\n" for c, count in counts])


if __name__ == "__main__":
    main()
