"""Who gets in and what each may do: routes from the program's table, forged tokens, guessed keys, other tenants."""

import base64
import hashlib
import hmac
import itertools
import json
import math
import random
import re
import secrets
import sqlite3
import statistics
import time

import pytest
from keep_alive import Connection
from keys import Issuer, dss, new_key
from service import ROOT
from siege import hold, report
from steady import Door
from test_bombs import request, siege_by

ROLES = ["score", "feedback", "metrics", "admin"]
TABLE = (ROOT / "src/app/serve/route_roles.cc").read_text()


def rows(name):
    """(path, role or None) of one of the tables of the source."""
    table = re.search(rf"constexpr std::array {name} = {{(.*?)\n}};", TABLE, re.S)[1]
    found = re.findall(r'Row\{"([^"]+)", (?:Role::k(\w+)|std::nullopt)\}', table)
    return [(path.replace("*", "some/model"), role.lower() or None) for path, role in found]


def documented():
    """(method, path) of the OpenAPI document, names filled in."""
    for path, methods in json.loads((ROOT / "openapi/openapi.json").read_text())["paths"].items():
        for method in methods:
            if method in ("get", "post", "put", "patch", "delete"):
                yield method.upper(), re.sub(r"\{[^}]*\}", "name", path)


def routes():
    """(method, target, role): the tables, what is documented, and what no table names, which is the administrator's."""
    table = {("POST", path): role for path, role in rows("kPosts")}
    table |= {("GET", path): role for path, role in rows("kGets")}
    table |= {("HEAD", path): role for path, role in rows("kGets")}
    for name in ("mine", "mine/blocklistItems", "mine/blocklistItems/1"):
        table["GET", f"/contentsafety/text/blocklists/{name}"] = "admin"
    for method in ("PATCH", "DELETE"):
        table[method, "/contentsafety/text/blocklists/mine"] = "admin"
    table["GET", "/contentsafety/text/blocklists"] = "admin"
    for action in ("addOrUpdateBlocklistItems", "removeBlocklistItems"):
        table["POST", f"/contentsafety/text/blocklists/mine:{action}"] = "admin"
    for method, path in documented():
        table.setdefault((method, path), "admin")
    return [(method, path, role) for (method, path), role in sorted(table.items())]


@pytest.fixture
def store(tmp_path):
    return f"sqlite:{tmp_path / 'keys.db'}"


def status_of(connection, method, path, key):
    """(status, head, body) of a request with a body that is no use to anybody."""
    query = "?api-version=2023-10-01" if path.startswith("/contentsafety") else ""
    lines = [f"{method} {path}{query} HTTP/1.1", "Host: a", "Content-Type: application/json", "Connection: close"]
    if key:
        lines.append(f"Authorization: Bearer {key}")
    if method not in ("GET", "HEAD"):
        lines.append("Content-Length: 2")
    connection.socket.sendall("\r\n".join([*lines, "", ""]).encode() + (b"" if method in ("GET", "HEAD") else b"{}"))
    answer = b""
    while part := connection.socket.recv(65536):
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head[9:12]), head, body


SHAPES = {
    "/v1alpha1/": lambda body: body["error"]["code"] in (401, 403, 400) and body["error"]["status"],
    "/batch": lambda body: body["error"]["code"] in (401, 403, 400) and body["error"]["status"],
    "/v1/moderations": lambda body: body["error"]["type"] == "invalid_request_error",
    "/contentsafety": lambda body: body["error"]["code"] in ("Unauthorized", "Forbidden"),
    "/predict": lambda body: body["error_type"] in ("unauthorized", "forbidden"),
    "/analyze": lambda body: body["error"] in ("unauthorized", "forbidden"),
    "/feedback": lambda body: body["error"] in ("unauthorized", "forbidden"),
    "/stats": lambda body: body["error"] in ("unauthorized", "forbidden"),
}


def has_its_protocols_shape(path, body):
    for prefix, shape in SHAPES.items():
        if path.startswith(prefix):
            return bool(shape(json.loads(body)))
    return True


