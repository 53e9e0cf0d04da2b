#!/usr/bin/env python3
"""Makes data/: the training input that the repository keeps.

    pip download --no-deps wordfreq==3.1.1
    python3 training/language/prepare.py wordfreq-3.1.1-py3-none-any.whl training/data

The second argument is the folder with the toxicity models' training sets; only word counts of three of them are taken.
Needs the package msgpack. One line is `word <tab> frequency in centibels below 1`, most frequent first."""

import collections
import csv
import gzip
import io
import math
import pathlib
import re
import sys
import zipfile

import languages
import msgpack

WORDS_PER_LANGUAGE = 30_000
COMMENT_SETS = ["davidson", "jigsaw_natural_20k", "edos"]
COMMENT_MIN_COUNT = 4  # comments in which a word must stand: leaves out typing errors and most foreign words
DATA = pathlib.Path(__file__).parent / "data"

# wordfreq writes Serbian, Croatian and Bosnian in Latin letters; Serbian in Cyrillic follows letter by letter.
SERBIAN_DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
SERBIAN_LETTERS = str.maketrans("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж")
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


def comment_words(folder):
    """[(word, centibels)] of English comments: slang and insults as people type them. Each set has the same weight."""
    frequency = collections.Counter()
    csv.field_size_limit(1 << 30)
    for name in COMMENT_SETS:
        counts = collections.Counter()
        with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                text = re.sub(r"https?:\S+|www\.\S+|@\S+|&#?\w+;|\[\w+\]|<\w+>", " ", row["text"].lower())
                counts.update(set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text)))
        total = counts.total()
        for word, count in counts.items():
            if count >= COMMENT_MIN_COUNT:
                frequency[word] += count / total / len(COMMENT_SETS)
    levels = [(word, round(-100 * math.log10(f))) for word, f in frequency.items()]
    return sorted(levels, key=lambda item: (item[1], item[0]))


def to_cyrillic(word):
    for latin, cyrillic in SERBIAN_DIGRAPHS.items():
        word = word.replace(latin, cyrillic)
    return word.translate(SERBIAN_LETTERS)


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
    comments = comment_words(pathlib.Path(sys.argv[2]))[:WORDS_PER_LANGUAGE]
    write("comments_en.tsv.gz", [f"{word}\t{level}\n" for word, level in comments])
    for code in languages.HAN:
        counts = sorted(han_counts(wheel, code).items(), key=lambda item: (-item[1], item[0]))
        write(f"han_{code}.tsv.gz", [f"{c}\t{count:.3e}\n" for c, count in counts])


if __name__ == "__main__":
    main()
