"""CTranslate2's encoder; NumPy applies the classifier to the state of [CLS]."""

import ctranslate2
import numpy as np

from bench.encoder.batches import Batch
from bench.encoder.peers import peer

TYPES = {"int8": "int8_float32", "fp32": "float32"}
"""compute_type by variant."""


class Loaded(peer.Loaded):
    def __init__(self, setting: peer.Setting, compute_type: str):
        folder = setting.folder / "ctranslate2"
        classifier = np.load(folder / "classifier.npz")
        self.weight, self.bias = classifier["weight"].T.copy(), classifier["bias"]
        self.encoder = ctranslate2.Encoder(
            str(folder), device="cpu", compute_type=compute_type, inter_threads=1, intra_threads=setting.threads
        )

    def prepare(self, batch: Batch):
        ids = ctranslate2.StorageView.from_array(batch.ids.astype(np.int32))
        return ids, ctranslate2.StorageView.from_array(batch.lengths.astype(np.int32))

    def __call__(self, prepared):
        states = np.asarray(self.encoder.forward_batch(*prepared).last_hidden_state)
        return states[:, 0] @ self.weight + self.bias


class Peer(peer.Peer):
    def versions(self):
        return {"ctranslate2": ctranslate2.__version__}

    def variants(self):
        return {name: f"compute_type={kind}" for name, kind in TYPES.items()}

    def load(self, variant):
        return Loaded(self.setting, TYPES[variant])
