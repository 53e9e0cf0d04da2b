#!/usr/bin/env python3
"""Prints how often the language detector and CLD2 are right, by length and by language, as Markdown tables.

ninja -C build/release language_compare        # needs libcld2-dev
python3 evaluation/language/evaluate.py build/release/src/language/language_compare"""

import csv
import gzip
import pathlib
import subprocess
import sys
from collections.abc import Callable

HERE = pathlib.Path(__file__).parent
MAIN = "en fr de es pt it nl pl ru uk tr ar fa hi zh ja ko id vi sv".split()
PEER_NAMES = {"iw": "he", "zh-Hant": "zh", "un": "und"}
Rows = list[tuple[str, str]]
Answers = list[tuple[str, float, str]]


def read_set(name: str) -> Rows:
    """[(code, text)] of one .tsv file."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(code, text) for code, text in (line.split("\t", 1) for line in lines)]


def read_english(name: str, keep: Callable[[str], bool]) -> Rows:
    """English comments of an evaluation file of the toxicity models."""
    with gzip.open(HERE.parent / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        texts = [" ".join(row.get("text", row.get("test_case")).split()) for row in csv.DictReader(file)]
    return [("en", text) for text in texts if keep(text)]


def cut(rows: Rows, characters: int) -> Rows:
    """Each text up to the last white space within its first characters."""
    return [(c, t if len(t) <= characters else t[:characters].rsplit(" ", 1)[0]) for c, t in rows]


def ask(tool: str, rows: Rows) -> Answers:
    """(our code, our confidence, CLD2's code) for each text."""
    texts = "".join(text + "\n" for _, text in rows)
    output = subprocess.run([tool], input=texts.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    fields = (line.split("\t") for line in output.splitlines())
    return [(code, float(confidence), PEER_NAMES.get(peer, peer)) for code, confidence, peer, _ in fields]


def share(rows: Rows, answers: Answers, column: int) -> str:
    """'right / cannot tell / wrong' in percent."""
    right = sum(answer[column] == code for (code, _), answer in zip(rows, answers, strict=True))
    unsure = sum(answer[column] == "und" for answer in answers)
    parts = (right, unsure, len(rows) - right - unsure)
    return " / ".join(f"{100 * part / len(rows):.1f}" for part in parts)


def print_lengths(tool: str, sentences: Rows) -> None:
    """Table by length of text."""
    sets = {
        "one word": read_set("words"),
        "two words": read_set("pairs"),
        "sentences cut to 20 characters": cut(sentences, 20),
        "sentences cut to 50 characters": cut(sentences, 50),
        "whole sentences": sentences,
    }
    print("| 20 main languages | texts | ours: right / und / wrong, % | CLD2 |\n|---|---|---|---|")
    for name, rows in sets.items():
        main = [row for row in rows if row[0] in MAIN]
        answers = ask(tool, main)
        print(f"| {name} | {len(main)} | {share(main, answers, 0)} | {share(main, answers, 2)} |")


def print_languages(tool: str, sentences: Rows) -> None:
    """Table by language."""
    columns = [read_set("words"), read_set("pairs"), cut(sentences, 20), cut(sentences, 50), sentences]
    results = [(rows, ask(tool, rows)) for rows in columns]
    print("\n| right, %: ours · CLD2 | one word | two words | ≤ 20 | ≤ 50 | sentence |\n|---|---|---|---|---|---|")
    for code in dict.fromkeys(code for code, _ in sentences):
        cells = []
        for rows, answers in results:
            mine = [answer for (c, _), answer in zip(rows, answers, strict=True) if c == code]
            ours, peer = (100 * sum(answer[i] == code for answer in mine) / len(mine) for i in (0, 2))
            cells.append(f"{ours:.0f} · {peer:.0f}")
        print(f"| {code} | {' | '.join(cells)} |")


def print_english(tool: str) -> None:
    """Table of English comments, where a wrong answer costs most."""
    sets = {
        "HateCheck": read_english("hatecheck", lambda text: True),
        "Jigsaw test, 20 characters or more": read_english("jigsaw_test", lambda text: len(text) >= 20),
        "Jigsaw test, cut to 20 characters": cut(read_english("jigsaw_test", lambda text: len(text) >= 20), 20),
        "Jigsaw test, cut to 50 characters": cut(read_english("jigsaw_test", lambda text: len(text) >= 20), 50),
        "Obfuscated Jigsaw test": read_english("obfuscated_test", lambda text: len(text) >= 20),
    }
    print("\n| English comments | texts | ours: right / und / wrong, % | CLD2 |\n|---|---|---|---|")
    for name, rows in sets.items():
        answers = ask(tool, rows)
        print(f"| {name} | {len(rows)} | {share(rows, answers, 0)} | {share(rows, answers, 2)} |")


def print_calibration(tool: str, rows: Rows) -> None:
    """Table of stated confidence against the share of right answers."""
    answers = ask(tool, rows)
    print("\n| confidence | answers | right, % |\n|---|---|---|")
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 0.99), (0.99, 1.01)):
        inside = [
            code == answer[0]
            for (code, _), answer in zip(rows, answers, strict=True)
            if low <= answer[1] < high and answer[0] != "und"
        ]
        print(f"| {low:g} to {min(high, 1):g} | {len(inside)} | {100 * sum(inside) / max(len(inside), 1):.1f} |")


def print_speed(tool: str) -> None:
    """Time per text for English comments of 200 ASCII characters."""
    rows = read_english("jigsaw_test", lambda text: len(text) >= 200 and text[:200].isascii())
    texts = "".join(text[:200] + "\n" for _, text in rows)
    output = subprocess.run([tool, "--time"], input=texts.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    print(f"\n200 ASCII characters: {output.strip()}")


def main() -> None:
    """Prints all tables."""
    tool = sys.argv[1]
    sentences = read_set("sentences")
    print_lengths(tool, sentences)
    print_english(tool)
    print_languages(tool, sentences)
    print_calibration(tool, [row for row in read_set("words") + cut(sentences, 20) if row[0] in MAIN])
    print_speed(tool)


if __name__ == "__main__":
    main()
