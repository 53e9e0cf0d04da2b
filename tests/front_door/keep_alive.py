"""Clients that ask again and again over connections that they keep, and notice every answer that does not come."""

import json
import re
import socket
import threading
import time

LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n")


class Lost(Exception):
    """A request that was sent on an open connection got no whole answer."""


class Connection:
    """One HTTP/1.1 connection; blocking."""

    def __init__(self, port, source="127.0.0.1", timeout=30):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout, (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.closing = False  # the server has said so

    def ask(self, request):
        """(status, body)."""
        try:
            self.socket.sendall(request)
            return self.read_answer()
        except OSError as error:
            raise Lost(repr(error)) from error

    def read_answer(self):
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self.receive(received)
        head = received[: end + 2]
        length = int(LENGTH.search(head)[1])
        body = received[end + 4 :]
        while len(body) < length:
            body += self.receive(body)
        self.closing = b"\r\nConnection: close\r\n" in head
        return int(head[9:12]), body

    def receive(self, so_far):
        part = self.socket.recv(65536)
        if not part:
            raise Lost(f"the connection ended behind {len(so_far)} bytes of an answer")
        return part

    def close(self):
        self.socket.close()


def post(path, body):
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


class Client(threading.Thread):
    """Asks for texts in turn until told to end. `judge(text, status, body)` returns a fault or None."""

    def __init__(self, port, texts, judge):
        super().__init__()
        self.port, self.texts, self.judge = port, texts, judge
        self.ending = threading.Event()
        self.answered = self.refused = self.connections = 0
        self.lost, self.faults = [], []
        self.connection = None

    def run(self):
        while not self.ending.is_set():
            for text in self.texts:
                try:
                    self.one_request(text)
                except Lost as error:
                    self.lost.append(str(error))
                    self.drop()
        self.drop()

    def one_request(self, text):
        while self.connection is None:
            self.connect()
        status, body = self.connection.ask(post("/analyze", {"text": text}))
        self.answered += 1
        if fault := self.judge(text, status, body):
            self.faults.append(fault)
        if self.connection.closing:
            self.drop()

    def connect(self):
        """Nobody listens between two servers: that is refused, and no request was sent yet."""
        try:
            self.connection = Connection(self.port)
            self.connections += 1
        except OSError:
            self.refused += 1
            time.sleep(0.005)

    def drop(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def summary(clients):
    """Counts over all clients, with some of the faults."""
    return {
        "answered": sum(client.answered for client in clients),
        "lost": sum(len(client.lost) for client in clients),
        "wrong answers": sum(len(client.faults) for client in clients),
        "connections": sum(client.connections for client in clients),
        "connects refused between servers": sum(client.refused for client in clients),
        "examples": [fault for client in clients for fault in client.lost + client.faults][:5],
    }
