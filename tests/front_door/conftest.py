"""Fixtures of the front door's tests."""

import pytest
from identity import make_identity
from service import BINARY, Service


@pytest.fixture(scope="session", autouse=True)
def _binary():
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is missing; build it first or name it with DSS_BINARY")


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
