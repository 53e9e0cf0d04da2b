"""What `dss anonymize` finds."""

import json
import os
import pathlib
import subprocess

from evaluation.personal.sentences import Sentence, Span

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")


def find(sentences: list[Sentence]) -> list[list[Span]]:
    rows = "".join(json.dumps({"text": sentence.text}) + "\n" for sentence in sentences)
    command = [str(BINARY), "anonymize", "-", "--input-format", "ndjson", "--quiet"]
    out = subprocess.run(command, input=rows.encode(), stdout=subprocess.PIPE, check=True).stdout
    found = []
    for sentence, line in zip(sentences, out.splitlines(), strict=True):
        # White space around a text is no part of it.
        shift = len(sentence.text) - len(sentence.text.lstrip())
        entities = json.loads(line)["entities"]
        found.append([Span(e["kind"], e["begin"] + shift, e["end"] + shift) for e in entities])
    return found
