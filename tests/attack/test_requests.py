"""Requests that lie: about paths, origins, log lines, and where they come from."""

import json
import re
import socket

import pytest
from keep_alive import Connection, get, post
from siege import hold
from steady import Door
from test_bombs import siege_by


def raw(port, message):
    """The whole answer to these bytes; the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), 20) as door:
        door.sendall(message)
        door.shutdown(socket.SHUT_WR)
        answer = b""
        while part := door.recv(65536):
            answer += part
    return answer


TRICKS = [
    "/docs/..%2f..%2f..%2fetc/passwd",
    "/docs/%2e%2e/%2e%2e/etc/passwd",
    "/docs/../metrics",
    "/docs/..%2fmetrics",
    "/docs/%2e%2e%2fmetrics",
    "/docs/..;/metrics",
    "/docs;/../metrics",
    "//metrics",
    "/./metrics",
    "/metrics%00",
    "/metrics%00.js",
    "/livez%00/../metrics",
    "/metrics;a=b",
    "/metrics%2f",
    "/%6detrics",
    "/METRICS",
    "/docs/\\..\\metrics",
    "/docs/%5c..%5cmetrics",
    "/docs/%c0%ae%c0%ae/metrics",
    "/docs/start.js%00metrics",
    "/livez/../metrics",
    "/livez/..%252fmetrics",
    "/livez#/../metrics",
    "http://a/metrics",
    "http://127.0.0.1:1/metrics",
    "http://user@a/metrics",
    "HTTP://a/metrics",
    "https://a/metrics",
    "file:///etc/passwd",
    "*",
    "a:80",
]


def test_paths_that_lie(start, tmp_path):
    """Another spelling of a guarded path never gets past its guard, and no path reads a file."""
    token = tmp_path / "token"
    token.write_text("0123456789abcdef0123456789abcdef\n")
    token.chmod(0o600)
    service = start("--metrics-token-file", token)
    for method in ("GET", "HEAD", "POST"):
        for path in TRICKS:
            length = "Content-Length: 2\r\n" if method == "POST" else ""
            message = f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{length}\r\n".encode()
            answer = raw(service.port, message + (b"{}" if length else b""))
            status = int(answer[9:12])
            assert status in (400, 401, 404, 405, 415, 422, 501), (method, path, answer[:200])
            assert b"root:" not in answer and b"dss_" not in answer.partition(b"\r\n\r\n")[2], (path, answer[-300:])
    messages = [f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode() for path in TRICKS]
    hold("paths that lie", Door(service.port), siege_by(messages))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "https://a.example\r\nX: 1"])
def test_no_other_origin_may_read(start, origin):
    """No answer gives another origin leave to read it or to send credentials, in requests or preflights."""
    service = start()
    asked = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n"
    head = f"Host: a\r\nOrigin: {origin}\r\nCookie: a=b\r\nConnection: close\r\n"
    for path in ("/analyze", "/stats", "/v1/moderations", "/v1alpha1/comments:analyze", "/docs"):
        preflight = raw(service.port, f"OPTIONS {path} HTTP/1.1\r\n{head}{asked}\r\n".encode())
        simple = raw(service.port, f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        for answer in (preflight, simple):
            names = answer.partition(b"\r\n\r\n")[0].lower()
            wildcard = b"access-control-allow-origin: *" in names
            assert not (wildcard and b"access-control-allow-credentials" in names), answer
            assert b"access-control-allow-origin: " + origin.split("\r")[0].encode().lower() not in names
        assert int(preflight[9:12]) == 405, preflight


NASTY = [
    '{"level":"error","message":"forged"}',
    "\x1b[2J\x1b[31m",
    "a\tb",
    '"},{"a":"',
    "\u202e\u2028\x85",
    "\xff\xfe",
    "%0d%0a",
]


def test_log_lines_stay_lines(start, tmp_path):
    """Line ends, terminal escapes and quotes in each place that a client fills: a line stays one JSON object."""
    service = start("--log-access-sample", 1, "--log-level", "debug")
    for nasty in NASTY:
        for wire in {nasty.encode("latin-1", "replace"), nasty.encode()}:
            for message in (
                b"GET /" + wire + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                b"GET /livez?" + wire + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                wire + b" /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                *(
                    b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + name + b": " + wire + b"\r\n\r\n"
                    for name in (b"X-Request-Id", b"User-Agent", b"X-API-Key", b"Authorization", b"X-Forwarded-For")
                    + (b"traceparent", b"X-Community-Id", b"X-Policy", b"Host2")
                ),
            ):
                raw(service.port, message)
    for ending in (b"\r", b"\n", b"\r\n", b"\0", b"%0d%0aX", b"\x1b[0m"):
        forged = b'{"level":"error","message":"forged"}'
        raw(service.port, b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: a" + ending + forged + b"\r\n\r\n")
        raw(service.port, b"GET /livez" + ending + forged + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert Connection(service.port).ask(get("/livez"))[0] == 200
    assert service.stop() == 0
    written = service.log_path.read_bytes()
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", written)
    lines = [json.loads(line) for line in written.decode().splitlines()]
    assert len(written.split(b"\n")) - 1 == len(lines)
    assert len(lines) > 50
    assert not [line for line in lines if line["message"] == "forged"]


QUOTA = ["--quota-address-requests", 0.01, "--quota-address-burst", 2]


def statuses(service, headers):
    return [Connection(service.port).ask(with_headers(*each))[0] for each in headers]


def with_headers(*lines):
    added = "".join(f"{line}\r\n" for line in lines)
    return post("/analyze", {"text": "hello"}).replace(b"Host: a\r\n", f"Host: a\r\n{added}".encode(), 1)


def test_whoever_is_no_proxy_forwards_for_nobody(start):
    """Each spelling of "I am somebody else" of a client that no operator trusts counts against its own address."""
    lies = [
        ["X-Forwarded-For: 203.0.113.1"],
        ["X-Forwarded-For: 127.0.0.1"],
        ["x-forwarded-for: 203.0.113.2", "X-Forwarded-For: 203.0.113.3"],
        ["Forwarded: for=203.0.113.4"],
        ["X-Real-IP: 203.0.113.5"],
        ["True-Client-IP: 203.0.113.6"],
        ["CF-Connecting-IP: 203.0.113.7"],
        ["X-Client-IP: 203.0.113.8"],
    ]
    assert statuses(start(*QUOTA), lies) == [200, 200] + [429] * 6


def test_behind_a_proxy_only_its_own_word_counts(start):
    """What the client wrote in front of the proxy's entry is not believed, nor the header that is not configured."""
    lies = [[f"X-Forwarded-For: 198.51.100.{i}, 203.0.113.9"] for i in range(4)]
    lies += [[f"X-Forwarded-For: {i}{'x' * i}, 203.0.113.9", f"Forwarded: for=198.51.100.{i}"] for i in range(4)]
    service = start(*QUOTA, "--trusted-proxies", "127.0.0.0/8")
    assert statuses(service, lies) == [200, 200] + [429] * 6


def test_addresses_of_one_network_are_one_client(start):
    """A thousand IPv6 addresses of one /64 have the quota of one; the next /64 has its own."""
    service = start(*QUOTA, "--trusted-proxies", "127.0.0.0/8")
    one = [[f"X-Forwarded-For: 2001:db8:1:2:{i:x}:{i * 77 % 65536:x}::{i:x}"] for i in range(1, 1000)]
    mapped = [[f"X-Forwarded-For: {address}"] for address in ("203.0.113.77", "::ffff:203.0.113.77", "203.0.113.77:80")]
    assert statuses(service, one) == [200, 200] + [429] * 997
    assert statuses(service, [["X-Forwarded-For: 2001:db8:1:3::1"]]) == [200]
    assert statuses(service, mapped) == [200, 200, 429]
