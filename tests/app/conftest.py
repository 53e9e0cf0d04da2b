"""`dss` as a user meets it: a program with arguments, an environment, standard input and output."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
MODELS = ROOT / "models"


def clean_environment(**extra):
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}
    return {**kept, **extra}


@pytest.fixture(scope="session")
def binary():
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is missing; build it first or name it with DSS_BINARY")
    return str(BINARY)


@pytest.fixture
def dss(binary, tmp_path):
    """dss(*arguments, stdin=bytes, env={...}) → the finished process, with text in stdout and stderr."""

    def run(*arguments, stdin=b"", env=None):
        finished = subprocess.run(
            [binary, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=clean_environment(**(env or {})),
            timeout=60,
            check=False,
        )
        finished.stdout = finished.stdout.decode()
        finished.stderr = finished.stderr.decode()
        return finished

    return run


def assert_one_line_error(finished, status, *parts):
    """One line `dss: …` on stderr that has all `parts`, nothing on stdout, this exit status."""
    assert finished.returncode == status, finished.stderr
    assert finished.stdout == ""
    lines = finished.stderr.splitlines()
    assert len(lines) == 1, finished.stderr
    assert lines[0].startswith("dss: ")
    for part in parts:
        assert part in lines[0]
