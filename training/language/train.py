#!/usr/bin/env python3
"""Trains the detector's table from data/ and writes models/language/table.bin.

    ninja -C build/release language_features
    python3 training/language/train.py build/release/src/language/language_features

Same machine and library versions: the same bytes. Needs numpy and scipy; about three minutes on one core.

The classifier sees no word order, so its training texts are words drawn independently with their frequencies; a third
of them with the square root of their frequency, so that rare words are learnt too. Accents are dropped from some."""

import argparse
import collections
import gzip
import os
import pathlib
import struct
import subprocess
import unicodedata

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"  # a second thread would change the order of the sums

import languages  # noqa: E402
import numpy as np  # noqa: E402
import scipy.sparse as sp  # noqa: E402

HERE = pathlib.Path(__file__).parent
TABLE = HERE.parent.parent / "models" / "language" / "table.bin"

LATIN_ROWS = 49152  # as in src/language/features.h
CYRILLIC_ARABIC_ROWS = 12288
HAN_BEGIN, HAN_END = 0x4E00, 0xA000

UNACCENTED_SHARE = 0.3  # how often a word is written without its accents
ARABIC_KEYBOARD_SHARE = 0.1  # how often Persian is written with Arabic's own ya and kaf
FLAT_SHARE = 0.35  # texts drawn with the square root of the word frequencies
COMMENT_WEIGHT = 0.5  # of the words of English comments, against 1 for wordfreq's
MEAN_WORDS, MAX_WORDS = 5.5, 20
STEPS, BATCH, LEARNING_RATE, L2 = 2500, 2048, 0.02, 1e-6

# Log-odds added to a language. Most of what is submitted is expected to be English, and taking an English comment for
# another language costs more than the reverse; Russian is by far the most written language of its script. Neighbours
# that are only there so that they are not mistaken for a main language have to be clearer than it. Chosen on comments
# of the training data and on other sentences than the evaluation's.
LOG_ODDS = {"en": 2.0, "ru": 1.0} | dict.fromkeys("cs ro hu da bg sr mk ur".split(), -1.0)
# Texts are not drawn word by word: neighbouring words repeat evidence, so raw logits are too sure.
TEMPERATURE = 1.3

KANA_LOGIT = 3.0
HAN_SMOOTHING = 1e-5


def unaccented(word):
    """The word as typed on a keyboard without its accents."""
    word = word.translate(str.maketrans({"ı": "i", "đ": "d", "ł": "l", "ø": "o", "æ": "ae", "ß": "ss"}))
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def variant(code, word):
    """(the word as many people type it, how often they do)."""
    if code in languages.LATIN:
        return unaccented(word), UNACCENTED_SHARE
    if code == "fa":
        return word.replace("ی", "ي").replace("ک", "ك"), ARABIC_KEYBOARD_SHARE
    return word, 0.0


