"""The comparison finds what it is to find."""

import re
import socket
import threading

import ambiguous
import pytest
import run
from run import Reading, is_safe, verdict


def reading(*seen, refused=False):
    return Reading(list(seen), refused, [])


@pytest.mark.parametrize(
    ("one", "other", "safe"),
    [
        (reading("s1", "a", "s2"), reading("s1", "a", "s2"), True),
        (reading("s1", refused=True), reading("s1", "a", "s2"), True),
        (reading("s1"), reading("s1", "a", "s2"), False),
        (reading("s1", "a", "x", "s2"), reading("s1", "a", "s2"), False),
        (reading("s1", "a", "s2"), reading("s1", "a"), False),
        (reading("s1", "a", "x", refused=True), reading("s1", "a", "s2"), False),
    ],
)
def test_who_sees_less_has_to_refuse(one, other, safe):
    assert is_safe(one, other) == safe
    assert is_safe(other, one) == safe
    assert (verdict(one, other) == "SMUGGLING POSSIBLE") == (not safe)


def test_the_same_seed_makes_the_same_requests_and_all_kinds_come_up():
    cases = ambiguous.requests(2000, 1)
    assert cases == ambiguous.requests(2000, 1)
    assert cases != ambiguous.requests(2000, 2)
    assert {kind for bent, _ in cases for kind in bent.split("+")} == set(ambiguous.BENT)


class Naive(threading.Thread):
    """A server that takes `Transfer-Encoding` for chunked by its exact spelling only, and knows no other rule."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            with connection:
                self.serve(connection, connection.recv(65536))

    def serve(self, connection, stream):
        while b"\r\n\r\n" in stream:
            head, stream = stream.split(b"\r\n\r\n", 1)
            if b"\r\nTransfer-Encoding: chunked\r\n" in head + b"\r\n":
                stream = stream.partition(b"0\r\n\r\n")[2]
            elif length := re.search(rb"\r\nContent-Length: (\d+)", head):
                stream = stream[int(length[1]) :]
            if own := re.search(rb"X-Request-Id: \w+", head):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + own[0] + b"\r\n\r\n")


def test_a_naive_server_is_found_out():
    server = Naive()
    server.start()
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(ambiguous.HIDDEN), ambiguous.HIDDEN)
    odd = b"POST / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\r\nTransfer-Encoding: xchunked\r\n\r\n" + body
    theirs = run.read(server.port, ambiguous.FIRST + odd + ambiguous.LAST)
    assert theirs.seen[:3] == ["s1", "a", "x"]
    assert verdict(reading("s1", "a", "s2"), theirs) == "SMUGGLING POSSIBLE"
    assert verdict(reading("s1", refused=True), theirs) == "dss refuses, the peer does not"
