"""Slow clients that keep coming back, while normal ones are served."""

import contextlib
import multiprocessing
import selectors
import socket
import threading
import time

from keep_alive import Connection, Lost, post
from service import Service

SLOW = 500
NORMAL = 4
REQUESTS = 30_000
MOST_P99_MS = 5
HEADER_SECONDS = 10  # the limit http.header-ms; it begins with the first byte, up to a second after connecting
HEAD = b"POST /analyze HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"a" * 200


class SlowClient:
    """Sends a byte of its head each second, and begins anew when the server ends the connection."""

    def __init__(self, port, selector, ended):
        self.port, self.selector, self.ended = port, selector, ended
        self.connect()

    def connect(self):
        self.begin, self.sent, self.received = time.monotonic(), 0, b""
        self.socket = socket.create_connection(("127.0.0.1", self.port), 10)
        self.socket.setblocking(False)
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def send_a_byte(self):
        with contextlib.suppress(OSError):
            self.socket.send(HEAD[self.sent : self.sent + 1])
        self.sent += 1

    def on_input(self):
        try:
            part = self.socket.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        self.received += part
        if part:
            return
        self.ended.append((time.monotonic() - self.begin, self.received[9:12]))
        self.selector.unregister(self.socket)
        self.socket.close()
        self.connect()


def be_slow(port, seconds, results):
    """500 of them in one process; puts how each connection ended."""
    selector, ended = selectors.DefaultSelector(), []
    clients = [SlowClient(port, selector, ended) for _ in range(SLOW)]
    end = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < end:
        # A tenth of the clients each tenth of a second.
        for client in clients[turn % 10 :: 10]:
            client.send_a_byte()
        turn += 1
        until = time.monotonic() + 0.1
        while True:
            left = until - time.monotonic()
            for key, _ in selector.select(max(0.0, left)):
                key.data.on_input()
            if left <= 0:
                break
    results.put(ended)


def be_normal(port, requests, seconds, results):
    """Asks at an even pace on one kept connection; puts (milliseconds of each answer, losses)."""
    connection, taken, lost = Connection(port), [], 0
    request = post("/analyze", {"text": "you are a perfectly nice fool " * 5})
    start = time.monotonic()
    for i in range(requests):
        time.sleep(max(0.0, start + seconds * i / requests - time.monotonic()))
        begin = time.perf_counter()
        try:
            status, _ = connection.ask(request)
            lost += status != 200
        except Lost:
            lost += 1
            connection = Connection(port)
        taken.append((time.perf_counter() - begin) * 1000)
    results.put((taken, lost))


class Standstills(threading.Thread):
    """Notices when the machine itself stood still (a virtual machine that its host pauses): seconds in all."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seconds = 0.0

    def run(self):
        last = time.monotonic()
        while True:
            time.sleep(0.05)
            now = time.monotonic()
            self.seconds += now - last if now - last > 1 else 0
            last = now


def percentile(values, share):
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


def measure(port, seconds, with_slow):
    slow_results, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = []
    if with_slow:
        processes.append(multiprocessing.Process(target=be_slow, args=(port, seconds + 1, slow_results)))
    share = REQUESTS // NORMAL * (seconds / 75)
    for _ in range(NORMAL):
        processes.append(multiprocessing.Process(target=be_normal, args=(port, int(share), seconds, results)))
    for process in processes:
        process.start()
    ended = slow_results.get() if with_slow else []
    taken, lost = [], 0
    for _ in range(NORMAL):
        one, gone = results.get()
        taken += one
        lost += gone
    for process in processes:
        process.join()
    figures = {"requests": len(taken), "lost": lost, "P50 ms": percentile(taken, 0.5)}
    figures |= {
        "P99 ms": percentile(taken, 0.99),
        "P99.9 ms": percentile(taken, 0.999),
        "worst ms": round(max(taken), 3),
    }
    return figures, ended


def run(seconds):
    """Yields (what, figures, whether it holds)."""
    with Service("--log-access-sample", 0) as service:
        figures, _ = measure(service.port, min(seconds, 15), with_slow=False)
        yield "normal requests alone", figures, figures["lost"] == 0
        standstills = Standstills()
        standstills.start()
        figures, ended = measure(service.port, seconds, with_slow=True)
        figures["the machine stood still s"] = round(standstills.seconds, 1)
        lives = [life for life, _ in ended]
        figures["slow connections ended by the server"] = len(ended)
        figures["answered 408"] = sum(status == b"408" for _, status in ended)
        good = figures["lost"] == 0 and figures["P99 ms"] < MOST_P99_MS
        if lives:
            figures["shortest and longest life s"] = [round(min(lives), 2), round(max(lives), 2)]
            good = good and min(lives) > HEADER_SECONDS - 0.1 and max(lives) < HEADER_SECONDS + 2 + standstills.seconds
        yield f"normal requests beside {SLOW} slow clients", figures, good and bool(ended)
