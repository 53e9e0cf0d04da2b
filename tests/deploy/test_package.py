"""The Debian package: clean for lintian, installed below a folder of its own, started, removed without a trace.

It is packed in a folder of its own, from the release binary as it is.
"""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
import requests
from conftest import BINARY, DEPLOY, ROOT, clean_environment, free_port, ready, run, wait_until

UNIT = DEPLOY / "debian/dss.service"


@pytest.fixture(scope="module")
def package(tmp_path_factory, sbom) -> pathlib.Path:
    if not shutil.which("lintian"):
        pytest.skip("lintian is not installed")
    folder = tmp_path_factory.mktemp("package")
    build = folder / "build"
    run(
        ["cmake", "--preset", "release", "-B", build, "-DDSS_TESTS=OFF", "-DDSS_BENCHMARKS=OFF", f"-DDSS_SBOM={sbom}"],
        cwd=ROOT,
    )
    shutil.copy2(BINARY, build / "dss")
    run(["cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", folder])
    (made,) = folder.glob("*.deb")
    return made


def dpkg(root: pathlib.Path, *arguments) -> None:
    """dpkg on a database and a tree of its own; the scripts are told by DPKG_ROOT."""
    options = [f"--root={root}", "--force-depends", "--force-script-chrootless", "--force-not-root", "--log=/dev/null"]
    run(["dpkg", *options, *arguments])


def files(root: pathlib.Path) -> set[str]:
    database = root / "var/lib/dpkg"
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and database not in path.parents}


def exec_start() -> list[str]:
    (line,) = [line for line in UNIT.read_text().splitlines() if line.startswith("ExecStart=")]
    return line.removeprefix("ExecStart=").split()


def test_lintian_finds_nothing(package):
    command = ["lintian", "--allow-root", "--fail-on", "error,warning", str(package)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_library_it_depends_on_is_in_its_list_of_parts(package, tmp_path):
    run(["dpkg-deb", "--extract", package, tmp_path])
    parts = json.loads((tmp_path / "usr/share/doc/dss/sbom.cdx.json").read_text())
    named = {one["bom-ref"] for one in parts["components"]}
    depends = run(["dpkg-deb", "--field", package, "Depends"]).stdout
    names = [entry.split()[0] for entry in depends.split(",")]
    assert "libssl3" in names
    assert [name for name in names if f"deb:{name}" not in named] == []


def test_depends_on_the_libraries_of_the_binary(package):
    depends = run(["dpkg-deb", "--field", package, "Depends"]).stdout
    for library in ("libc6", "libssl3", "libstdc++6", "libsqlite3-0"):
        assert library in depends


@pytest.mark.skipif(os.geteuid() != 0, reason="dpkg unpacks as root")
def test_is_installed_started_and_removed(package, tmp_path):
    root = tmp_path / "root"
    (root / "var/lib/dpkg/info").mkdir(parents=True)
    (root / "var/lib/dpkg/updates").mkdir()
    (root / "var/lib/dpkg/status").touch()
    dpkg(root, "--install", package)
    installed = files(root)
    for name in (
        *("usr/bin/dss", "lib/systemd/system/dss.service", "usr/share/man/man1/dss.1.gz"),
        "usr/share/doc/dss/sbom.cdx.json",
        *("usr/share/bash-completion/completions/dss", "usr/share/dss/models/bert/model.safetensors"),
    ):
        assert name in installed

    port = free_port()
    program, *arguments = exec_start()
    command = [f"{root}{program}", *arguments, "--port", str(port), "--drain-seconds", "0"]
    process = subprocess.Popen(command, cwd="/", env=clean_environment(), stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: ready(port), 30, "the start")
        answer = requests.post(f"http://127.0.0.1:{port}/analyze", json={"text": "you fool"}, timeout=10)
        assert answer.status_code == 200
    finally:
        process.terminate()
    assert process.wait(15) == 0

    dpkg(root, "--purge", "dss")
    assert [name for name in files(root) if name in installed or "dss" in name] == []


def test_texts_in_memory_reach_no_disk():
    lines = UNIT.read_text().splitlines()
    assert "LimitCORE=0" in lines and "MemorySwapMax=0" in lines


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_unit_is_a_sandbox():
    """systemd-analyze gives 0 (closed) to 10 (open): Debian 12 counts 1.2, other versions a little more."""
    run(["systemd-analyze", "security", "--offline=true", "--threshold=20", UNIT])
