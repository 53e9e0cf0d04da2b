"""A text's scores do not depend on the processor."""

import socket
import subprocess
import time
import urllib.request

from conftest import scored


def largest_difference(left, right):
    assert len(left) == len(right)
    return max(
        abs(one["categories"][name] - other["categories"][name])
        for one, other in zip(left, right, strict=True)
        for name in one["categories"]
    )


def test_the_linear_model_gives_the_same(here, arm):
    assert largest_difference(scored(here, "simple"), scored(arm, "simple")) < 1e-5


# Attention is computed in 16 or 32 bits, as the processor likes best.
def test_the_encoder_gives_nearly_the_same(here, arm):
    assert largest_difference(scored(here, "bert"), scored(arm, "bert")) < 0.02


def test_the_server_answers(arm):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*arm, "serve", "--port", str(port), "--workers", "1"], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline
                time.sleep(0.2)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/analyze",
            b'{"text": "you are a fool", "model": "bert"}',
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert b'/neon-dot"' in answer.read()
    finally:
        server.terminate()
        assert server.wait(timeout=60) == 0
