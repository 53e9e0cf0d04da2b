"""The stack's processes: started, waited for, ended together."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_SECONDS = 60
STOP_SECONDS = 20
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
# Loaded here: between fork and exec as little as possible may happen.
_prctl = ctypes.CDLL(None, use_errno=True).prctl
_prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)


class StackError(Exception):
    """Cause and cure in one line."""


class Stopped(Exception):
    """One of STOP_SIGNALS has come."""


_stop_asked = False


def _ask_to_stop(*_) -> None:
    global _stop_asked
    _stop_asked = True


def stop_on_signals() -> None:
    """From now on a signal of STOP_SIGNALS ends Processes in order, however many come; one ignored until now stays so.

    They set a flag and raise nothing: an exception in the middle of a start or an end would leave a process behind.
    """
    for number in STOP_SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _ask_to_stop)


def pause(seconds: float) -> None:
    """Raises Stopped afterwards if a signal has asked for the end."""
    time.sleep(seconds)
    if _stop_asked:
        raise Stopped


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


def _die_with(parent: int) -> None:
    """In a new child: the kernel kills it when `parent` ends, be it by a SIGKILL that lets nobody end all in order."""
    if _prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before the kernel knew
        os.kill(os.getpid(), signal.SIGKILL)


class Processes:
    """Context manager; leaving it ends all that were started, the latest first."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._running: list[tuple[str, subprocess.Popen]] = []
        self._open = contextlib.ExitStack()

    def __enter__(self):
        return self

    def start(self, name: str, command: list, ready: str) -> None:
        """Waits until `ready` answers 200. Output goes to NAME.log. On the main thread only.

        The kernel ties a child's death to the thread that forked it, not to the process: with another thread's end the
        child would be killed in the middle of its work.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("Processes.start was called by another thread than the main one: start there")
        parent = os.getpid()
        log = self._open.enter_context((self._folder / f"{name}.log").open("wb"))
        # In a session of its own: Ctrl-C reaches this script alone, which ends all in order.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),
        )
        self._running.append((name, process))
        deadline = time.monotonic() + READY_SECONDS
        while not answers(ready):
            if process.poll() is not None:
                raise StackError(f"{name} ended with status {process.returncode}: {log.name} has its last words")
            if time.monotonic() > deadline:
                raise StackError(f"{name} does not answer {ready}: see {log.name}")
            pause(0.1)

    def wait(self) -> None:
        """Until one of them ends, which raises an error that names it, or a signal asks for the end."""
        while True:
            for name, process in self._running:
                if process.poll() is not None:
                    raise StackError(f"{name} ended with status {process.returncode}: see {self._folder / name}.log")
            pause(0.2)

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
