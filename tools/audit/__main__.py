"""Are security updates pending for what ships, what builds it and what trains it?

    python3 -m tools.audit      (make audit, which installs pip-audit first)

Each component is compared with the newest version that its registry offers: Debian packages with apt's lists, where
the security archive counts, npm and PyPI packages with those registries and the advisories that they answer. Ends with
1 if a security update is pending, with 2 if that cannot be known of something that ships and is not the newest.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools import sbom
from tools.audit import debian, registries
from tools.audit.verdict import Component, Finding, Verdict, exit_status

ROOT = Path(__file__).resolve().parents[2]
PIP_AUDIT = ROOT / "build/audit/bin/pip-audit"
TRAINING = ("training/requirements.txt", "training/encoder/requirements.txt")


def shipped() -> list[Component]:
    """The components of the list of parts that come out of a registry."""
    sources = {"deb": "debian", "npm": "npm"}
    kinds = ((one["bom-ref"].partition(":")[0], one) for one in sbom.components())
    return [Component(sources[kind], one["name"], one["version"], "ships") for kind, one in kinds if kind in sources]


def building(folder: Path, known: set[str]) -> list[Component]:
    """The packages of tools/packages-run.txt with all that they depend on, without those `known` already."""
    lines = (ROOT / "tools/packages-run.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split()[0] for line in lines if line and not line.startswith("#")]
    here = debian.versions_here(debian.with_dependencies(names, folder) - known)
    return [Component("debian", name, version, "builds") for name, version in sorted(here.items())]


def training() -> list[Component]:
    """What the recipes of training/ pin."""
    pins: set[tuple[str, str]] = set()
    for name in TRAINING:
        pins |= set(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
    return [Component("pypi", name, version, "trains") for name, version in sorted(pins)]


def report(findings: list[Finding]) -> str:
    """One line a finding that is not of the newest version, and the counts of all."""
    lines = []
    for one in sorted(findings, key=lambda one: (one.verdict.name, one.component.role, one.component.name)):
        part = one.component
        if one.verdict is not Verdict.NEWEST:
            words = [f"{part.version} -> {one.newest}" if one.newest else part.version, one.why]
            lines.append(f"{one.verdict:15} {part.role:6} {part.source:6} {part.name} {' '.join(words)}".rstrip())
    for role in ("ships", "builds", "trains"):
        counts = [sum(one.verdict is kind and one.component.role == role for one in findings) for kind in Verdict]
        lines.append(f"{role}: " + ", ".join(f"{count} {kind}" for count, kind in zip(counts, Verdict, strict=True)))
    lines.append("not looked at: models and data, which no registry has; what only tests and benchmarks use")
    return "\n".join(lines)


def main() -> int:
    """Prints the report; the exit status of the verdict."""
    folder, fault = debian.usable_lists(datetime.now(UTC))
    parts = shipped()
    packages = [one for one in parts if one.source == "debian"]
    packages += [] if fault else building(folder, {one.name for one in packages})
    findings = debian.audit(packages, folder, fault)
    for one in parts:
        if one.source == "npm":
            findings += registries.audit_npm(one)
    findings += registries.audit_pypi(training(), PIP_AUDIT)
    print(report(findings))
    return exit_status(findings)


if __name__ == "__main__":
    sys.exit(main())