def read_frequencies(name):
    """{word: frequency} of one file of data/."""
    with gzip.open(HERE / "data" / name, "rt", encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").split("\t") for line in lines)
        return {word: 10 ** (-int(level) / 100) for word, level in pairs}


def load_words(code):
    """(words, frequencies) of one language, with the variants that people type."""
    frequencies = collections.Counter()
    for word, frequency in read_frequencies(f"words_{code}.tsv.gz").items():
        typed, share = variant(code, word)
        frequencies[word] += (1 - share) * frequency
        frequencies[typed] += share * frequency
    if code == "en":
        for word, frequency in read_frequencies("comments_en.tsv.gz").items():
            frequencies[word] += COMMENT_WEIGHT * frequency
    return list(frequencies), np.array(list(frequencies.values()))


def features(tool, script, words, rows):
    """Sparse matrix [words, rows]: how often each word has each feature, from the program's own feature extractor."""
    lines = "".join(word + "\n" for word in words).encode()
    output = subprocess.run([tool, script], input=lines, stdout=subprocess.PIPE, check=True).stdout
    numbers = np.frombuffer(output, np.uint32)
    counts = np.empty(len(words), np.int64)
    keep = np.ones(len(numbers), bool)
    at = 0
    for i in range(len(words)):
        counts[i] = numbers[at]
        keep[at] = False
        at += 1 + int(numbers[at])
    assert at == len(numbers)
    columns = numbers[keep].astype(np.int64)
    pointers = np.concatenate([[0], np.cumsum(counts)])
    return sp.csr_matrix((np.ones(len(columns), np.float32), columns, pointers), shape=(len(words), rows))


class Sampler:
    """Draws texts of random languages: a matrix [texts, words] of zeros and ones."""

    def __init__(self, lists, rng):
        self.rng = rng
        self.first = np.concatenate([[0], np.cumsum([len(f) for f in lists])])
        self.cumulative = [[np.cumsum(p) / p.sum() for p in (f, f**0.5)] for f in lists]

    def draw(self, texts):
        label = self.rng.integers(0, len(self.cumulative), texts)
        length = np.minimum(self.rng.geometric(1 / MEAN_WORDS, texts), MAX_WORDS)
        flat = self.rng.random(texts) < FLAT_SHARE
        text = np.repeat(np.arange(texts), length)
        uniform = self.rng.random(len(text))
        word = np.empty(len(text), np.int64)
        for language, distributions in enumerate(self.cumulative):
            for kind, cumulative in enumerate(distributions):
                chosen = (label[text] == language) & (flat[text] == kind)
                place = np.searchsorted(cumulative, uniform[chosen], side="right")
                word[chosen] = self.first[language] + np.minimum(place, len(cumulative) - 1)
        drawn = sp.csr_matrix((np.ones(len(text), np.float32), (text, word)), shape=(texts, self.first[-1]))
        drawn.data[:] = 1  # a word counts once, as in detection
        return label, drawn


def train(tool, script, codes, rows, seed):
    """Multinomial logistic regression with Adam: weights [rows, languages]."""
    lists = [load_words(code) for code in codes]
    by_word = features(tool, script, [word for words, _ in lists for word in words], rows)
    sampler = Sampler([frequencies for _, frequencies in lists], np.random.default_rng(seed))
    weights = np.zeros((rows, len(codes)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        label, texts = sampler.draw(BATCH)
        x = texts @ by_word
        logit = x @ weights
        p = np.exp(logit - logit.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(BATCH), label] -= 1
        gradient = x.T @ (p / BATCH) + L2 * weights
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient * gradient - square)
        rate = LEARNING_RATE * min(1, step / 100) * (1 - step / STEPS)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights - weights.mean(1, keepdims=True)


def train_han():
    """Log-odds of Japanese against Chinese for each character from HAN_BEGIN on."""
    counts = np.full((2, HAN_END - HAN_BEGIN), 0.0)
    for i, code in enumerate(languages.HAN):
        with gzip.open(HERE / "data" / f"han_{code}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                character, count = line.rstrip("\n").split("\t")
                counts[i, ord(character) - HAN_BEGIN] = float(count)
    p = counts / counts.sum(1, keepdims=True) + HAN_SMOOTHING
    return np.log(p[1] / p[0]).astype(np.float32)


def quantise(weights, clip_quantile=0.9995):
    """(int8 values, scale): weights = values * scale, with the few largest clipped."""
    scale = np.quantile(np.abs(weights[weights != 0]), clip_quantile) / 127
    return np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), float(scale)


def fnv1a(data):
    """64-bit FNV-1a checksum."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def bias(codes, first=0):
    values = np.zeros(languages.LANES, np.float32)
    for lane, code in enumerate(codes, start=first):
        values[lane] = LOG_ODDS.get(code, 0.0)
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", help="the built language_features program")
    parser.add_argument("--output", type=pathlib.Path, default=TABLE)
    args = parser.parse_args()

    latin, latin_scale = quantise(train(args.tool, "latin", languages.LATIN, LATIN_ROWS, seed=1))
    other = np.zeros((CYRILLIC_ARABIC_ROWS, languages.LANES), np.float32)
    cyrillic, arabic = languages.CYRILLIC_FIRST, languages.ARABIC_FIRST
    for script, first, codes in (("cyrillic", cyrillic, languages.CYRILLIC), ("arabic", arabic, languages.ARABIC)):
        other[:, first : first + len(codes)] = train(args.tool, script, codes, CYRILLIC_ARABIC_ROWS, seed=2)
    other, other_scale = quantise(other)
    han, han_scale = quantise(train_han(), clip_quantile=1.0)

    payload = latin.tobytes() + other.tobytes() + han.tobytes()
    header = struct.pack("<8s4I4f", b"DSSLANG\0", 1, LATIN_ROWS, CYRILLIC_ARABIC_ROWS, HAN_END - HAN_BEGIN,
                         latin_scale / TEMPERATURE, other_scale / TEMPERATURE, han_scale, KANA_LOGIT)  # fmt: skip
    header += bias(languages.LATIN).tobytes()
    header += (bias(languages.CYRILLIC, cyrillic) + bias(languages.ARABIC, arabic)).tobytes()
    header += struct.pack("<Q", fnv1a(payload))
    args.output.parent.mkdir(parents=True, exist_ok=True)
    args.output.write_bytes(header + payload)
    print(f"{args.output}: {len(header) + len(payload)} bytes")


if __name__ == "__main__":
    main()
