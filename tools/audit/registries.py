"""npm and PyPI: the newest version that they offer, and the advisories that they know, where they answer."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

from tools.audit.verdict import Component, Finding, Offer, judge, unseen


def newer(one: str, other: str) -> bool:
    """Order of dotted numbers; what follows them does not count."""

    def numbers(version: str) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", version.partition("-")[0]))

    return numbers(one) > numbers(other)


def printed(command: list[str], folder: str | None = None) -> str | None:
    """What a client prints, or nothing if it is not here or hangs; clients report findings by failing."""
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout


def read_npm_audit(text: str | None, name: str) -> set[str] | None:
    """Advisories on `name` in what `npm audit --json` prints; None if the registry did not answer."""
    try:
        found = json.loads(text or "")["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return None
    causes = found.get(name, {}).get("via", [])
    return {one.get("url") or one.get("title", "?") for one in causes if isinstance(one, dict)}


def read_pip_audit(text: str | None) -> dict[tuple[str, str], set[str]]:
    """{(name, version): advisories} in what `pip-audit --format json` prints; what it could not look up is left out."""
    try:
        found = json.loads(text or "")["dependencies"]
    except (ValueError, KeyError, TypeError):
        return {}
    looked_up = [one for one in found if "skip_reason" not in one]
    return {(one["name"], one["version"]): {fault["id"] for fault in one["vulns"]} for one in looked_up}


def audit_npm(component: Component) -> list[Finding]:
    """One package, without what it depends on: only its own files are embedded."""
    newest = (printed(["npm", "view", component.name, "version"]) or "").strip()
    if not newest:
        return [unseen(component, "the npm registry does not answer")]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text(json.dumps({"dependencies": {component.name: component.version}}))
        printed(["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"], folder)
        known = read_npm_audit(
            printed(["npm", "audit", "--audit", "--json", "--package-lock-only"], folder), component.name
        )
    finding = judge(component, [Offer(newest)], newer, known or ())
    return [finding] if known is not None else [finding, unseen(component, "the npm registry answers no advisories")]


def audit_pypi(components: list[Component], pip_audit: Path) -> list[Finding]:
    """Pinned packages, each by itself."""
    findings = []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pins:
        pins.writelines(f"{one.name}=={one.version}\n" for one in components)
        pins.flush()
        command = [str(pip_audit), "--format", "json", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
        known = read_pip_audit(printed([*command, "-r", pins.name]))
    for one in components:
        listed = re.match(r"\S+ \((\S+)\)", printed(["pip", "index", "versions", one.name]) or "")
        if not listed:
            findings.append(unseen(one, "PyPI does not answer"))
            continue
        findings.append(judge(one, [Offer(listed.group(1))], newer, known.get((one.name, one.version), ())))
        if (one.name, one.version) not in known:
            findings.append(unseen(one, "PyPI answers no advisories"))
    return findings
