"""Fixtures that run `dss`."""

import subprocess

import pytest
from program import BINARY, clean_environment


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
