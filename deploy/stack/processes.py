"""The stack's processes: started, waited for, ended together."""

import contextlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_SECONDS = 60
STOP_SECONDS = 20


class StackError(Exception):
    """Cause and cure in one line."""


def check_free(address: str, flag: str) -> None:
    host, port = address.rsplit(":", 1)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise StackError(f"{address} cannot be used ({error.strerror}): choose another port with {flag}") from None


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


class Processes:
    """Context manager; leaving it ends all that were started, the latest first."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._running: list[tuple[str, subprocess.Popen]] = []
        self._open = contextlib.ExitStack()

    def __enter__(self):
        return self

    def start(self, name: str, command: list, ready: str) -> None:
        """Waits until `ready` answers 200. Output goes to NAME.log."""
        log = self._open.enter_context((self._folder / f"{name}.log").open("wb"))
        # In a session of its own: Ctrl-C reaches this script alone, which ends all in order.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self._running.append((name, process))
        deadline = time.monotonic() + READY_SECONDS
        while not answers(ready):
            if process.poll() is not None:
                raise StackError(f"{name} ended with status {process.returncode}: {log.name} has its last words")
            if time.monotonic() > deadline:
                raise StackError(f"{name} does not answer {ready}: see {log.name}")
            time.sleep(0.1)

    def wait(self) -> None:
        """Returns when one of them ends, with an error that names it."""
        while True:
            for name, process in self._running:
                if process.poll() is not None:
                    raise StackError(f"{name} ended with status {process.returncode}: see {self._folder / name}.log")
            time.sleep(0.5)

    def __exit__(self, *_):
        for _name, process in reversed(self._running):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for _name, process in reversed(self._running):
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._open.close()