def refusal_of(path, key, role):
    """The status that a key without the right gets there; Google's clients know 400 and 403."""
    if role:
        return 403
    if path.startswith(("/v1alpha1/", "/batch")):
        return 400 if key else 403
    return 401


def test_every_role_against_every_route(start, store):
    """No key and wrong keys: 401, as Google did for the Perspective API: 403 and 400. The wrong role: 403. All in the
    words of the route's protocol."""
    held = {role: new_key(store, role) for role in ROLES}
    service = start("--auth", "keys", "--auth-store", store, "--quota-failures-per-minute", 1_000_000)
    asked = 0
    for method, path, need in routes():
        for role, key in [(None, None), (None, "x"), (None, "dss_00000000_" + "0" * 40), *held.items()]:
            status, head, body = status_of(Connection(service.port), method, path, key)
            allowed = need is None or role in (need, "admin")
            where = (method, path, role, status)
            if status in (404, 405):  # named in a table, but not served here
                continue
            asked += 1
            assert (status not in (401, 403)) if allowed else status == refusal_of(path, key, role), where
            if not allowed and method != "HEAD":
                assert has_its_protocols_shape(path, body), (where, body)
                assert (b"WWW-Authenticate: Bearer" in head) == (status == 401), where
    report("roles and routes", combinations=asked, routes=len(routes()))
    assert asked > 200


@pytest.fixture
def issuer(tmp_path):
    return Issuer(tmp_path)


def forged(issuer, attacker):
    """Tokens that must not be believed."""
    public = issuer.public
    for name in ("none", "None", "nOnE", "", "HS256", "HS512", "RS512", "PS256", "ES256", "EdDSA"):
        yield issuer.token({"alg": name}, sign=lambda _: b"")
        for secret in (public, public.strip(), json.dumps({"keys": [issuer.jwk]}).encode(), b""):
            yield issuer.token({"alg": name}, sign=lambda data, s=secret: hmac.digest(s, data, hashlib.sha256))
    chain = base64.b64encode(Issuer.openssl("x509", "-outform", "der", data=attacker.certificate)).decode()
    for head in (
        {"jku": "http://127.0.0.1:1/jwks.json"},
        {"x5u": "http://127.0.0.1:1/chain.pem"},
        {"x5c": [chain]},
        {"jwk": attacker.jwk},
        {"crit": ["exp"]},
        {"kid": "../../../../dev/null"},
        {"kid": "one' OR '1'='1"},
        {"kid": "one\x00"},
        {"kid": "a" * 4000},
        {"kid": None},
        {"kid": 1},
        {"kid": ["one"]},
    ):
        yield attacker.token(head)
    yield issuer.token({"crit": ["exp"]})
    now = time.time()
    for claims in (
        {"exp": now - 120},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": -1},
        {"nbf": now + 3600},
        {"iss": "https://id.example.evil"},
        {"iss": None},
        {"iss": ["https://id.example"]},
        {"aud": "dss2"},
        {"aud": ["other"]},
        {"aud": None},
        {"aud": {"dss": 1}},
        {"sub": None},
    ):
        yield issuer.token(**claims)
    good = issuer.token()
    head, body, signature = good.split(".")
    admin = issuer.token(roles=["admin"], sub="b").split(".")[1]
    yield f"{head}.{admin}.{signature}"
    yield f"{head}.{body}."
    yield f"{head}.{body}"
    yield f"{head}.{body}.{signature}.{signature}"
    yield f".{body}.{signature}"
    yield "." * 3000
    yield good[:-8] + "AAAAAAAA"
    yield issuer.token(filler="a" * 9000)


JWT = ["--auth", "jwt", "--jwt-issuer", "https://id.example", "--jwt-audience", "dss", "--jwt-alg", "RS256"]


def test_forged_tokens(start, issuer, tmp_path):
    """alg none, HS256 with the public key, kids, jku, x5u, x5c, jwk, wrong claims, cut and huge tokens: 401."""
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [issuer.jwk]}))
    service = start(*JWT, "--jwt-jwks", jwks, "--quota-failures-per-minute", 1_000_000)
    good = issuer.token()
    assert status_of(Connection(service.port), "GET", "/stats", good)[0] == 200
    tokens = list(forged(issuer, Issuer(tmp_path, "attacker")))
    for token in tokens:
        status, _, _ = status_of(Connection(service.port), "GET", "/stats", token)
        assert status in (401, 431), (status, token)
    messages = [request("/analyze", b"{}", f"Authorization: Bearer {token}") for token in tokens]
    door = Door(service.port, headers=f"Authorization: Bearer {good}\r\n")
    counts = hold("forged tokens", door, siege_by(messages, 8))
    assert set(counts) <= {401, 431}


