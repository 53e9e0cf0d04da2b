"""The page's arithmetic, under Node.js: unit/*.test.mjs."""

import pathlib
import subprocess

import pytest

UNITS = sorted((pathlib.Path(__file__).parent / "unit").glob("*.test.mjs"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name.removesuffix(".test.mjs"))
def test_unit(unit):
    done = subprocess.run(["node", "--test", unit], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout


def test_there_are_units():
    assert len(UNITS) >= 8
