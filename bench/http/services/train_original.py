"""Trains the model of the original's stack: TF-IDF of words and pairs of words, logistic regression.

train_original.py DATA.csv.gz MODEL.joblib
"""

import csv
import gzip
import os
import random
import sys

import joblib
from cleaning import clean
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

ROWS, SEED = 20_000, 7


def read_sample(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [(clean(row["text"]), int(row["toxic"])) for row in csv.DictReader(file) if row["toxic"] in ("0", "1")]
    return random.Random(SEED).sample(rows, min(ROWS, len(rows)))


def main(data, target):
    texts, labels = zip(*read_sample(data), strict=True)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), max_features=10_000)
    classifier = LogisticRegression(max_iter=1000, random_state=SEED)
    classifier.fit(vectorizer.fit_transform(texts), labels)
    joblib.dump((vectorizer, classifier), target + ".part")
    os.replace(target + ".part", target)


if __name__ == "__main__":
    main(*sys.argv[1:])
