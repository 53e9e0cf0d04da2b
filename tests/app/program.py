"""`dss` as a user meets it: a program with arguments, an environment, standard input and output."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
MODELS = ROOT / "models"


def clean_environment(**extra):
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}
    return {**kept, **extra}


def assert_one_line_error(finished, status, *parts):
    """One line `dss: …` on stderr that has all `parts`, nothing on stdout, this exit status."""
    assert finished.returncode == status, finished.stderr
    assert finished.stdout == ""
    lines = finished.stderr.splitlines()
    assert len(lines) == 1, finished.stderr
    assert lines[0].startswith("dss: ")
    for part in parts:
        assert part in lines[0]
