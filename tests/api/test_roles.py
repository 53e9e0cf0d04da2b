"""API keys over real sockets: every role against every route, each way to show a key, changes while serving."""

import os
import signal
import subprocess
import time

import pytest
import requests
from conftest import BINARY, ROOT

NONE, SCORE, FEEDBACK, METRICS, ADMIN = None, "score", "feedback", "metrics", "admin"
ROLES = [SCORE, FEEDBACK, METRICS, ADMIN]
COMMENT = {"comment": {"text": "hello you"}, "requestedAttributes": {"TOXICITY": {}}}
AZURE = "?api-version=2023-10-01"

# Method, target, JSON body, and the role that it needs.
ROUTES = [
    ("GET", "/livez", None, NONE),
    ("GET", "/readyz", None, NONE),
    ("GET", "/startupz", None, NONE),
    ("GET", "/health", None, NONE),
    ("GET", "/", None, NONE),
    ("GET", "/openapi.json", None, NONE),
    ("GET", "/privacy", None, NONE),
    ("GET", "/docs", None, NONE),
    ("GET", "/docs/start.js", None, NONE),
    ("GET", "/dashboard", None, NONE),
    ("GET", "/dashboard/app.js", None, NONE),
    ("GET", "/$discovery/rest?version=v1alpha1", None, NONE),
    ("GET", "/models/info", None, SCORE),
    ("GET", "/info", None, SCORE),
    ("GET", "/metrics", None, METRICS),
    ("GET", "/stats", None, METRICS),
    ("POST", "/analyze", {"text": "hello you"}, SCORE),
    ("POST", "/analyze/batch", {"texts": ["hello you"]}, SCORE),
    ("POST", "/anonymize", {"text": "hello you"}, SCORE),
    ("POST", "/feedback", {"text": "hello you", "labels": {"toxic": 0}}, FEEDBACK),
    ("POST", "/v1alpha1/comments:analyze", COMMENT, SCORE),
    ("POST", "/v1alpha1/comments:suggestscore", COMMENT, FEEDBACK),
    ("POST", "/batch", {}, SCORE),
    ("POST", "/v1/moderations", {"input": "hello you"}, SCORE),
    ("POST", "/predict", {"inputs": "hello you"}, SCORE),
    ("POST", "/", {"inputs": "hello you"}, SCORE),
    ("POST", "/models/some/model", {"inputs": "hello you"}, SCORE),
    ("POST", "/api/v1/classify", {"content": "hello you"}, SCORE),
    ("POST", f"/contentsafety/text:analyze{AZURE}", {"text": "hello you"}, SCORE),
    ("GET", f"/contentsafety/text/blocklists{AZURE}", None, ADMIN),
    ("GET", f"/contentsafety/text/blocklists/mine{AZURE}", None, ADMIN),
    ("GET", f"/contentsafety/text/blocklists/mine/blocklistItems{AZURE}", None, ADMIN),
    ("PATCH", f"/contentsafety/text/blocklists/mine{AZURE}", {"description": "mine"}, ADMIN),
    ("DELETE", f"/contentsafety/text/blocklists/mine{AZURE}", None, ADMIN),
]


