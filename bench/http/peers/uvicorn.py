"""FastAPI applications of services/ under uvicorn: one worker, uvloop, httptools, no access log."""

import json
import subprocess

from peers.peer import Peer, free_port

NAMES = ["fastapi", "pydantic", "starlette", "uvicorn", "uvloop", "httptools"]


def start(setting, name, application):
    port = free_port()
    command = [setting.python, "-m", "uvicorn", f"{application}:application", "--host", "127.0.0.1", "--port", port]
    command += ["--loop", "uvloop", "--http", "httptools", "--workers", 1, "--no-access-log", "--log-level", "warning"]
    return Peer(name, command, port, setting, directory=setting.root / "bench" / "http" / "services")


def versions(setting, more=()):
    ask = "import importlib.metadata as m, json, platform, sys; names = json.loads(sys.argv[1])"
    ask += "; print('Python', platform.python_version(), *(f'· {n} {m.version(n)}' for n in names))"
    return subprocess.check_output([setting.python, "-c", ask, json.dumps([*NAMES, *more])], text=True).strip()
