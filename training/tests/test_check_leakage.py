"""The leakage checker finds what it should, names places only, and passes the data that is shipped."""

import subprocess
import sys
from pathlib import Path

import pytest

from training.check_leakage import EvaluationIndex, Place, evaluation_files, find_leaks, grams
from training.tables import COLUMNS, EVALUATION, ROOT, TRAINING_DATA, write_table

LONG = "the quick brown fox jumps over the lazy dog and then sleeps in the sun"


def index(*texts: str) -> EvaluationIndex:
    return EvaluationIndex((Place("test", i), text) for i, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    "text",
    ["Hello, World!", "hello   world", LONG, LONG.upper() + "!!!", "  " + LONG[:60], LONG + " as all dogs do"],
)
def test_repetitions_are_found(text: str) -> None:
    assert index("hello world", LONG).leak(text) is not None


@pytest.mark.parametrize("text", ["", "...", "hello", "hello worlds", "the quick brown fox", "a quick brown fox " * 3])
def test_others_pass(text: str) -> None:
    assert index("hello world", LONG, "!!!").leak(text) is None


def test_half_of_the_grams_is_the_limit() -> None:
    words = [f"w{i}" for i in range(16)]
    half = " ".join(words[:11] + [f"x{i}" for i in range(6)])  # 6 of its 12 6-grams
    less = " ".join(words[:10] + [f"x{i}" for i in range(7)])  # 5 of 12
    assert index(" ".join(words)).leak(half) == Place("test", 1)
    assert index(" ".join(words)).leak(less) is None


def test_grams_of_short_texts() -> None:
    assert grams("one two three four five") == set()
    assert len(grams("one two three four five six")) == 1


def table(path: Path, *texts: str) -> Path:
    write_table(path, [dict.fromkeys(COLUMNS, "0") | {"text": text} for text in texts])
    return path


def run(training: Path, evaluation: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "training.check_leakage", "--training", training, "--evaluation", evaluation]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_command_names_rows_and_fails(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "eval").mkdir()
    table(tmp_path / "train/a.csv.gz", "something else", "Secret words, repeated")
    table(tmp_path / "eval/b.csv.gz", "secret words repeated")
    done = run(tmp_path / "train", tmp_path / "eval")
    assert done.returncode == 1
    assert "a.csv.gz row 2 repeats b.csv.gz row 1" in done.stdout
    assert "ecret" not in done.stdout + done.stderr


def test_command_passes_clean_data_and_refuses_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "eval").mkdir()
    assert run(tmp_path / "train", tmp_path / "eval").returncode == 1
    table(tmp_path / "train/a.csv.gz", "something else")
    table(tmp_path / "eval/b.csv.gz", "secret words repeated")
    assert run(tmp_path / "train", tmp_path / "eval").returncode == 0


def test_shipped_data_is_clean() -> None:
    assert find_leaks(sorted(TRAINING_DATA.glob("*.csv.gz")), evaluation_files(EVALUATION)) == []
