"""The native API over the wire: the shape of every answer and of every error."""

import datetime
import hashlib
import json
import math
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATEGORIES = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
LEVELS = [(0, 24, "low"), (25, 59, "medium"), (60, 84, "high"), (85, 100, "extreme")]
TEXTS = ["hello", "you are a fool", "I will find you and kill you", "Merci pour votre aide", "😀", "a b " * 1250]


def level_of(score):
    return next(name for low, high, name in LEVELS if low <= score <= high)


def check_error(answer, status, code):
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    assert body["error"] == code and body["message"]
    datetime.datetime.fromisoformat(body["timestamp"])
    return body


@pytest.mark.parametrize("text", TEXTS)
def test_every_number_of_an_answer_agrees_with_the_others(server, text):
    answer = server.analyze(text=text)
    assert answer.status_code == 200
    body = answer.json()
    p = body["categories"]["toxic"]
    assert list(body["categories"]) == CATEGORIES
    assert all(0 <= value <= 1 for value in body["categories"].values())
    assert body["score"] == math.floor(100 * p + 0.5)
    assert body["toxicity_level"] == level_of(body["score"])
    assert body["confidence"] == pytest.approx(max(p, 1 - p), abs=1e-6)
    assert body["model_used"] == "simple" and body["model_version"]
    assert body["processing_time_ms"] >= 0
    assert isinstance(body["language_supported"], bool) and body["language"]
    assert datetime.datetime.fromisoformat(body["timestamp"]).tzinfo is not None


def test_flags_are_the_categories_at_or_over_their_thresholds(server):
    models = {model["name"]: model for model in server.get("/models/info").json()["models"]}
    thresholds = {label["name"]: label["threshold"] for label in models["simple"]["labels"]}
    for text in TEXTS:
        body = server.analyze(text=text).json()
        over = [name for name, p in body["categories"].items() if p >= thresholds[name]]
        assert body["flagged"] == over


@pytest.mark.parametrize("text", ["you are a fool", " \n you stupid idiot 😀 ", "I hate é😀 you"])
def test_an_explanation_adds_up_and_points_into_the_text(server, text):
    body = server.analyze(text=text, explain=True).json()
    explanation, p = body["explanation"], body["categories"]["toxic"]
    total = explanation["bias"] + sum(word["contribution"] for word in explanation["words"])
    assert total == pytest.approx(explanation["logit"], abs=1e-3)
    assert 1 / (1 + math.exp(-explanation["logit"])) == pytest.approx(p, abs=1e-4)
    for word in explanation["words"]:
        assert 0 <= word["begin"] < word["end"] <= len(text)
        assert text[word["begin"] : word["end"]].strip() == text[word["begin"] : word["end"]]


def test_an_explanation_comes_only_when_asked_for(server):
    assert "explanation" not in server.analyze(text="you are a fool").json()


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/problem+json", None])
def test_media_types_that_clients_send(server, content_type):
    assert server.post(b'{"text":"hello"}', content_type).status_code == 200


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_other_media_types(server, content_type):
    check_error(server.post(b'{"text":"hello"}', content_type), 415, "unsupported_media_type")


def test_a_body_that_is_too_large(server):
    check_error(server.analyze(text="a" * 70000), 413, "payload_too_large")
    assert server.post(json.dumps({"text": "😀" * 5000}).encode()).status_code == 200


@pytest.mark.parametrize("body", [b'{"text":"caf\xe9"}', b'{"text":"\\ud800"}', b"\xef\xbb\xbf{}", b"", b"[" * 1000])
def test_bodies_that_are_no_text(server, body):
    answer = check_error(server.post(body), 422, "validation_error")
    assert answer["detail"][0]["loc"][0] == "body"


def test_an_unknown_model(server):
    answer = check_error(server.analyze(text="a", model="gpt"), 422, "validation_error")
    assert answer["detail"][0]["loc"] == ["body", "model"]


def test_an_encoder_that_is_not_installed_says_so(start, tmp_path):
    (tmp_path / "simple").symlink_to(ROOT / "models/simple")
    server = start("--models", str(tmp_path))
    assert not server.get("/health").json()["models"]["bert"]["loaded"]
    answer = server.analyze(text="a", model="bert")
    check_error(answer, 503, "model_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert server.get("/readyz").status_code == 200


def test_unknown_routes_and_wrong_methods(server):
    check_error(server.get("/nope"), 404, "not_found")
    answer = server.get("/analyze")
    check_error(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "POST"


def test_no_error_echoes_the_text(server):
    secret = "sesame-open-you"
    for body in [
        {"text": secret, "model": secret},
        {"text": [secret]},
        {"text": secret * 5000},
        {"text": secret, "explain": secret},
        secret,
    ]:
        for damage in ("", "}"):
            answer = server.post((json.dumps(body) + damage).encode())
            assert answer.status_code in (413, 422)
            assert secret not in answer.text + str(answer.headers)


def test_probes(server):
    assert server.get("/health").json()["status"] in ("healthy", "degraded")
    for path in ("/livez", "/readyz", "/startupz"):
        assert server.get(path).status_code == 200


def test_stats_count_this_traffic(server):
    before = server.get("/stats").json()
    scores = [server.analyze(text=text).json() for text in TEXTS]
    server.analyze(text="")
    after = server.get("/stats").json()
    assert after["requests"]["success"] - before["requests"]["success"] == len(TEXTS)
    assert after["requests"]["validation_error"] == before["requests"]["validation_error"]
    for _, _, level in LEVELS:
        grown = after["levels"][level] - before["levels"][level]
        assert grown == sum(1 for body in scores if body["toxicity_level"] == level)


def test_models_info_tells_the_weights(server):
    model = next(model for model in server.get("/models/info").json()["models"] if model["name"] == "simple")
    weights = ROOT / "models" / "simple" / "model.safetensors"
    assert model["sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert model["size_bytes"] == weights.stat().st_size
    assert model["languages"] and model["card"]


def test_the_operators_routes_want_the_token(start, token_file):
    guarded = start("--metrics-token-file", str(token_file))
    for path in ("/stats", "/metrics"):
        answer = guarded.get(path)
        check_error(answer, 401, "unauthorized")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        token = token_file.read_text().strip()
        assert guarded.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert guarded.get(path, headers={"Authorization": f"Bearer {token}0"}).status_code == 401
    assert guarded.analyze(text="hello").status_code == 200
