"""An unpacked image, run by runc as the image says: its user, no capabilities, a root that cannot be written."""

import contextlib
import json
import pathlib
import subprocess
import uuid

from conftest import run


def unpack(image: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The bundle of the image's layers and configuration, made by umoci."""
    bundle = folder / "bundle"
    run(["umoci", "unpack", "--image", f"{image}:dss", bundle])
    return bundle


def _configure(bundle: pathlib.Path, arguments: list[str]) -> None:
    path = bundle / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    process = config["process"]
    process["args"] = ["/usr/bin/dss", *arguments]
    process["terminal"] = False
    process["noNewPrivileges"] = True
    process["capabilities"] = {}
    # A limit above the caller's own may not be allowed here.
    process.pop("rlimits", None)
    config["root"]["readonly"] = True
    # The host's network: the test speaks to the server over the loopback.
    config["linux"]["namespaces"] = [item for item in config["linux"]["namespaces"] if item["type"] != "network"]
    path.write_text(json.dumps(config), encoding="utf-8")


@contextlib.contextmanager
def container(bundle: pathlib.Path, *arguments: str):
    """Yields the process of `runc run` with `dss ARGUMENTS`; its output is piped."""
    _configure(bundle, list(arguments))
    name = f"dss-test-{uuid.uuid4().hex[:12]}"
    state = bundle.parent / "state"
    command = ["runc", "--root", str(state), "run", "--bundle", str(bundle), name]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.signal_container = lambda signal: run(["runc", "--root", state, "kill", name, signal])
    try:
        yield process
    finally:
        subprocess.run(["runc", "--root", state, "delete", "--force", name], capture_output=True, timeout=30)
        process.kill()
        process.wait(10)
