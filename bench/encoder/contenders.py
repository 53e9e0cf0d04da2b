"""Who takes part: processes that speak the line protocol of bench/encoder/worker.py, and the rows they compete for."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

POOLS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Process:
    """One program, pinned to cores; a request is a line of JSON, so is its answer."""

    def __init__(self, name: str, command: list, cores: tuple[int, ...], threads: int, folder: Path):
        self.name = name
        pinned = ["taskset", "-c", ",".join(map(str, cores)), *map(str, command)]
        environment = os.environ | dict.fromkeys(POOLS, str(threads)) | {"PYTHONPATH": str(folder)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(pinned, env=environment, cwd=folder, **pipes)
        self.about = self.receive()

    def send(self, request: dict):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise SystemExit(f"bench: {self.name} ended with status {self.process.wait()}") from None

    def receive(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"bench: {self.name} ended with status {self.process.wait()}; its words are above")
        return json.loads(line)

    def ask(self, request: dict) -> dict:
        self.send(request)
        return self.receive()

    def stop(self):
        if self.process.poll() is None:
            try:
                self.process.communicate(json.dumps({"quit": True}) + "\n", timeout=10)
            except (subprocess.TimeoutExpired, BrokenPipeError):
                self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class Team:
    """Processes that work at the same time: one with all the cores, or one a core."""

    name: str
    processes: tuple[Process, ...]

    @property
    def about(self) -> dict:
        return self.processes[0].about

    def ask(self, request: dict) -> list[dict]:
        for process in self.processes:
            process.send(request)
        answers = [process.receive() for process in self.processes]
        for answer in answers:
            if "failed" in answer:
                raise PeerFailed(f"{self.name}: {answer['failed']}")
        return answers

    def stop(self):
        for process in self.processes:
            process.stop()


class PeerFailed(Exception):
    """A peer could not do what it was asked; the message says what its library said."""


@dataclass(frozen=True)
class Choice:
    """One way in which a row's peer can run a case."""

    team: Team
    variant: str
    batch: int

    def request(self, lengths) -> dict:
        return {"variant": self.variant, "lengths": list(lengths), "batch": self.batch}

    @property
    def label(self) -> str:
        """`variant ×texts in a batch (who)`."""
        return f"{self.variant} ×{self.batch} ({self.team.name})"


@dataclass(frozen=True)
class Row:
    """A line of the table: the fastest of its variants, batch sizes and ways of using two cores."""

    name: str
    teams: list[Team]
    variants: tuple[str, ...]
    kind: str
    """int8 · bf16 · fp32"""
    from_onnx_runtime: bool = False

    def choices(self, case) -> list[Choice]:
        return [Choice(team, name, size) for team in self.teams for name in self.variants for size in case.batches]


@dataclass(frozen=True)
class Engine:
    """Ours. It packs texts into batches of at most `batch_tokens` tokens without padding."""

    team: Team
    batch_tokens: int
    cores: int = 1

    def request(self, lengths) -> dict:
        return {"lengths": list(lengths), "batch_tokens": max(self.batch_tokens, *lengths, 0)}
