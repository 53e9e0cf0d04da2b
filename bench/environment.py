"""Environments of the Python peers, apart from the project's .venv."""

import hashlib
import subprocess
import sys
from pathlib import Path


def make_environment(venv, requirements, megabytes, without):
    """The interpreter of `venv` with the pinned packages; made anew when the pins have changed.

    `megabytes`: about how much is installed. `without`: the command that does without these peers.
    """
    python, stamp = venv / "bin" / "python", venv / ".pins"
    pins = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == pins:
        return python
    print(f"bench: installing the Python peers into {venv}, once (about {megabytes} MB)", file=sys.stderr)
    # The base interpreter, because an environment in which this runs may have no pip.
    base = Path(sys.base_prefix) / "bin" / "python3"
    install = [base, "-m", "pip", "--python", python, "install", "-q", "--disable-pip-version-check"]
    try:
        subprocess.run([base, "-m", "venv", "--clear", "--without-pip", venv], check=True)
        subprocess.run([*install, "--retries", "3", "-r", requirements], check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"bench: the Python peers could not be installed ({error})\n"
            "  is the network up, and are python3-venv and python3-pip installed?\n"
            f"  without them: {without}"
        ) from error
    stamp.write_text(pins)
    return python
