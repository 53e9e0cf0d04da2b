"""The programs that take part: their interpreters, what is prepared for them, and how they are started."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.encoder.contenders import Engine, Process, Row, Team
from bench.environment import make_environment

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "bench" / "encoder"
FOLDER = ROOT / "build" / "bench"
WITHOUT = "bench/encoder/run --peers none"
FIRST_CORE = 0
NAMES = {"openvino": "OpenVINO", "ctranslate2": "CTranslate2", "torch": "PyTorch"}
CLS_ONLY = ("int8-cls", "int8-cls-plain")
"""ONNX Runtime's graphs that compute the [CLS] row only in the last layer."""


@dataclass(frozen=True)
class Source:
    """Where a peer's packages come from. `module`: its module under bench/encoder/peers."""

    module: str
    requirements: str
    venv: str
    megabytes: int


SOURCES = {
    "ort": Source("onnxruntime", "requirements.txt", "encoder-venv", 500),
    "ort-amx": Source("onnxruntime", "requirements-amx.txt", "encoder-amx-venv", 300),
    "openvino": Source("openvino", "requirements.txt", "encoder-venv", 500),
    "ctranslate2": Source("ctranslate2", "requirements.txt", "encoder-venv", 500),
    "torch": Source("torch", "requirements-torch.txt", "encoder-torch-venv", 6000),
}
TRAINING = ROOT / ".venv-train" / "bin" / "python"
"""Training's interpreter has PyTorch too."""


@dataclass(frozen=True)
class Lineup:
    """What all programs are started with."""

    model: Path
    folder: Path
    cores: int
    isa: str


def has_amx() -> bool:
    return "amx_int8" in Path("/proc/cpuinfo").read_text()


def default_peers(isa: str) -> list[str]:
    """All that this processor can run and that are not 6 GB away. Where ours may not use AMX, ONNX Runtime's last
    version that does would be another comparison."""
    names = ["ort", "openvino", "ctranslate2"]
    if has_amx() and isa in ("auto", "amx"):
        names.insert(1, "ort-amx")
    return [*names, "torch"] if TRAINING.exists() else names


def interpreter_of(peer: str) -> Path:
    source = SOURCES[peer]
    if peer == "torch" and TRAINING.exists():
        return TRAINING
    return make_environment(FOLDER / source.venv, HERE / source.requirements, source.megabytes, WITHOUT)


def digest(paths: list[Path]) -> str:
    together = hashlib.sha256()
    for path in paths:
        together.update(path.read_bytes())
    return together.hexdigest()


def weights_hash(model: Path) -> str:
    return digest([model / "model.safetensors"])


def prepare(model: Path) -> Path:
    """The folder with the graphs and reference logits, made anew for other weights, packages or writers."""
    for name in ("config.json", "vocab.txt", "model.safetensors"):
        if not (model / name).exists():
            raise SystemExit(f"bench: {model} is no model directory: it has no {name}")
    writers = [HERE / "requirements.txt", *sorted((HERE / "graphs").glob("*.py"))]
    writers += [HERE / name for name in ("batches.py", "reference.py", "weights.py")]
    inputs = [model / "config.json", model / "vocab.txt", model / "model.safetensors"]
    folder = FOLDER / "encoder" / digest([*inputs, *writers])[:16]
    if not (folder / "complete").exists():
        print("bench: writing the graphs, once", file=sys.stderr)
        command = [interpreter_of("ort"), "-m", "bench.encoder.graphs.prepare", model, folder]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"bench: the graphs could not be written:\n{done.stderr[-2000:]}")
    return folder


def start_process(peer: str, lineup: Lineup, cores: tuple[int, ...], started: list) -> Process:
    """A worker with one thread a core. It is appended to `started`, which is to be stopped."""
    worker = [interpreter_of(peer), "-m", "bench.encoder.worker", SOURCES[peer].module]
    options = ["--model", lineup.model, "--folder", lineup.folder, "--threads", len(cores)]
    process = Process(peer, [*worker, *options], cores, len(cores), ROOT)
    started.append(process)
    return process


def teams_of(peer: str, lineup: Lineup, started: list) -> list[Team]:
    """One process with all cores' threads and, on two cores, also a process a core."""
    numbers = tuple(range(FIRST_CORE, FIRST_CORE + lineup.cores))
    threads = f"{peer}, {len(numbers)} threads" if len(numbers) > 1 else peer
    teams = [Team(threads, (start_process(peer, lineup, numbers, started),))]
    if len(numbers) > 1:
        each = tuple(start_process(peer, lineup, (core,), started) for core in numbers)
        teams.append(Team(f"{peer}, {len(numbers)} processes", each))
    return teams


def quick_rows(teams: dict[str, list[Team]]) -> list[Row]:
    """One row for all versions of ONNX Runtime with the graphs that win elsewhere; the others' int8 rows."""
    runtimes = [team for peer in teams if SOURCES[peer].module == "onnxruntime" for team in teams[peer]]
    rows = [Row("ONNX Runtime int8", runtimes, CLS_ONLY, "int8", True)] if runtimes else []
    others = [row for peer in teams if peer in NAMES for row in rows_of(peer, teams[peer])]
    return rows + [row for row in others if row.kind == "int8"]


def rows_of(peer: str, teams: list[Team]) -> list[Row]:
    version = next(iter(teams[0].about["versions"].values())).split("-")[0].split("+")[0]
    if peer not in NAMES:
        name = f"ONNX Runtime {version}"
        return [
            Row(f"{name} int8, [CLS] only", teams, CLS_ONLY, "int8", True),
            Row(f"{name} int8, tuned", teams, ("int8-tuned", "int8-tuned-plain"), "int8", True),
            Row(f"{name} int8, stock", teams, ("int8-stock",), "int8", True),
            Row(f"{name} fp32", teams, ("fp32-plain", "fp32-attention", "fp32-fused", "fp32-cls"), "fp32", True),
        ]
    variants = teams[0].about["variants"]
    return [Row(f"{NAMES[peer]} {version} {name}", teams, (name,), name.split("-")[0]) for name in variants]


def start_engine(command: list, batch_tokens: int, lineup: Lineup, started: list) -> Engine:
    """Ours, with one worker a core."""
    cores = tuple(range(FIRST_CORE, FIRST_CORE + lineup.cores))
    options = ["--model", lineup.model, "--isa", lineup.isa, "--threads", len(cores)]
    process = Process("our engine", [*command, *options], cores, len(cores), ROOT)
    started.append(process)
    return Engine(Team("ours", (process,)), batch_tokens, len(cores))
