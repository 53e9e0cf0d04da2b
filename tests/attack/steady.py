"""Legitimate clients that ask at an even pace over kept connections, while somebody else attacks."""

import contextlib
import dataclasses
import multiprocessing
import os
import ssl
import time

from keep_alive import Connection, Lost, post

REQUESTS = int(os.environ.get("ATTACK_REQUESTS", "3000"))
BASELINE_REQUESTS = max(1500, REQUESTS // 10)
CLIENTS = 4
PER_SECOND = 1000
TEXT = "you are a perfectly nice fool " * 5


@dataclasses.dataclass
class Door:
    """How a legitimate client comes in."""

    port: int
    tls: bool = False
    headers: str = ""

    def connect(self):
        connection = Connection(self.port)
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection.socket = context.wrap_socket(connection.socket)
        return connection

    def request(self):
        return post("/analyze", {"text": TEXT}).replace(b"Host: a\r\n", f"Host: a\r\n{self.headers}".encode(), 1)


def ask_evenly(door, requests, results):
    """Puts (milliseconds from when each request was due to its answer, losses): a stall delays all due in it."""
    taken, lost = [], []
    try:
        connection = door.connect()
    except OSError as error:
        return results.put(([0.0], [f"no connection: {error}"]))
    request, pause = door.request(), CLIENTS / PER_SECOND
    start = time.perf_counter()
    for i in range(requests):
        due = start + i * pause
        time.sleep(max(0.0, due - time.perf_counter()))
        begin = min(time.perf_counter(), due + pause)  # a client that woke up late is not the server's doing
        try:
            status, _ = connection.ask(request)
            if status != 200:
                lost.append(f"status {status}")
        except Lost as error:
            lost.append(str(error))
            with contextlib.suppress(OSError):
                connection = door.connect()
        taken.append((time.perf_counter() - begin) * 1000)
    return results.put((taken, lost))


class Steady:
    """`requests` in all, by four processes. result(): waits for the end."""

    def __init__(self, door, requests):
        self.results = multiprocessing.Queue()
        self.processes = [
            multiprocessing.Process(target=ask_evenly, args=(door, requests // CLIENTS, self.results))
            for _ in range(CLIENTS)
        ]
        for process in self.processes:
            process.start()

    def result(self):
        """(sorted milliseconds, losses)."""
        parts = [self.results.get(timeout=280) for _ in self.processes]
        for process in self.processes:
            process.join()
        return sorted(ms for taken, _ in parts for ms in taken), [each for _, lost in parts for each in lost]


def percentile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
