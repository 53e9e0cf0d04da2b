"""ONNX Runtime with the graphs of bench/encoder/graphs, on its processor provider."""

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime

from bench.encoder.batches import Batch
from bench.encoder.graphs.catalogue import FORMS, STOCK, file_of
from bench.encoder.peers import peer


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads of one session would go on spinning while another is timed.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


class Loaded(peer.Loaded):
    """Two sessions: the graph with a mask runs only batches that are padded."""

    def __init__(self, folder: Path, variant: str, threads: int):
        self.paths = {masked: file_of(folder, variant, masked) for masked in (False, True)}
        self.threads = threads
        self.sessions = {}

    def prepare(self, batch: Batch):
        masked = batch.padded
        if masked not in self.sessions:
            self.sessions[masked] = open_session(self.paths[masked], self.threads)
        inputs = {"ids": batch.ids}
        if masked:
            kind = next(one.type for one in self.sessions[masked].get_inputs() if one.name == "mask")
            inputs["mask"] = batch.mask.astype(np.int32 if "int32" in kind else np.int64)
        return self.sessions[masked], inputs

    def __call__(self, prepared):
        session, inputs = prepared
        return session.run(None, inputs)[0]


class Peer(peer.Peer):
    def versions(self):
        return {"onnxruntime": onnxruntime.__version__}

    def variants(self):
        """Options and the SHA-256 of the graph without a mask."""
        folder = self.setting.folder
        hashes = {name: hashlib.sha256(file_of(folder, name, False).read_bytes()).hexdigest() for name in FORMS}
        return {
            name: f"{form.note}; graph {hashes[name][:12]}" + ("; quantize_dynamic" if name == STOCK else "")
            for name, form in FORMS.items()
        }

    def load(self, variant):
        return Loaded(self.setting.folder, variant, self.setting.threads)
