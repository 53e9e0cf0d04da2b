#!/usr/bin/env python3
"""Makes an OCI image of dss from nothing: no base image, no daemon, no root.

    deploy/image/build.py --binary build/release/dss --output build/image
    deploy/image/build.py --binary build/release/dss --rootfs FOLDER      the files only, as the Dockerfile wants them

The list of parts that goes in is made first: python3 -m tools.sbom build/sbom.cdx.json

The layout below --output can be pushed (skopeo copy oci:build/image:dss docker://...) or unpacked (umoci). The same
binary, libraries and models give the same bytes: times are 0, names are sorted, owners are fixed.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from layer import Entry, make_layer, unpack
from layout import write_layout

ROOT = pathlib.Path(__file__).resolve().parents[2]
USER = 10001
PASSWD = f"root:x:0:0:root:/:/nologin\ndss:x:{USER}:{USER}:Digital Social Score:/:/nologin\n"
GROUP = f"root:x:0:\ndss:x:{USER}:\n"


def libraries(binary: pathlib.Path) -> dict[str, pathlib.Path]:
    """{place in the image: file here} of the shared libraries and the dynamic loader, as ldd finds them."""
    lines = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True).stdout.splitlines()
    found = {}
    for line in lines:
        if "not found" in line:
            raise SystemExit(f"build.py: {binary} needs a library that is not here:{line}")
        words = line.split()
        path = words[2] if "=>" in words else words[0]
        if path.startswith("/"):
            found[path.lstrip("/")] = pathlib.Path(path).resolve()
    return found


def stripped(binary: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    out = folder / "dss"
    subprocess.run(["strip", "--strip-all", "-o", out, binary], check=True)
    return out


def program_entries(binary: pathlib.Path, sbom: pathlib.Path) -> list[Entry]:
    return [
        Entry("etc/group", text=GROUP),
        Entry("etc/passwd", text=PASSWD),
        Entry("tmp", mode=0o1777),
        Entry("usr/bin/dss", file=binary, mode=0o755),
        Entry("usr/share/doc/dss/LICENSE", file=ROOT / "LICENSE"),
        Entry("usr/share/doc/dss/sbom.cdx.json", file=sbom),
    ]


def model_entries(models: pathlib.Path) -> list[Entry]:
    files = sorted(path for path in models.rglob("*") if path.is_file())
    return [Entry(f"usr/share/dss/models/{path.relative_to(models)}", file=path) for path in files]


def version(binary: pathlib.Path) -> str:
    """The number in `dss --version`, whose first line is `dss NUMBER ...`."""
    words = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout.split()
    return words[1]


def contents(
    binary: pathlib.Path, models: pathlib.Path, program: pathlib.Path, sbom: pathlib.Path
) -> list[list[Entry]]:
    """The layers' files. What changes rarely comes first: registries and nodes keep those layers."""
    shared = [Entry(name, file=path, mode=0o755) for name, path in libraries(binary).items()]
    return [shared, model_entries(models), program_entries(program, sbom)]


def build(binary: pathlib.Path, models: pathlib.Path, sbom: pathlib.Path, output: pathlib.Path) -> int:
    """Writes the layout and returns the bytes of its compressed layers."""
    with tempfile.TemporaryDirectory() as folder:
        program = stripped(binary, pathlib.Path(folder))
        layers = [make_layer(entries) for entries in contents(binary, models, program, sbom)]
    config = {
        "User": f"{USER}:{USER}",
        "Entrypoint": ["/usr/bin/dss"],
        "Cmd": ["serve"],
        "Env": ["PATH=/usr/bin"],
        "WorkingDir": "/",
        "ExposedPorts": {"8000/tcp": {}, "9464/tcp": {}},
        "StopSignal": "SIGTERM",
        "Labels": {
            "org.opencontainers.image.title": "dss",
            "org.opencontainers.image.description": "Digital Social Score: a toxicity scoring server",
            "org.opencontainers.image.version": version(binary),
            "org.opencontainers.image.licenses": "Apache-2.0",
        },
    }
    write_layout(output, layers, config, tag="dss")
    return sum(len(layer.compressed) for layer in layers)


def lay_out(binary: pathlib.Path, models: pathlib.Path, sbom: pathlib.Path, rootfs: pathlib.Path) -> None:
    """Unpacks the layers below `rootfs`, which is made if it is not there."""
    with tempfile.TemporaryDirectory() as folder:
        program = stripped(binary, pathlib.Path(folder))
        for entries in contents(binary, models, program, sbom):
            unpack(entries, rootfs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/dss")
    parser.add_argument("--models", type=pathlib.Path, default=ROOT / "models")
    parser.add_argument("--sbom", type=pathlib.Path, default=ROOT / "build/sbom.cdx.json")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build/image")
    parser.add_argument("--rootfs", type=pathlib.Path)
    arguments = parser.parse_args()
    if not arguments.binary.exists():
        raise SystemExit(f"build.py: there is no {arguments.binary}; build it first (make build)")
    if not arguments.sbom.exists():
        raise SystemExit(f"build.py: there is no {arguments.sbom}; list the parts first (make sbom)")
    if arguments.rootfs:
        lay_out(arguments.binary, arguments.models, arguments.sbom, arguments.rootfs)
        return 0
    size = build(arguments.binary, arguments.models, arguments.sbom, arguments.output)
    print(f"{arguments.output}: {size / 1e6:.1f} MB compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
