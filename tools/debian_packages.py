"""Debian packages on this system: installed by dpkg, or unpacked into .deps/ by tools/setup_unpack.sh."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEPS = ROOT / ".deps"


class UnknownOwner(Exception):
    """Files that no package is known to own."""


def place(path: str, deps: Path = DEPS) -> str:
    """Where a file is on a system that has its package installed."""
    return path.removeprefix(str(deps)) if path.startswith(f"{deps}/") else path


def unpacked(deps: Path = DEPS) -> dict[str, tuple[str, list[str]]]:
    """{package: (version, files)} of what is unpacked; packages without a record are left out."""
    found = {}
    for record in sorted((deps / ".unpacked").glob("*")):
        lines = record.read_text(encoding="utf-8").splitlines()
        if lines:
            found[record.name] = (lines[0], lines[1:])
    return found


def installed_versions(names: set[str]) -> dict[str, str]:
    """{package: version} of those that dpkg has installed."""
    if not names:
        return {}
    form = "${db:Status-Status} ${Package} ${Version}\n"
    run = subprocess.run(["dpkg-query", "-W", "-f", form, *sorted(names)], capture_output=True, text=True, check=False)
    rows = (line.split(" ") for line in run.stdout.splitlines())
    return {row[1]: row[2] for row in rows if row[0] == "installed"}


def installed_owners(files: set[str]) -> dict[str, str]:
    """{file: package} of those that dpkg knows."""
    if not files:
        return {}
    # Debian 12 keeps /lib in /usr/lib, but packages name their files as they did before.
    asked = {path: path for path in files}
    asked |= {path.removeprefix("/usr"): path for path in files if path.startswith("/usr/lib")}
    run = subprocess.run(["dpkg", "-S", *sorted(asked)], capture_output=True, text=True, check=False)
    owners = {}
    for line in run.stdout.splitlines():
        package, _, path = line.partition(": ")
        if path in asked:
            owners[asked[path]] = package.split(",")[0].split(":")[0]
    return owners


def owning_packages(files: set[str], deps: Path = DEPS) -> dict[str, str]:
    """{package: version} of all packages that own one of the files. UnknownOwner if a file has none."""
    ours = {path for path in files if path.startswith(f"{deps}/")}
    found: dict[str, str] = {}
    rest = {place(path, deps) for path in ours}
    if rest:
        for package, (version, names) in unpacked(deps).items():
            if held := rest & set(names):
                found[package] = version
                rest -= held
    system = installed_owners(files - ours)
    rest |= files - ours - set(system)
    if rest:
        raise UnknownOwner(", ".join(sorted(map(os.path.basename, rest))[:5]))
    return found | installed_versions(set(system.values()))
