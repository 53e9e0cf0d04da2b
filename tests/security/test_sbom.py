"""The list of parts: valid, complete, and the same each time."""

import json
import os
import pathlib
import re
import subprocess

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/dss"


def listing():
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    run = subprocess.run(["python3", "-m", "tools.sbom"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def text():
    return listing()


@pytest.fixture(scope="module")
def components(text):
    return {one["bom-ref"]: one for one in json.loads(text)["components"]}


def owner(path):
    """The Debian package of a file: dpkg's answer, or the record of what ./test unpacked."""
    if path.startswith(f"{ROOT}/.deps/"):
        sought = path.removeprefix(f"{ROOT}/.deps")
        records = (ROOT / ".deps/.unpacked").iterdir()
        return next(record.name for record in records if sought in record.read_text().splitlines())
    command = ["dpkg", "-S", path, path.removeprefix("/usr")]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split(":")[0]


def linkage(component):
    return component["properties"][0]["value"]


def test_it_is_valid_cyclonedx(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_every_library_that_the_program_loads_is_in_it(components):
    needed = subprocess.run(["readelf", "-dW", BINARY], capture_output=True, text=True, check=True).stdout
    loaded = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    paths = {os.path.basename(path): path for path in re.findall(r"(/\S+) \(0x", loaded)}
    for name in re.findall(r"NEEDED\).*\[(.+)\]", needed):
        path = os.path.realpath(paths[name])
        assert linkage(components[f"deb:{owner(path)}"]) == "loaded", name


@pytest.mark.parametrize(
    "package",
    ["libboost1.81-dev", "libcli11-dev", "libtomlplusplus-dev", "libexpected-dev", "libxxhash-dev"],
)
def test_libraries_of_headers_alone_are_in_it(components, package):
    assert linkage(components[f"deb:{package}"]) == "compiled in"


def test_tools_and_test_frameworks_do_not_ship(components):
    names = " ".join(components)
    assert "gtest" not in names and "rapidcheck" not in names and "cmake" not in names


def test_models_stand_in_it_with_the_sums_of_their_cards(components):
    for name in ("simple", "bert"):
        card = json.loads((ROOT / "models" / name / "card.json").read_text())
        one = components[f"model:{card['id']}"]
        assert one["version"] == card["version"]
        assert one["hashes"] == [{"alg": "SHA-256", "content": card["sha256"]}]


def test_two_runs_write_the_same(text):
    assert listing() == text
