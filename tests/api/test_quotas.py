"""Quotas over real sockets: 429 with RateLimit fields, by key and by address, behind a proxy."""

import collections
import subprocess
import threading

import pytest
import requests
from conftest import BINARY, ROOT

BODY = {"text": "hello you"}


def new_key(store, role="score"):
    command = [BINARY, "keys", "create", "--store", store, "--role", role, "--name", "test"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout.strip()


def analyze(server, key=None, **headers):
    if key:
        headers["X-API-Key"] = key
    return requests.post(server.url + "/analyze", json=BODY, headers=headers, timeout=10)


def test_a_key_has_its_burst_and_others_are_not_touched(start, tmp_path):
    store = f"sqlite:{tmp_path / 'keys.db'}"
    one, other = new_key(store), new_key(store)
    reader = new_key(store, "metrics")
    server = start("--auth", "keys", "--auth-store", store, "--quota-key-requests", "0.1", "--quota-key-burst", "3")
    left = []
    for _ in range(3):
        answer = analyze(server, one)
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"requests";q=3;w=30'
        left.append(answer.headers["RateLimit"].split(";")[1])
    assert left == ["r=2", "r=1", "r=0"]
    refused = analyze(server, one)
    assert refused.status_code == 429
    assert refused.json()["error"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert analyze(server, other).status_code == 200
    for _ in range(10):
        text = requests.get(server.url + "/metrics", headers={"X-API-Key": reader}, timeout=10)
        assert text.status_code == 200
    assert 'dss_requests_rejected_total{reason="rate_limited"} 1.0' in text.text


@pytest.mark.parametrize(
    ("target", "body", "check"),
    [
        (
            "/v1alpha1/comments:analyze",
            {"comment": {"text": "hello you"}, "requestedAttributes": {"TOXICITY": {}}},
            lambda e: (
                e["error"]["status"] == "RESOURCE_EXHAUSTED"
                and e["error"]["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
            ),
        ),
        ("/v1/moderations", {"input": "hello you"}, lambda e: e["error"]["code"] == "rate_limit_exceeded"),
        ("/predict", {"inputs": "hello you"}, lambda e: e["error_type"] == "overloaded"),
        (
            "/contentsafety/text:analyze?api-version=2023-10-01",
            {"text": "hello you"},
            lambda e: e["error"]["code"] == "TooManyRequests",
        ),
    ],
)
def test_refusals_have_the_shape_of_their_protocol(start, target, body, check):
    server = start("--quota-address-requests", "0.01", "--quota-address-burst", "1")
    assert requests.post(server.url + target, json=body, timeout=20).status_code == 200
    refused = requests.post(server.url + target, json=body, timeout=20)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 50
    assert check(refused.json())


def test_characters_count_once_they_have_been_read(start):
    server = start("--quota-address-characters", "1", "--quota-address-characters-burst", "10")
    answers = [analyze(server).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_no_key_fills_the_encoders_queue(start, tmp_path):
    """One key floods; another one's requests are all answered, and the flood is told to wait."""
    store = f"file:{tmp_path / 'keys'}"
    flooding, calm = new_key(store), new_key(store)
    queue = ["--encoder-workers", "1", "--encoder-queue-tokens", "4096"]
    server = start("--auth", "keys", "--auth-store", store, *queue)
    if not server.get("/info", headers={"X-API-Key": calm}).ok:
        pytest.skip("there is no encoder")
    text = "what a perfectly nice day this is " * 40
    statuses, ending = collections.Counter(), threading.Event()

    def flood():
        with requests.Session() as session:
            session.headers["X-API-Key"] = flooding
            while not ending.is_set():
                body = {"text": text, "model": "bert"}
                statuses[session.post(server.url + "/analyze", json=body, timeout=60).status_code] += 1

    clients = [threading.Thread(target=flood) for _ in range(24)]
    for client in clients:
        client.start()
    try:
        codes = []
        for _ in range(10):
            body = {"text": text, "model": "bert"}
            headers = {"X-API-Key": calm}
            codes.append(requests.post(server.url + "/analyze", json=body, headers=headers, timeout=60).status_code)
    finally:
        ending.set()
        for client in clients:
            client.join()
    assert codes == [200] * 10
    assert set(statuses) == {200, 503}


def test_only_a_trusted_proxy_says_who_the_client_is(start):
    quota = ["--quota-address-requests", "0.01", "--quota-address-burst", "2"]
    behind = start(*quota, "--trusted-proxies", "127.0.0.0/8,10.0.0.0/8")
    for client in ("203.0.113.1", "203.0.113.2"):
        codes = [analyze(behind, **{"X-Forwarded-For": f"1.1.1.{i}, {client}, 10.0.0.7"}).status_code for i in range(3)]
        assert codes == [200, 200, 429]
    alone = start(*quota)
    codes = [analyze(alone, **{"X-Forwarded-For": f"203.0.113.{i}"}).status_code for i in range(3)]
    assert codes == [200, 200, 429]


def test_guessing_keys_is_slowed_down_and_good_keys_are_not(start, tmp_path):
    store = f"file:{tmp_path / 'keys'}"
    key = new_key(store)
    server = start("--auth", "keys", "--auth-store", store, "--quota-failures-per-minute", "5")
    codes = [analyze(server, f"guess-{i}").status_code for i in range(8)]
    assert codes == [401] * 5 + [429] * 3
    assert analyze(server, key).status_code == 200


def test_without_a_quota_answers_say_nothing_of_one(server):
    assert "RateLimit" not in analyze(server).headers