def test_guessed_keys(start, store):
    """Keys tried by the thousand: 401, then 429 after 60 a minute of an address; a good key is never held up."""
    good = new_key(store, "score")
    service = start("--auth", "keys", "--auth-store", store)
    messages = [
        request("/analyze", b"{}", f"X-API-Key: dss_{secrets.token_hex(4)}_{secrets.token_hex(20)}") for _ in range(999)
    ]
    door = Door(service.port, headers=f"X-API-Key: {good}\r\n")
    counts = hold("guessed keys", door, siege_by(messages, 8))
    assert set(counts) == {401, 429}
    assert counts[401] <= 200
    assert counts[429] > counts[401]


def test_the_time_of_a_refusal_tells_nothing_of_a_key(start, store):
    """Keys that agree with a real one in all but the last character, and random ones, are refused equally fast.

    Pairs in random order; under the null hypothesis either of a pair is slower as often as the other. A two-sided sign
    test at |z| < 4.4 (one false alarm in 90,000 runs). An early exit by 40 characters would have to show in the median
    difference too, which is therefore reported.
    """
    real = new_key(store, "score")
    service = start("--auth", "keys", "--auth-store", store, "--quota-failures-per-minute", 1_000_000, "--workers", 1)
    connection, choose = Connection(service.port), random.Random(1)
    near = real[:-1] + ("0" if real[-1] != "0" else "1")

    def nanoseconds(key):
        message = f"GET /info HTTP/1.1\r\nHost: a\r\nX-API-Key: {key}\r\n\r\n".encode()
        begin = time.perf_counter_ns()
        status, _ = connection.ask(message)
        assert status == 401
        return time.perf_counter_ns() - begin

    differences = []
    for _ in range(6000):
        other = real[:13] + secrets.token_hex(32)[: len(real) - 13]
        pair = [(1, near), (-1, other)]
        choose.shuffle(pair)
        differences.append(sum(sign * nanoseconds(key) for sign, key in pair))
    counted = [each for each in differences if each]
    z = (sum(each > 0 for each in counted) - len(counted) / 2) / math.sqrt(len(counted) / 4)
    report("timing of keys", pairs=len(counted), z=round(z, 2), median_difference_ns=statistics.median(differences))
    assert abs(z) < 4.4


def test_tenants_do_not_reach_each_other(start, store, tmp_path):
    """One client token of two tenants is two clients: erasing one's leaves the other's. Lists are the operator's."""
    cats, dogs = (new_key(store, "feedback", "--tenant", name) for name in ("cats", "dogs"))
    both = new_key(store, "score", "--tenant", "cats")
    database = tmp_path / "feedback.db"
    service = start("--auth", "keys", "--auth-store", store, "--feedback-store", f"sqlite:{database}")
    body = json.dumps({"text": "a text", "label": 1, "client_token": "somebody"}).encode()
    for key, _ in itertools.product((cats, dogs), range(3)):
        message = request("/feedback", body, f"X-API-Key: {key}").replace(b"Connection: close\r\n", b"")
        assert Connection(service.port).ask(message)[0] == 202
    for key in (cats, dogs, both):
        assert status_of(Connection(service.port), "GET", "/contentsafety/text/blocklists", key)[0] == 403
    assert service.stop() == 0
    erase = ["feedback", "delete", "--feedback-store", f"sqlite:{database}", "--client-token", "somebody"]
    assert dss(*erase) == "0 entries deleted\n"
    assert dss(*erase, "--tenant", "cat") == "0 entries deleted\n"
    assert dss(*erase, "--tenant", "cats") == "3 entries deleted\n"
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert dss(*erase, "--tenant", "dogs") == "3 entries deleted\n"
