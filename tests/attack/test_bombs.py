"""Requests that are small to send and meant to be dear to read."""

import gzip
import itertools
import json
import random
import re
import statistics
import threading
import time

import pytest
from collisions import colliding_names, hash_bytes
from keep_alive import Connection
from siege import hold, report
from steady import Door

PERSPECTIVE, BATCH, ANALYZE = "/v1alpha1/comments:analyze", "/analyze/batch", "/analyze"
MOST_MEGABYTES_MORE = 256


def request(path, body, *headers):
    """It ends the connection, so that all of the answer has come when the connection ends."""
    lines = [f"POST {path} HTTP/1.1", "Host: a", "Connection: close", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def siege_by(requests, size=4):
    """An attack: `size` connections at a time send them in turn."""

    async def attack(ground):
        turn = itertools.cycle(requests)
        await ground.crowd(size, lambda _: ground.ask(next(turn)))

    return attack


def test_header_bombs(start):
    """Too many fields, too long ones, too long targets: 400, 414 or 431, and the connection ends."""
    head = b"GET /health HTTP/1.1\r\nHost: a\r\n"
    bombs = [
        head + b"".join(b"X-%d: 1\r\n" % i for i in range(1000)) + b"\r\n",
        head + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        head + b"X" * 1_000_000 + b": a\r\n\r\n",
        head + b"Cookie: a\r\n" * 50_000 + b"\r\n",
        head + b"Accept-Encoding: " + b"gzip;q=0.1," * 90_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /health?" + b"key=a&" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ]
    counts = hold("header bombs", Door(start().port), siege_by(bombs, 8))
    assert set(counts) <= {400, 414, 431}
    assert sum(counts.values()) > 100


def json_bombs():
    """Bodies under the 2.5 MB that these routes take, so that they are read."""
    wide = ",".join(f'"{i:x}":0' for i in range(200_000))
    yield b"[" * 2_400_000
    yield b'{"a":' * 480_000
    yield ("{" + wide + "}").encode()
    yield ("{" + wide + ",").encode()
    yield ('{"a":[' + "99999999999999999999," * 110_000 + "1]}").encode()
    yield b'{"a":' + b"9" * 2_400_000 + b"}"
    yield b'{"a":1e' + b"9" * 2_400_000 + b"}"
    yield ('{"a":[' + ("8.98846567431158" + "0" * 700 + "1e307,") * 3300 + "1]}").encode()
    yield b'{"a":"' + b"\\ud800" * 400_000 + b'"}'
    yield b"{" + b'"a":0,' * 400_000 + b'"a":1}'
    yield b'{"a":[' + b"[]," * 800_000 + b"1]}"
    yield b'{"texts":[' + b'"",' * 800_000 + b'""]}'
    yield b'{"a":"' + b"\xff" * 2_000_000 + b'"}'


def test_json_bombs(start):
    """Depth, width, doubled names, enormous numbers, lone surrogates: each refused in its protocol's own words."""
    service = start()
    bombs = [request(path, body) for body in json_bombs() for path in (PERSPECTIVE, BATCH)]
    bombs += [request(ANALYZE, body[:60_000]) for body in json_bombs()]
    before = service.resident_bytes()
    counts = hold("JSON bombs", Door(service.port), siege_by(bombs), least_seconds=6)
    assert set(counts) <= {400, 422, 503}
    assert sum(counts.values()) >= len(bombs)
    assert service.resident_bytes() - before < MOST_MEGABYTES_MORE << 20


def test_hash_flooding(start):
    """Names in JSON that collide under libstdc++'s hash, in whole and in broken documents."""
    names = colliding_names(60_000)
    assert len({hash_bytes(name.encode()) for name in names}) == 1
    members = ",".join(f"{json.dumps(name)}:0" for name in names)
    short = ",".join(f"{json.dumps(name)}:0" for name in names[:1600])
    bombs = [request(path, f"{{{members}{end}".encode()) for path in (PERSPECTIVE, BATCH) for end in ("}", ",")]
    bombs += [request(ANALYZE, f"{{{short}{end}".encode()) for end in ("}", ",")]
    counts = hold("hash flooding", Door(start().port), siege_by(bombs), least_seconds=4)
    assert set(counts) <= {400, 422, 503}
    assert sum(counts.values()) >= len(bombs)


def test_zip_bombs(start):
    """A compressed body is refused with 415 on each route and never unpacked."""
    service = start()
    packed = gzip.compress(b'{"text": "' + b"a" * (1 << 28) + b'"}', 6)[:60_000]
    routes = [ANALYZE, BATCH, PERSPECTIVE, "/v1/moderations", "/predict", "/api/v1/classify", "/feedback", "/anonymize"]
    routes += ["/", "/models/some/model", "/contentsafety/text:analyze?api-version=2023-10-01"]
    bombs = [
        request(path, packed, f"Content-Encoding: {coding}")
        for path in routes
        for coding in ("gzip", "deflate", "br", "gzip, gzip, gzip", "x-gzip")
    ]
    before = service.resident_bytes()
    counts = hold("zip bombs", Door(service.port), siege_by(bombs))
    assert set(counts) == {415}
    assert counts[415] >= len(bombs)
    assert service.resident_bytes() - before < 64 << 20


def seconds_of(connection, message, tries=7):
    """The least of some tries: what the work itself takes."""
    taken = []
    for _ in range(tries):
        begin = time.perf_counter()
        status, body = connection.ask(message)
        taken.append(time.perf_counter() - begin)
        assert status == 200, body
    return min(taken)


AZURE = "api-version=2023-10-01"
PATTERNS = ["(a+)+$", "(a|aa)+$", "(a|a?)+b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){12}", "(x+x+)+y"]


# Patterns that count: a text of two letters in random order needs a new state of their automaton for every byte.
COUNTING = ["(.{0,20}a){3}.{0,20}b.{20}c", "(.*a.{30}){3}"]


def with_patterns(start, patterns=PATTERNS, *arguments):
    """A server whose blocklist holds these patterns; those by default take backtracking exponential time."""
    service = start(*arguments)
    connection = Connection(service.port)
    body = json.dumps({"description": "patterns"}).encode()
    path = f"/contentsafety/text/blocklists/evil?{AZURE}"
    patch = request(path, body).replace(b"POST", b"PATCH", 1).replace(b"Connection: close\r\n", b"")
    assert connection.ask(patch)[0] in (200, 201)
    items = {"blocklistItems": [{"text": pattern, "isRegex": True} for pattern in patterns]}
    path = f"/contentsafety/text/blocklists/evil:addOrUpdateBlocklistItems?{AZURE}"
    status, answer = Connection(service.port).ask(request(path, json.dumps(items).encode()))
    assert status == 200, answer
    return service


def pattern_request(text):
    """`simple` reads the text: beside an encoder's time that of patterns would not be seen."""
    body = json.dumps({"text": text, "model": "simple"}).encode()
    return request(ANALYZE, body).replace(b"Connection: close\r\n", b"")


@pytest.mark.parametrize("unit", ["a", "x", "ab", "aaaaX "])
def test_patterns_take_linear_time(start, unit):
    """Four times the text takes less than eight times as long, whatever the patterns on the blocklist."""
    connection = Connection(with_patterns(start).port)
    short, long = (seconds_of(connection, pattern_request((unit * 10_000)[:size] + "!")) for size in (1200, 4800))
    report(
        f"patterns, text of '{unit}'", milliseconds_1200=round(short * 1e3, 2), milliseconds_4800=round(long * 1e3, 2)
    )
    assert long < 8 * short + 0.002


def test_patterns_that_count_do_not_hold_an_event_loop(start):
    """A probe beside clients whose texts take tens of milliseconds to match: it waits for none of them."""
    service = with_patterns(start, COUNTING, "--workers", 1)
    letters = random.Random(1)
    bombs = [pattern_request("".join(letters.choices("ab", k=4900))) for _ in range(8)]
    connection = Connection(service.port)
    alone = statistics.median(seconds_of(connection, bomb, tries=1) for bomb in bombs)
    ending = threading.Event()

    def bomb():
        client = Connection(service.port)
        for message in itertools.cycle(bombs):
            if ending.is_set():
                return
            client.ask(message)

    clients = [threading.Thread(target=bomb) for _ in range(4)]
    for client in clients:
        client.start()
    try:
        time.sleep(0.2)
        taken = sorted(seconds_of(connection, b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n", tries=1) for _ in range(200))
    finally:
        ending.set()
        for client in clients:
            client.join()
    p50, p99 = taken[100], taken[198]
    report(
        "patterns that count",
        alone_ms=round(alone * 1e3, 2),
        probe_p50_ms=round(p50 * 1e3, 2),
        probe_p99_ms=round(p99 * 1e3, 2),
    )
    # Relative, as the machine may be busy: on the loop most probes wait for texts of other clients.
    assert taken[180] < alone / 4


def test_patterns_of_a_list(start):
    """Texts made for catastrophic backtracking, against a list with such patterns."""
    service = with_patterns(start)
    bombs = [
        request(f"/contentsafety/text:analyze?{AZURE}", json.dumps({"text": unit * (9990 // len(unit)) + "!"}).encode())
        for unit in ("a", "x", "ab", "aaaaX ")
    ]
    counts = hold("patterns of a blocklist", Door(service.port), siege_by(bombs, 2))
    assert set(counts) <= {200, 503}
    assert counts[200] > 20


def test_phrases_of_a_policy_take_linear_time(start, tmp_path):
    """Phrases that begin alike, and a text that begins each of them everywhere."""
    phrases = [" ".join(["so"] * length + [f"end{length}"]) for length in range(1, 60)]
    listed = ", ".join(json.dumps(phrase) for phrase in phrases)
    (tmp_path / "games.toml").write_text(f'id = "games"\nversion = "1"\n[lists]\nblock = [{listed}]\n')
    connection = Connection(start("--policies-directory", tmp_path).port)

    def seconds(words):
        body = json.dumps({"text": "so " * words}).encode()
        message = request(ANALYZE, body, "X-Policy: games").replace(b"Connection: close\r\n", b"")
        return statistics.median(seconds_of(connection, message) for _ in range(3))

    short, long = seconds(400), seconds(1600)
    report("phrases of a policy", milliseconds_400=round(short * 1e3, 2), milliseconds_1600=round(long * 1e3, 2))
    assert long < 8 * short + 0.002


def test_bodies_in_many_chunks(start):
    """A body of 60,000 chunks of one byte."""
    head = b"POST /analyze HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
    body = b'{"text": "' + b"a " * 2000 + b'"' + b" " * 50_000 + b"}"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n" + re.sub(rb"(?s)(.)", rb"1\r\n\1\r\n", body) + b"0\r\n\r\n"
    counts = hold("one-byte chunks", Door(start().port), siege_by([chunked]))
    assert set(counts) == {200}