def keys(*arguments):
    finished = subprocess.run(
        [BINARY, "keys", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    return finished.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return f"sqlite:{tmp_path_factory.mktemp('keys') / 'keys.db'}"


@pytest.fixture(scope="module")
def secrets_of(store):
    """Role → a key of it."""
    made = {}
    for role in ROLES:
        out = keys("create", "--store", store, "--role", role, "--name", f"test {role}")
        assert out.count("\n") == 1
        made[role] = out.strip()
    return made


@pytest.fixture(scope="module")
def guarded(start, store, secrets_of):
    return start("--auth", "keys", "--auth-store", store, "--auth-refresh-seconds", "1")


def call(server, method, target, body=None, key=None):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return requests.request(method, server.url + target, json=body, headers=headers, timeout=20)


@pytest.mark.parametrize(("method", "target", "body", "need"), ROUTES, ids=[f"{m} {t}" for m, t, _, _ in ROUTES])
def test_every_role_against_every_route(guarded, secrets_of, method, target, body, need):
    google = target.startswith(("/v1alpha1/", "/batch"))
    for key in (None, "dss_00000000_" + "0" * 40, "x"):
        status = call(guarded, method, target, body, key).status_code
        refused = 401 if not google else 400 if key else 403
        assert (status != 401) if need is NONE else (status == refused), key
    for role in ROLES:
        status = call(guarded, method, target, body, secrets_of[role]).status_code
        if need is NONE or role in (need, ADMIN):
            assert status not in (401, 403), role
        else:
            assert status == 403, role


def test_perspectives_refusals_are_googles_and_counted_as_wrong_keys(guarded, secrets_of):
    def refused():
        text = call(guarded, "GET", "/metrics", key=secrets_of[METRICS]).text
        [line] = [x for x in text.splitlines() if x.startswith('dss_requests_rejected_total{reason="unauthorized"}')]
        return float(line.split()[-1])

    before = refused()
    missing = call(guarded, "POST", "/v1alpha1/comments:analyze", COMMENT)
    assert (missing.status_code, missing.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    wrong = call(guarded, "POST", "/v1alpha1/comments:analyze?key=AIza", COMMENT)
    assert (wrong.status_code, wrong.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert wrong.json()["error"]["details"][0]["metadata"] == {"service": "commentanalyzer.googleapis.com"}
    assert refused() == before + 2


def test_the_discovery_document_takes_a_key_along_to_batches(guarded, secrets_of):
    def batch_path(key):
        return call(guarded, "GET", f"/$discovery/rest?version=v1alpha1&key={key}").json()["batchPath"]

    assert batch_path(secrets_of[SCORE]) == "batch?key=" + secrets_of[SCORE]
    for other in ("", "any", "dss_%22%2C", "dss_" + "a" * 200):
        assert batch_path(other) == "batch"


def test_no_route_is_missing_in_the_table(guarded, secrets_of):
    """What /metrics knows as handlers has been asked above: a new route must be named there."""
    text = call(guarded, "GET", "/metrics", key=secrets_of[METRICS]).text
    handlers = {line.split('handler="')[1].split('"')[0] for line in text.splitlines() if 'handler="' in line}
    asked = {target.split("?")[0] for _, target, _, _ in ROUTES}
    known = {path for path in handlers if not path.endswith("/") or path == "/"} - {"none"}
    templates = {path for path in known if "{" in path or path.startswith("/%24")}
    assert known - templates <= asked


def test_each_way_to_show_a_key(guarded, secrets_of):
    key = secrets_of[SCORE]
    url = guarded.url + "/analyze"
    body = {"text": "hello you"}
    for headers in (
        {"Authorization": f"Bearer {key}"},
        {"Authorization": f"bearer {key}"},
        {"X-API-Key": key},
        {"X-Goog-Api-Key": key},
        {"Ocp-Apim-Subscription-Key": key},
    ):
        assert requests.post(url, json=body, headers=headers, timeout=10).status_code == 200, headers
    assert requests.post(url, json=body, params={"key": key}, timeout=10).status_code == 200
    assert requests.post(url, json=body, headers={"Authorization": f"Basic {key}"}, timeout=10).status_code == 401


@pytest.mark.parametrize(
    ("target", "body", "unknown", "wrong"),
    [
        ("/analyze", {"text": "x"}, lambda e: e["error"] == "unauthorized", lambda e: e["error"] == "forbidden"),
        (
            "/v1alpha1/comments:analyze",
            COMMENT,
            lambda e: (
                e["error"]["message"] == "API key not valid. Please pass a valid API key."
                and e["error"]["details"][0]["reason"] == "API_KEY_INVALID"
            ),
            lambda e: e["error"]["status"] == "PERMISSION_DENIED",
        ),
        (
            "/v1/moderations",
            {"input": "x"},
            lambda e: e["error"]["code"] == "invalid_api_key",
            lambda e: e["error"]["type"] == "invalid_request_error",
        ),
        (
            f"/contentsafety/text:analyze{AZURE}",
            {"text": "x"},
            lambda e: e["error"]["code"] == "Unauthorized",
            lambda e: e["error"]["code"] == "Forbidden",
        ),
        (
            "/predict",
            {"inputs": "x"},
            lambda e: e["error_type"] == "unauthorized",
            lambda e: e["error_type"] == "forbidden",
        ),
    ],
)
def test_refusals_have_the_shape_of_their_protocol(guarded, secrets_of, target, body, unknown, wrong):
    answer = call(guarded, "POST", target, body, "unknown")
    google = target.startswith("/v1alpha1/")
    assert answer.status_code == (400 if google else 401)
    assert answer.headers.get("WWW-Authenticate") == (None if google else "Bearer")
    assert unknown(answer.json())
    answer = call(guarded, "POST", target, body, secrets_of[METRICS])
    assert answer.status_code == 403
    assert wrong(answer.json())


def test_a_batch_asks_for_the_role_of_each_call_within(guarded, secrets_of):
    part = (
        "--b\r\nContent-Type: application/http\r\n\r\nPOST /v1alpha1/comments:{} HTTP/1.1\r\n"
        'Content-Type: application/json\r\n\r\n{{"comment": {{"text": "hello"}}, {}}}\r\n'
    )
    body = part.format("analyze", '"languages": ["en"], "requestedAttributes": {"TOXICITY": {}}')
    body += part.format("suggestscore", '"attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}}')
    body += "--b--\r\n"
    statuses = {}
    for role in (SCORE, ADMIN):
        answer = requests.post(
            guarded.url + "/batch",
            data=body,
            headers={"Content-Type": "multipart/mixed; boundary=b", "X-API-Key": secrets_of[role]},
            timeout=20,
        )
        statuses[role] = [line.split()[1] for line in answer.text.splitlines() if line.startswith("HTTP/1.1 ")]
    assert statuses == {SCORE: ["200", "403"], ADMIN: ["200", "200"]}


def test_a_revoked_key_stops_working_and_a_new_one_begins(guarded, store):
    old = keys("create", "--store", store, "--role", "score", "--name", "shortlived").strip()
    body = {"text": "hello you"}
    assert soon(lambda: call(guarded, "POST", "/analyze", body, old).status_code == 200)
    new = keys("rotate", old[:12], "--store", store, "--grace", "0m").strip()
    assert soon(lambda: call(guarded, "POST", "/analyze", body, old).status_code == 401)
    assert call(guarded, "POST", "/analyze", body, new).status_code == 200
    keys("revoke", new[:12], "--store", store)
    os.kill(guarded.process.pid, signal.SIGHUP)
    assert soon(lambda: call(guarded, "POST", "/analyze", body, new).status_code == 401)
    listed = keys("list", "--store", store)
    assert old not in listed
    assert new not in listed
    assert listed.count("revoked") == 2


def soon(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_store_that_is_gone_leaves_the_keys_in_force_and_is_said(start, tmp_path, tmp_path_factory):
    path = tmp_path / "keys.db"
    key = keys("create", "--store", f"sqlite:{path}", "--role", "score", "--name", "forum").strip()
    log = tmp_path / "log"
    with log.open("wb") as stream:
        flags = ["--auth", "keys", "--auth-store", f"sqlite:{path}", "--auth-refresh-seconds", "1"]
        server = type(start())(stream, *flags)
        path.rename(tmp_path / "away")
        assert soon(lambda: "the API keys could not be read" in log.read_text())
        assert call(server, "POST", "/analyze", {"text": "hello"}, key).status_code == 200
        (tmp_path / "away").rename(path)
        assert soon(lambda: log.read_text().count("API keys loaded") == 2)
        server.stop()
    assert log.read_text().count("the API keys could not be read") == 1


def test_a_file_of_hashes_serves_too_and_metrics_tokens_still_work(start, tmp_path, token_file):
    path = tmp_path / "keys"
    key = keys("create", "--store", f"file:{path}", "--role", "score", "--name", "forum").strip()
    assert key not in path.read_text()
    path.chmod(0o400)
    server = start("--auth", "keys", "--auth-store", f"file:{path}", "--metrics-token-file", str(token_file))
    token = token_file.read_text().strip()
    assert call(server, "POST", "/analyze", {"text": "hello"}, key).status_code == 200
    assert call(server, "GET", "/metrics", key=key).status_code == 403
    assert call(server, "GET", "/metrics", key=token).status_code == 200
    assert call(server, "POST", "/analyze", {"text": "hello"}, token).status_code == 403


def test_no_key_is_ever_logged(start, tmp_path_factory, tmp_path, store, secrets_of):
    log = tmp_path / "log"
    with log.open("wb") as stream:
        flags = ["--auth", "keys", "--auth-store", store, "--log-access-sample", "1", "--log-level", "debug"]
        server = type(start())(stream, *flags)
        for key in ("an-unknown-key-0123456789", secrets_of[SCORE], secrets_of[METRICS]):
            requests.post(server.url + "/analyze", params={"key": key}, json={"text": "hello"}, timeout=10)
            call(server, "POST", "/analyze", {"text": "hello"}, key)
        metrics = call(server, "GET", "/metrics", key=secrets_of[METRICS]).text
        server.stop()
    for written in (log.read_text(), metrics):
        for key in ("an-unknown-key-0123456789", *secrets_of.values()):
            assert key[13:] not in written
            assert key[:12] not in written
