"""The server that the clients are pointed at, and the card's map written down a second time."""

import math
import os
import pathlib
import socket
import subprocess
import time

import requests

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")


class Server:
    """`dss serve` on a free port. Answers of `analyze` are those of the native protocol."""

    def __init__(self, log, *flags, certificate=None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = certificate or True
        command = [BINARY, "serve", "--port", str(self.port), *flags]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self._is_ready():
            assert self.process.poll() is None, f"the server ended with status {self.process.returncode}"
            assert time.monotonic() < deadline, "the server was not ready within 30 s"
            time.sleep(0.05)

    def _is_ready(self):
        try:
            return self.session.get(self.url + "/readyz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def post(self, path, body):
        return self.session.post(self.url + path, json=body, timeout=20)

    def probabilities(self, text, model="bert"):
        answer = self.post("/analyze", {"text": text, "model": model})
        assert answer.status_code == 200
        return answer.json()["categories"]

    def card(self, model="bert"):
        models = self.session.get(self.url + "/models/info", timeout=5).json()["models"]
        return next(one["card"] for one in models if one["name"] == model)

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


def on_scale(card, attribute, p):
    """The card's map, written down a second time: piecewise linear over the logit."""
    points = card["perspective"]["attributes"][attribute]["map"]
    p = min(max(p, 1e-6), 1 - 1e-6)
    at = math.log(p / (1 - p))
    xs, ys = points["x"], points["y"]
    for (x0, x1), (y0, y1) in zip(zip(xs, xs[1:], strict=False), zip(ys, ys[1:], strict=False), strict=True):
        if x0 <= at <= x1:
            return y0 + (at - x0) / (x1 - x0) * (y1 - y0)
    return ys[0] if at < xs[0] else ys[-1]
