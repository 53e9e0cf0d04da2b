"""vegeta: an open model. Requests leave when they are due, whatever became of those before."""

import csv
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

VEGETA_MODULE = "github.com/tsenart/vegeta/v12@v12.12.0"
HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dss" / "vegeta-v12.12.0"
CONNECTIONS = 256  # kept alive; more are opened when all wait
TIMEOUT = "5s"


@dataclass(frozen=True)
class Answers:
    """One entry for each request, in the order of sending."""

    begin: np.ndarray  # seconds since the Epoch
    latency: np.ndarray  # seconds
    status: np.ndarray  # 0: no answer

    def where(self, mask: np.ndarray) -> "Answers":
        return Answers(self.begin[mask], self.latency[mask], self.status[mask])


def vegeta() -> Path:
    """The program; built of its published module the first time, which needs Go."""
    program = HOME / "vegeta"
    if not program.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        subprocess.run(["go", "install", VEGETA_MODULE], check=True, env=dict(os.environ, GOBIN=str(HOME)))
    return program


def read(path: Path) -> Answers:
    with path.open(newline="") as file:
        rows = [(int(row[0]) / 1e9, int(row[2]) / 1e9, int(row[1])) for row in csv.reader(file)]
    begin, latency, status = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0),) * 3
    order = np.argsort(begin, kind="stable")
    return Answers(begin[order], latency[order], status[order])


def attack(targets: Path, segments: list[tuple[float, float]], core: int) -> Answers:
    """Sends the segments one after another from processor `core`."""
    parts = []
    program = vegeta()
    with tempfile.TemporaryDirectory() as folder:
        for number, (rate, seconds) in enumerate(segments):
            raw, table = Path(folder) / f"{number}.bin", Path(folder) / f"{number}.csv"
            command = [
                "taskset",
                "-c",
                str(core),
                program,
                "attack",
                "-format=json",
                f"-targets={targets}",
                f"-rate={rate:.0f}",
            ]
            command += [
                f"-duration={seconds:.2f}s",
                f"-connections={CONNECTIONS}",
                f"-timeout={TIMEOUT}",
                f"-output={raw}",
            ]
            subprocess.run(command, check=True, env=dict(os.environ, GOMAXPROCS="1"))
            subprocess.run([program, "encode", "--to=csv", f"--output={table}", raw], check=True)
            parts.append(read(table))
    return Answers(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("begin", "latency", "status"))
    )
