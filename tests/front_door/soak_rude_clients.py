"""Clients that leave at every moment, send halves and rubbish, or read nothing, while the server reloads and restarts.

Most telling with a server built with AddressSanitizer: DSS_BINARY=build/dev/dss soak.py rude-clients.
"""

import json
import pathlib
import random
import socket
import ssl
import struct
import tempfile
import threading
import time

from identity import make_identity
from keep_alive import get, post
from service import Service, free_port

CLIENTS = 12
RESTART_SECONDS = 15
RELOAD_SECONDS = 0.5
SIGNS_OF_DAMAGE = ("Sanitizer", "runtime error")
ANALYZE = post("/analyze", {"text": "you are a perfectly nice fool " * 20})
CHUNKED = b"POST /analyze HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{"


class RudeClient(threading.Thread):
    """Does one rude thing after the other until told to end; `done` counts them by name."""

    def __init__(self, port, tls, ending, seed):
        super().__init__()
        self.port, self.tls, self.ending = port, tls, ending
        self.choose = random.Random(seed)
        self.done, self.wrong, self.cut = {}, [], 0

    def run(self):
        acts = [self.leave, self.half_head, self.unread, self.half_body, self.pipeline, self.rubbish, self.dribble]
        acts += [self.half_close, self.scrape_unread, self.plain_bytes, self.polite, self.polite]
        while not self.ending.is_set():
            act = self.choose.choice(acts)
            try:
                self.connect(self.tls and act != self.plain_bytes)
            except OSError:  # nobody listens between two servers
                time.sleep(0.01)
                continue
            try:
                act()
                self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
            except OSError:
                self.cut += 1
            self.end()

    def connect(self, tls):
        self.connection = socket.create_connection(("127.0.0.1", self.port), 10)
        if tls:
            self.connection = ssl._create_unverified_context().wrap_socket(self.connection)

    def end(self):
        """By a reset, half of the time."""
        if self.choose.random() < 0.5:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def leave(self):
        pass

    def half_head(self):
        self.connection.sendall(ANALYZE[: self.choose.randrange(1, 60)])

    def unread(self):
        self.connection.sendall(ANALYZE)

    def half_body(self):
        self.connection.sendall(self.choose.choice([ANALYZE[:-20], CHUNKED]))
        time.sleep(self.choose.choice([0, 0.01]))

    def pipeline(self):
        self.connection.sendall(ANALYZE * self.choose.randrange(2, 60))
        self.connection.recv(100)

    def rubbish(self):
        self.connection.sendall(self.choose.randbytes(self.choose.randrange(1, 3000)))
        self.connection.recv(1000)

    def dribble(self):
        for byte in ANALYZE[: self.choose.randrange(1, 30)]:
            self.connection.sendall(bytes([byte]))
            time.sleep(0.02)

    def half_close(self):
        self.connection.sendall(get("/models/info") * 3)
        self.connection.shutdown(socket.SHUT_WR)
        while self.connection.recv(65536):
            pass

    def scrape_unread(self):
        self.connection.sendall(get("/metrics") * self.choose.randrange(1, 4))

    def plain_bytes(self):
        """Towards TLS: the beginning of a handshake, or HTTP."""
        self.connection.sendall(self.choose.choice([b"\x16\x03\x01\x02\x00\x01\x00", ANALYZE]))
        time.sleep(self.choose.choice([0, 0.01]))

    def polite(self):
        self.connection.sendall(ANALYZE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        answer = b""
        while part := self.connection.recv(65536):
            answer += part
        if not answer.startswith(b"HTTP/1.1 200 ") or "score" not in json.loads(answer.partition(b"\r\n\r\n")[2]):
            self.wrong.append(answer[:60].decode(errors="replace"))


def keep_reloading(service, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        service.reload()
        time.sleep(RELOAD_SECONDS)


def one_door(seconds, tls, options):
    port, ending = free_port(), threading.Event()
    clients = [RudeClient(port, tls, ending, seed) for seed in range(CLIENTS)]
    end = time.monotonic() + seconds
    statuses, damage, reloads = [], [], 0
    for client in clients:
        client.start()
    try:
        while time.monotonic() < end:
            with Service(*options, port=port) as service:
                keep_reloading(service, min(RESTART_SECONDS, max(1, end - time.monotonic())))
                statuses.append(service.stop())
                reloads += len(service.messages("reloaded"))
                log = service.log_path.read_text()
                damage += [line for line in log.splitlines() if any(sign in line for sign in SIGNS_OF_DAMAGE)]
    finally:
        ending.set()
        for client in clients:
            client.join()
    acts = {}
    for client in clients:
        for name, count in client.done.items():
            acts[name] = acts.get(name, 0) + count
    return {
        "acts": acts,
        "cut by the server": sum(client.cut for client in clients),
        "wrong answers": [fault for client in clients for fault in client.wrong][:5],
        "reloads": reloads,
        "exit statuses": {status: statuses.count(status) for status in set(statuses)},
        "damage": damage[:5],
    }


def run(seconds):
    """Yields (what, figures, whether it holds): plain, then TLS."""
    with tempfile.TemporaryDirectory() as name:
        certificate, key = make_identity(pathlib.Path(name))
        common = ["--drain-seconds", 0, "--workers", 2, "--log-access-sample", 0]
        for what, options in (("HTTP", []), ("HTTPS", ["--tls-cert", certificate, "--tls-key", key])):
            figures = one_door(seconds / 2, bool(options), common + options)
            holds = set(figures["exit statuses"]) == {0} and not figures["wrong answers"] and not figures["damage"]
            yield f"rude clients over {what}", figures, holds and figures["acts"].get("polite", 0) > 0
