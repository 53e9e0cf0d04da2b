"""Marked texts go through every route, every error and a crash; then no byte that the server wrote holds a mark.

A mark is looked for in all the forms in which a program might write it: as it is, percent-encoded, in hexadecimal,
in base64 and in UTF-16. Words of a mark are looked for too, since a part of a text is a text.
"""

import base64
import contextlib
import json
import os
import pwd
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
import requests
from conftest import BINARY

WORDS = ("zirkonvex", "quastelmurr", "blorphaine")
MARK = " ".join(WORDS)
MAIL = "zirkonvex.quastelmurr@example.org"
# Routes that the access log leaves out.
UNLOGGED = {("GET", "/metrics")}

# Every POST route with a body that holds the mark.
BODIES = {
    "/analyze": {"text": MARK, "explain": True, "community_id": MARK},
    "/analyze/batch": {"texts": [MARK, f"{MARK} again"], "community_id": MARK},
    "/anonymize": {"text": f"{MARK} {MAIL}"},
    "/feedback": {"text": f"{MARK} {MAIL}", "labels": {"toxic": 1}, "client_token": MARK},
    "/v1alpha1/comments:analyze": {
        "comment": {"text": MARK},
        "requestedAttributes": {"TOXICITY": {}},
        "communityId": MARK,
    },
    "/v1alpha1/comments:suggestscore": {
        "comment": {"text": MARK},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "clientToken": MARK,
    },
    "/v1/moderations": {"input": [MARK, MARK]},
    "/": {"inputs": MARK},
    "/predict": {"inputs": [[MARK], [MARK]]},
    "/models/any": {"inputs": MARK},
    "/api/v1/classify": {"content": MARK},
    "/contentsafety/text:analyze?api-version=2023-10-01": {"text": MARK},
    "/batch": MARK,
}

PARTS = (
    "--b\r\nContent-Type: application/http\r\nContent-ID: <" + WORDS[0] + ">\r\n\r\n"
    "POST /v1alpha1/comments:analyze HTTP/1.1\r\n\r\n{}\r\n--b--\r\n"
)

LISTS = "/contentsafety/text/blocklists"
VERSION = "?api-version=2023-10-01"
ITEM = {"blocklistItems": [{"text": MARK, "description": MARK}]}

# Every route of the operator's lists, which no table of roles names, with a body that holds the mark or none.
LIST_REQUESTS = [
    ("PATCH", "/{name}", {"description": MARK}),
    ("POST", "/{name}:addOrUpdateBlocklistItems", ITEM),
    ("GET", "", None),
    ("GET", "/{name}", None),
    ("GET", "/{name}/blocklistItems", None),
    ("GET", "/{name}/blocklistItems/{id}", None),
    ("POST", "/{name}:removeBlocklistItems", {"blocklistItemIds": [MARK]}),
    ("DELETE", "/{name}", None),
]


def forms(text):
    """Bytes in which `text` could stand."""
    plain = text.encode()
    yield plain
    yield plain.hex().encode()
    yield text.encode("utf-16-le")
    yield re.sub("[ @.]", lambda found: f"%{ord(found[0]):02X}", text).encode()
    # The middle of base64, whatever stands before it.
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + plain)[4:-4]


def leaks(files):
    marks = {form for text in (MARK, MAIL, *WORDS) for form in forms(text)}
    return [(name, mark) for name, content in files.items() for mark in marks if mark.lower() in content.lower()]


def damaged(body):
    """Bodies that are refused, each holding the mark."""
    whole = json.dumps(body).encode()
    yield whole[:-3]
    yield whole.replace(b"{", b"[", 1)
    yield whole + MARK.encode()
    yield whole.replace(b'"', b"'")
    yield json.dumps({MARK: body}).encode()
    yield json.dumps({key: {MARK: value} for key, value in body.items()} if isinstance(body, dict) else [body]).encode()
    yield MARK.encode() + b"\xff\xfe"
    yield b'{"text": "' + MARK.encode() + b'\\ud800"}'


