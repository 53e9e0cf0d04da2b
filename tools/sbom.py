"""Lists what ships as CycloneDX 1.6 JSON: the program, what is compiled into it, what it loads, models and their data.

    python3 -m tools.sbom build/sbom.cdx.json

What is compiled in is asked of the build (the headers that every object was made of), what is loaded of the loader;
Debian says to which package and version each file belongs. Sorted and dated by SOURCE_DATE_EPOCH (default: the last
commit), so that one revision on one system gives one file. Needs the release build.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.debian_packages import DEPS, UnknownOwner, owning_packages

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/release"
LOADED_ON_DEMAND = ("libpq.so.5",)  # where a PostgreSQL database is asked for
RUNTIME = ("libc6-dev", "linux-libc-dev")  # the system itself, which its libraries stand for
NO_OWNER = "sbom: no package is known to own %s; where packages are unpacked, remove .deps/ and run ./test again"
Component = dict[str, Any]


def output(*command: str | Path) -> str:
    """What a command prints."""
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, cwd=ROOT).stdout


def headers() -> set[str]:
    """Every file outside the repository that an object of the program was made of."""
    inputs = output("ninja", "-C", BUILD, "-t", "inputs", "dss")
    sources = set(re.findall(r"\bsrc/\S+\.cc$", inputs, re.MULTILINE))
    if not sources:
        raise SystemExit("sbom: the build names no sources: run make build first")
    found: set[str] = set()
    counts = False
    for line in output("ninja", "-C", BUILD, "-t", "deps").splitlines():
        if line and not line.startswith(" "):
            counts = re.sub(r"CMakeFiles/[^/]+/|\.o:.*", "", line) in sources
        elif counts and line:
            found.add(os.path.realpath(BUILD / line.strip()))
    return {path for path in found if path.startswith(("/usr/", f"{DEPS}/"))}


def libraries() -> set[str]:
    """The shared libraries that the program loads."""
    loaded = {match for match in re.findall(r"(/\S+) \(0x", output("ldd", BUILD / "dss"))}
    cache = output("/sbin/ldconfig", "-p")
    for name in LOADED_ON_DEMAND:
        found = [str(path) for path in DEPS.glob(f"usr/lib/*/{name}")] + re.findall(
            rf"{re.escape(name)} .*=> (\S+)", cache
        )
        loaded.update(found[:1])
    return {os.path.realpath(path) for path in loaded}


def packages(files: set[str]) -> dict[str, str]:
    """Name and version of the Debian packages that the files belong to."""
    try:
        return owning_packages(files)
    except UnknownOwner as unknown:
        raise SystemExit(NO_OWNER % unknown) from None


def debian(name: str, version: str, how: str) -> Component:
    """A component out of a Debian package; `how` it becomes part of the program."""
    return {
        "type": "library",
        "bom-ref": f"deb:{name}",
        "name": name,
        "version": version,
        "purl": f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?distro=bookworm",
        "properties": [{"name": "dss:linkage", "value": how}],
        "licenses": [{"license": {"name": f"/usr/share/doc/{name}/copyright"}}],
    }


def sha256(path: Path) -> list[dict[str, str]]:
    """The member `hashes` of a file."""
    return [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]


def swagger() -> Component:
    """The page of /docs, which is part of the program."""
    folder = ROOT / "web/swagger-ui"
    version = (folder / "third_party/VERSION").read_text().strip()
    return {
        "type": "library",
        "bom-ref": "npm:swagger-ui-dist",
        "name": "swagger-ui-dist",
        "version": version,
        "purl": f"pkg:npm/swagger-ui-dist@{version}",
        "hashes": sha256(folder / "third_party/swagger-ui-bundle.js"),
        "properties": [{"name": "dss:linkage", "value": "embedded"}],
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }


def model(name: str) -> Component:
    """A model of models/, with the sources of its training that its card names."""
    folder = ROOT / "models" / name
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    sources = card.get("training", {}).get("sources", [])
    names = sorted(one["name"] if isinstance(one, dict) else str(one) for one in sources)
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{card['id']}",
        "name": card["id"],
        "version": card["version"],
        "hashes": sha256(folder / "model.safetensors"),
        "licenses": [{"license": {"name": str(card["licence"])}}],
        "properties": [{"name": "dss:training-data", "value": ", ".join(names)}],
    }


def language_table() -> Component:
    """The language detector's table."""
    path = ROOT / "models/language/table.bin"
    return {
        "type": "data",
        "bom-ref": "model:language",
        "name": "dss-language-table",
        "hashes": sha256(path),
        "licenses": [{"license": {"name": "models/language/README.md"}}],
    }


def components() -> list[Component]:
    """Everything but the program itself, sorted by reference."""
    loaded = packages(libraries())
    compiled = {name: version for name, version in packages(headers()).items() if name not in RUNTIME}
    found = [debian(name, version, "loaded") for name, version in loaded.items()]
    found += [debian(name, version, "compiled in") for name, version in compiled.items() if name not in loaded]
    found += [swagger(), model("simple"), model("bert"), language_table()]
    return sorted(found, key=lambda one: str(one["bom-ref"]))


def date() -> int:
    """Seconds since 1970: what SOURCE_DATE_EPOCH says, else the last commit, else (a copy without history) 0."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    commit = subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True, cwd=ROOT, check=False)
    return int(commit.stdout or 0)


def document() -> dict[str, Any]:
    """The whole list."""
    version = output(BUILD / "dss", "--version").split()[1]
    epoch = date()
    parts = components()
    program = {
        "type": "application",
        "bom-ref": "dss",
        "name": "dss",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([program, parts, epoch], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": program,
        },
        "components": parts,
        "dependencies": [{"ref": "dss", "dependsOn": [one["bom-ref"] for one in parts]}],
    }


def main() -> None:
    """Writes the file named on the command line, or to standard output."""
    text = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
