"""Fixtures of the attack suite. Servers and clients are those of tests/front_door."""

import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "front_door"))

import siege
import table
from identity import make_identity
from service import BINARY, Service


@pytest.fixture(scope="session", autouse=True)
def _binary():
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is missing; build it first or name it with DSS_BINARY")
    if os.geteuid() == 0:
        # Attackers have machines of their own: here they must not win the processor by their number.
        os.setpriority(os.PRIO_PROCESS, 0, -5)


def pytest_sessionfinish():
    table.write(siege.REPORTED)


@pytest.fixture
def start():
    """start(*arguments, port=0) → a Service that ends with the test."""
    running = []

    def run(*arguments, **options):
        running.append(Service(*arguments, **options))
        return running[-1]

    yield run
    for service in running:
        service.__exit__()


@pytest.fixture
def identity(tmp_path):
    return make_identity(tmp_path)