def send(server, method, target, **options):
    with contextlib.suppress(requests.RequestException):
        server.request(method, target, **options)


def send_everything(server):
    kinds = (
        "application/json",
        "text/plain",
        f"application/{WORDS[0]}",
        "application/x-ndjson",
        "multipart/mixed; boundary=x",
    )
    for target, body in BODIES.items():
        send(server, "POST", target, json=body)
        for content in damaged(body):
            send(server, "POST", target, data=content, headers={"Content-Type": "application/json"})
        for kind in kinds:
            send(server, "POST", target, data=json.dumps(body), headers={"Content-Type": kind})
        send(server, "POST", target, data=json.dumps({"text": MARK * 200_000}))
        send(server, "POST", target, json=body, headers={"X-Policy": WORDS[0], "Authorization": f"Bearer {WORDS[1]}"})
    send(server, "POST", "/v1/moderations", json={"input": [{"type": "text", "text": MARK}, {"type": MARK}]})
    calls = PARTS.format(json.dumps(BODIES["/v1alpha1/comments:analyze"]))
    send(server, "POST", "/batch", data=calls, headers={"Content-Type": "multipart/mixed; boundary=b"})
    send(server, "PATCH", f"{LISTS}/other{VERSION}", json={"description": MARK})
    made = server.request("POST", f"{LISTS}/other:addOrUpdateBlocklistItems{VERSION}", json=ITEM).json()
    ids = {"blocklistItemIds": [item["blocklistItemId"] for item in made["blocklistItems"]]}
    send(server, "POST", f"{LISTS}/other:removeBlocklistItems{VERSION}", json=ids)
    for method, path, body in LIST_REQUESTS:
        for name in ("mine", WORDS[0]):
            target = LISTS + re.sub(r"\{[^}]*\}", name, path) + VERSION
            send(server, method, target, json=body)
            for content in damaged(body) if body else ():
                send(server, method, target, data=content, headers={"Content-Type": "application/json"})
    for method, route in routes_of(server):
        if method not in ("POST", "PATCH"):
            send(server, method, re.sub(r"\{[^}]*\}", WORDS[0], route) + f"?{WORDS[1]}={WORDS[2]}")
    rows = "\n".join([json.dumps({"text": MARK}), MARK, json.dumps({"txt": MARK}), "{" + MARK]) + "\n"
    send(server, "POST", "/analyze/batch", data=rows, headers={"Content-Type": "application/x-ndjson"})
    for target in (f"/{WORDS[0]}", f"/analyze/{WORDS[1]}?text={MARK}", f"/metrics?{WORDS[0]}=1", f"/models/{WORDS[0]}"):
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            send(server, method, target)
    for target in ("/v1alpha1/comments:analyze", "/analyze"):
        send(server, "POST", f"{target}?key={WORDS[2]}", json=BODIES[target])
    # X-Request-Id is not among them: whoever sends one wants to find it in the log.
    for name in (
        "traceparent",
        "tracestate",
        "baggage",
        "User-Agent",
        "Referer",
        "Cookie",
        "Host",
        "Origin",
        "X-Forwarded-For",
    ):
        send(server, "POST", "/analyze", json=BODIES["/analyze"], headers={name: WORDS[0]})
    for raw in (
        f"{WORDS[0]} {WORDS[1]} HTTP/1.1\r\n\r\n",
        f"POST /analyze HTTP/1.1\r\nHost: x\r\n{WORDS[0]}: {WORDS[1]}\r\nContent-Length: {WORDS[2]}\r\n\r\n",
        f"POST /analyze HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {WORDS[0]}\r\n\r\n{MARK}",
        f"POST /analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{MARK}",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(raw.encode())
            connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(OSError):
                connection.recv(4096)


def routes_of(server):
    """{(method, route): role} of the table that the running server has."""
    return {(line["method"], line["route"]): line["role"] for line in server.log() if line["message"] == "route"}


def not_asked(server):
    """What the server's own table of routes has and its access log has not.

    Each route must have been asked; one that takes a body must have taken one and refused one.
    """
    statuses = {}
    for line in server.log():
        if line["message"] == "request":
            statuses.setdefault((line["method"], line["route"]), set()).add(line["status"] // 100)
    missing = []
    for method, route in routes_of(server):
        seen = statuses.get((method, route), set())
        wanted = {2, 4} if method in ("POST", "PATCH") else set()
        if (method, route) not in UNLOGGED and (not seen or wanted - seen):
            missing.append((method, route, sorted(seen)))
    return missing


def test_the_search_finds_what_leaks():
    assert leaks({"log": json.dumps({"path": MAIL}).encode()})
    assert leaks({"log": b"..." + base64.b64encode(b"a text: " + MARK.encode())})
    assert leaks({"log": WORDS[1].upper().encode()})
    assert not leaks({"log": b"a calm line"})


@pytest.mark.parametrize(
    "flags", [(), ("--default-model", "simple", "--privacy-mask", "score")], ids=["defaults", "masked"]
)
def test_nothing_that_the_server_writes_or_sends_holds_a_mark(start, collector, flags):
    """Every route of the server's own table is asked, answered and refused; every request is traced."""
    server = start("--tracing-endpoint", collector.url, "--tracing-sample-ratio", "1", *flags)
    send_everything(server)
    metrics = server.request("GET", "/metrics", headers={"Accept": "application/openmetrics-text"}).content
    server.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert server.stop() == 0
    files = server.everything_written()
    assert len(routes_of(server)) > 30
    assert not_asked(server) == []
    requests_logged = sum(line["message"] == "request" for line in server.log())
    assert collector.spans() >= requests_logged / 2, "spans that the queue has no room for are dropped, no more"
    assert leaks(files | {"metrics": metrics, "spans": bytes(collector.received)}) == []


def test_texts_that_the_operator_keeps_are_masked(start):
    """With feedback.keep-text the text is in the database, without the address in it."""
    server = start("--feedback-keep-text")
    assert server.request("POST", "/feedback", json=BODIES["/feedback"]).status_code == 202
    time.sleep(0.5)
    assert server.stop() == 0
    files = server.everything_written()
    text = files["feedback.db as text"]
    assert MARK.encode() in text and b"[EMAIL]" in text and MAIL.encode() not in text
    assert leaks({"output": files["output"]}) == []


def test_a_crash_leaves_nothing_behind(start):
    server = start()
    limits = Path(f"/proc/{server.process.pid}/limits").read_text(encoding="ascii")
    assert re.search(r"Max core file size\s+0\s+0", limits)
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            send(server, "POST", "/analyze", json=BODIES["/analyze"])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    server.process.send_signal(signal.SIGSEGV)
    assert server.process.wait(20) == -signal.SIGSEGV
    stop.set()
    for thread in threads:
        thread.join()
    files = server.everything_written()
    assert not [name for name in files if "core" in name]
    assert leaks(files) == []


# Its files below /proc belong to root, and no debugger of the same user may attach.
@pytest.mark.skipif(os.getuid() != 0, reason="becomes another user, which needs root")
def test_no_other_process_of_its_user_reads_its_memory(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    nobody = pwd.getpwnam("nobody").pw_uid
    command = [BINARY, "serve", "--port", str(port), "--drain-seconds", "0"]
    for flags, owner in ((("--privacy-core-dumps",), nobody), ((), 0)):
        server = subprocess.Popen([*command, *flags], stderr=subprocess.DEVNULL, user=nobody, cwd="/")
        try:
            time.sleep(1)
            assert Path(f"/proc/{server.pid}/mem").stat().st_uid == owner
        finally:
            server.terminate()
            assert server.wait(30) == 0
