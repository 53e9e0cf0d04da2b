"""Our server with its defaults, so with metrics on; one event loop unless told otherwise."""

import subprocess

from peers.peer import Peer, free_port


def start(setting, name="dss", loops=1):
    port = free_port()
    command = [setting.binary, "serve", "--listen", f"127.0.0.1:{port}", "--workers", loops]
    return Peer(name, command, port, setting, directory=setting.root)


def versions(setting):
    return subprocess.check_output([setting.binary, "--version"], text=True).splitlines()[0].strip()
