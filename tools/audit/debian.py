"""Debian: which versions the archives offer, by apt's lists, and how old those lists are."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from tools.audit.verdict import Component, Finding, Offer, judge, unseen
from tools.debian_packages import DEPS, installed_versions, unpacked

LISTS = (Path("/var/lib/apt/lists"), DEPS / "apt/lists")  # the second where ./test unpacked packages


def newer(one: str, other: str) -> bool:
    """Debian's order of versions."""
    return subprocess.run(["dpkg", "--compare-versions", one, "gt", other], check=False).returncode == 0


def read_policy(text: str) -> dict[str, list[Offer]]:
    """What `apt-cache policy NAME...` prints: the versions that an archive has, not those that are only installed."""
    found: dict[str, list[Offer]] = {}
    version, offers = "", []
    for line in text.splitlines():
        if name := re.fullmatch(r"(\S+):", line):
            offers = found.setdefault(name.group(1), [])
        elif entry := re.fullmatch(r" (?:\*\*\*|   ) ?(\S+) -?\d+", line):
            version = entry.group(1)
        elif archive := re.match(r" +-?\d+ \w+:\S+ (\S+)/", line):
            offers.append(Offer(version, archive.group(1).endswith("-security")))
    return found


def read_release(text: str) -> tuple[str, datetime | None]:
    """Code name of an archive, and until when its list is valid."""
    name = re.search(r"^Codename: (\S+)", text, re.MULTILINE)
    until = re.search(r"^Valid-Until: (.+)", text, re.MULTILINE)
    return name.group(1) if name else "", parsedate_to_datetime(until.group(1)) if until else None


def lists_fault(folder: Path, now: datetime) -> str:
    """Why these lists cannot tell of security updates; empty if they can."""
    releases = [read_release(path.read_text(encoding="utf-8", errors="replace")) for path in folder.glob("*_InRelease")]
    security = [until for name, until in releases if name.endswith("-security")]
    if not security:
        return "apt has no list of a security archive (apt-get update)"
    if any(until is None or until < now for until in security):
        return "apt's list of security updates is out of date (apt-get update)"
    return ""


def apt_cache(folder: Path, *arguments: str) -> str:
    """What apt-cache prints when it reads the lists of `folder`."""
    options = ["-o", f"Dir::State::lists={folder}", "-o", "Dir::State::status=/var/lib/dpkg/status"]
    if DEPS in folder.parents:
        options += ["-o", f"Dir::Cache={DEPS}/apt/cache"]
    command = ["apt-cache", *options, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def with_dependencies(names: list[str], folder: Path) -> set[str]:
    """The packages and all that they depend on."""
    without = ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")
    options = [f"--no-{relation}" for relation in without]
    text = apt_cache(folder, "depends", "--recurse", *options, *names)
    return {line for line in text.splitlines() if re.fullmatch(r"[a-z0-9][a-z0-9+.-]*", line)}


def usable_lists(now: datetime) -> tuple[Path, str]:
    """The lists to read, and why they cannot be relied on (or nothing)."""
    faults = {folder: lists_fault(folder, now) for folder in LISTS}
    for folder, fault in faults.items():
        if not fault:
            return folder, ""
    return next(iter(faults.items()))


def versions_here(names: set[str]) -> dict[str, str]:
    """{package: version} of what is installed or unpacked."""
    return {name: version for name, (version, _) in unpacked().items() if name in names} | installed_versions(names)


def audit(components: list[Component], folder: Path, fault: str) -> list[Finding]:
    """What apt's lists in `folder` say of each."""
    if fault:
        return [unseen(one, fault) for one in components]
    offers = read_policy(apt_cache(folder, "policy", *sorted({one.name for one in components})))
    return [
        judge(one, offers[one.name], newer) if offers.get(one.name) else unseen(one, "no archive of apt's has it")
        for one in components
    ]
