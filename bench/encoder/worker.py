"""One peer in a process of its own: `python -m bench.encoder.worker PEER --model DIR --folder DIR --threads N`.

The first line that it prints describes it: {"peer", "versions", "variants": {name: note}}. Then each line on standard
input is answered by one line:
  {"load": variant}     → {"error": largest difference to the reference's logits, "correlation"}
  {"variant", "lengths", "batch", "seconds", "warmup"}
                        → {"tokens", "seconds"}: whole passes over the texts for about `seconds`
  {"quit": true}        → nothing; it ends
What fails is answered by {"failed": reason}.
"""

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

import numpy as np

from bench.encoder.batches import Vocabulary, batches_of, pad, texts_of
from bench.encoder.peers.peer import Setting
from bench.encoder.verify import reference_file


class Worker:
    def __init__(self, peer, setting: Setting):
        self.peer, self.setting = peer, setting
        self.vocabulary = Vocabulary.read(setting.model / "vocab.txt")
        self.loaded, self.batches = {}, {}

    def load(self, variant: str):
        """The variant, ready to run; kept."""
        if variant not in self.loaded:
            self.loaded[variant] = self.peer.load(variant)
        return self.loaded[variant]

    def verify(self, variant: str) -> dict:
        """Compares each text alone, and all in one padded batch, with the reference."""
        model = self.load(variant)
        reference = json.loads(reference_file(self.setting.folder).read_text())
        texts, expected = [np.array(ids) for ids in reference["ids"]], np.array(reference["logits"])
        groups = [[text] for text in texts] + [texts]
        found = np.concatenate([model(model.prepare(pad(group, self.vocabulary.pad))) for group in groups])
        expected = np.concatenate([expected, expected])
        correlation = float(np.corrcoef(found.ravel(), expected.ravel())[0, 1])
        return {"error": float(np.abs(found - expected).max()), "correlation": correlation}

    def prepared(self, request: dict):
        """The peer's inputs and the tokens of one pass; kept, because requests come again."""
        key = (request["variant"], tuple(request["lengths"]), request["batch"])
        if key not in self.batches:
            model = self.load(request["variant"])
            texts = texts_of(request["lengths"], self.vocabulary)
            batches = batches_of(texts, request["batch"], self.vocabulary.pad)
            self.batches[key] = [model.prepare(batch) for batch in batches], sum(batch.tokens for batch in batches)
        return self.batches[key]

    def time(self, request: dict) -> dict:
        model = self.load(request["variant"])
        inputs, tokens = self.prepared(request)
        run_for(model, inputs, request["warmup"], whole=False)
        passes, seconds = run_for(model, inputs, request["seconds"])
        return {"tokens": passes * tokens, "seconds": seconds}

    def answer(self, request: dict) -> dict:
        return self.verify(request["load"]) if "load" in request else self.time(request)


def run_for(model, inputs, seconds: float, whole: bool = True):
    """Passes done and seconds gone. Without `whole` the last pass may be cut."""
    passes, begin = 0, time.perf_counter()
    while True:
        for one in inputs:
            model(one)
            if not whole and time.perf_counter() - begin >= seconds:
                return passes, time.perf_counter() - begin
        passes += 1
        gone = time.perf_counter() - begin
        if gone >= seconds:
            return passes, gone


def serve(worker: Worker, name: str):
    def say(answer):
        print(json.dumps(answer), flush=True)

    say({"peer": name, "versions": worker.peer.versions(), "variants": worker.peer.variants()})
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("quit"):
            return
        try:
            say(worker.answer(request))
        except Exception as error:  # the peers' libraries throw what they like
            say({"failed": f"{type(error).__name__}: {error}"[:500]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="prepared graphs and reference logits")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    setting = Setting(arguments.model, arguments.folder, arguments.threads)
    module = importlib.import_module(f"bench.encoder.peers.{arguments.peer}")
    serve(Worker(module.Peer(setting), setting), arguments.peer)


if __name__ == "__main__":
    main()
