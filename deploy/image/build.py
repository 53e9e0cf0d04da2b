#!/usr/bin/env python3
"""Makes an OCI image of dss from nothing: no base image, no daemon, no root.

    deploy/image/build.py --binary build/release/dss --output build/image

The layout below --output can be pushed (skopeo copy oci:build/image:dss docker://...) or unpacked (umoci). The same
binary, libraries and models give the same bytes: times are 0, names are sorted, owners are fixed.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from layer import Entry, make_layer
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


def program_entries(binary: pathlib.Path, license_file: pathlib.Path) -> list[Entry]:
    return [
        Entry("etc/group", text=GROUP),
        Entry("etc/passwd", text=PASSWD),
        Entry("tmp", mode=0o1777),
        Entry("usr/bin/dss", file=binary, mode=0o755),
        Entry("usr/share/doc/dss/LICENSE", file=license_file),
    ]


def model_entries(models: pathlib.Path) -> list[Entry]:
    files = sorted(path for path in models.rglob("*") if path.is_file())
    return [Entry(f"usr/share/dss/models/{path.relative_to(models)}", file=path) for path in files]


def version(binary: pathlib.Path) -> str:
    """The number in `dss --version`, whose first line is `dss NUMBER ...`."""
    words = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout.split()
    return words[1]


def build(binary: pathlib.Path, models: pathlib.Path, output: pathlib.Path) -> int:
    """Writes the layout and returns the bytes of its compressed layers."""
    with tempfile.TemporaryDirectory() as folder:
        program = stripped(binary, pathlib.Path(folder))
        shared = [Entry(name, file=path, mode=0o755) for name, path in libraries(binary).items()]
        # What changes rarely comes first: registries and nodes keep those layers.
        layers = [
            make_layer(shared),
            make_layer(model_entries(models)),
            make_layer(program_entries(program, ROOT / "LICENSE")),
        ]
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/dss")
    parser.add_argument("--models", type=pathlib.Path, default=ROOT / "models")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build/image")
    arguments = parser.parse_args()
    if not arguments.binary.exists():
        raise SystemExit(f"build.py: there is no {arguments.binary}; build it first (make build)")
    size = build(arguments.binary, arguments.models, arguments.output)
    print(f"{arguments.output}: {size / 1e6:.1f} MB compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
