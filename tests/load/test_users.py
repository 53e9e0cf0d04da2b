"""The original's users, 50 of them, with Locust: no failure, and P99 within 20 ms."""

import csv
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
P99_MILLISECONDS = 20
ATTEMPTS = 3  # on a machine that does other work at the same time


@pytest.fixture
def url():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [ROOT / "build/release/dss", "serve", "--port", str(port), "--log-level", "error"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
        assert server.poll() is None and time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(30)


def drive(url: str) -> dict[str, str]:
    """Locust's row over all requests."""
    sizes = {"USERS": "50", "SPAWN_RATE": "25", "RUN_TIME": "15s"}
    run = subprocess.run(
        ["bash", ROOT / "load/run_tests.sh", url], capture_output=True, text=True, timeout=400, env=os.environ | sizes
    )
    assert run.returncode == 0, run.stdout + run.stderr
    with (ROOT / "build/load/locust/chosen_stats.csv").open() as file:
        return next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")


def test_fifty_users_are_served_within_twenty_milliseconds(url):
    for _ in range(ATTEMPTS):
        row = drive(url)
        assert int(row["Failure Count"]) == 0
        assert int(row["Request Count"]) > 200
        if float(row["99%"]) <= P99_MILLISECONDS:
            return
    if os.getloadavg()[0] > len(os.sched_getaffinity(0)):
        pytest.skip(f"P99 was {row['99%']} ms while more programs wanted to run than there are processors")
    assert float(row["99%"]) <= P99_MILLISECONDS
