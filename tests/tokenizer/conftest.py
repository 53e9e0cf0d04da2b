"""Options and vocabularies of the comparison."""

import peer
import pytest
from lines import SCALARS

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CANNOT_BE_LINES = "\0\n\r"


def pytest_addoption(parser):
    parser.addoption("--lines", type=int, default=20_000, help="varied texts that are compared")
    parser.addoption("--seed", type=int, default=1, help="of those texts")


@pytest.fixture(scope="session", autouse=True)
def _program():
    if not peer.program().exists():
        pytest.skip("wordpiece_dump is not built")


@pytest.fixture(scope="session")
def every_character(tmp_path_factory):
    """A vocabulary of all characters, so that no difference can hide behind [UNK]."""
    characters = [char for char in map(chr, SCALARS) if char not in CANNOT_BE_LINES]
    path = tmp_path_factory.mktemp("vocabulary") / "vocab.txt"
    lines = SPECIAL + characters + ["##" + char for char in characters]
    path.write_bytes("".join(line + "\n" for line in lines).encode())
    return path
