"""SIGHUP: models and token files are exchanged while requests are under way."""

import json
import re
import threading
import urllib.error
import urllib.request

import pytest
from model_versions import point_to, write_model

TEXT = "you are a perfectly nice fool"


def fetch(service, path, body=None, token=None):
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", data=body)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode()


def analyze(service, text=TEXT):
    return json.loads(fetch(service, "/analyze", json.dumps({"text": text}).encode()))


def sample(service, series):
    found = re.search("^" + re.escape(series) + " (.*)$", fetch(service, "/metrics"), re.M)
    return found and float(found[1])


@pytest.fixture
def models(tmp_path):
    """A link to the folder of version a; version b lies beside it."""
    write_model(tmp_path / "a", "1.0.0-a")
    write_model(tmp_path / "b", "1.0.0-b", shift=1.5)
    point_to(tmp_path / "models", tmp_path / "a")
    return tmp_path / "models"


def test_a_new_model_answers_after_a_reload(start, models):
    service = start("--models", models)
    before = analyze(service)
    assert before["model_version"] == "1.0.0-a"
    point_to(models, models.with_name("b"))
    service.reload()
    after = analyze(service)
    assert after["model_version"] == "1.0.0-b"
    assert after["categories"]["toxic"] > before["categories"]["toxic"]
    assert json.loads(fetch(service, "/models/info"))["models"][0]["version"] == "1.0.0-b"
    text = fetch(service, "/metrics")
    assert 'version="1.0.0-b"} 1.0' in text
    assert 'version="1.0.0-a"' not in text
    assert sample(service, 'dss_model_reloads_total{result="success"}') == 1
    assert sample(service, 'model_load_seconds_count{model_type="simple"}') == 2


def remove(folder):
    (folder / "simple" / "card.json").unlink()


def cut(folder):
    file = folder / "simple" / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1000])


def mix(folder):
    """The card of one version, the weights of another: what a reload finds in the middle of a copy."""
    other = folder.with_name("a") / "simple" / "model.safetensors"
    (folder / "simple" / "model.safetensors").write_bytes(other.read_bytes())


@pytest.mark.parametrize("damage", [remove, cut, mix])
def test_a_bad_model_keeps_the_old_one_and_says_so(start, models, damage):
    service = start("--models", models)
    before = analyze(service)
    damage(models.with_name("b"))
    point_to(models, models.with_name("b"))
    line = service.failing_reload()
    assert line["part"] == "models"
    assert str(models / "simple") in line["cause"]
    after = analyze(service)
    assert after["model_version"] == "1.0.0-a"
    assert after["categories"] == before["categories"]
    assert sample(service, 'dss_model_reloads_total{result="failure"}') == 1
    assert sample(service, 'dss_model_load_failures_total{model_type="simple"}') == 1
    assert sample(service, 'dss_model_loaded{model_type="simple"}') == 1


def test_a_bad_encoder_is_counted_as_such(start, models):
    service = start("--models", models)
    encoder = models.with_name("b") / "bert"
    encoder.mkdir()
    (encoder / "model.safetensors").write_bytes(b"cut")
    point_to(models, models.with_name("b"))
    assert str(models / "bert") in service.failing_reload()["cause"]
    assert analyze(service)["model_version"] == "1.0.0-a"
    assert sample(service, 'dss_model_load_failures_total{model_type="bert"}') == 1
    assert sample(service, 'dss_model_load_failures_total{model_type="simple"}') == 0


def test_under_load_every_answer_is_of_one_version_whole(start, models):
    """The scores of an answer are those of the version that it names."""
    service = start("--models", models)
    texts = [f"{TEXT} number {i}" for i in range(20)]
    known = {}
    for version in "ab":
        point_to(models, models.with_name(version))
        service.reload()
        for text in texts:
            answer = analyze(service, text)
            known[answer["model_version"], text] = answer["categories"]
    assert len(known) == 40
    wrong, versions, ending = [], set(), threading.Event()

    def ask():
        while not ending.is_set():
            for text in texts:
                answer = analyze(service, text)
                versions.add(answer["model_version"])
                if answer["categories"] != known.get((answer["model_version"], text)):
                    wrong.append(answer)

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    for i in range(10):
        point_to(models, models.with_name("ab"[i % 2]))
        service.reload()
    ending.set()
    for client in clients:
        client.join()
    assert wrong == []
    assert versions == {"1.0.0-a", "1.0.0-b"}


def test_a_bad_token_file_keeps_the_old_tokens_and_the_model_is_still_exchanged(start, models, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text("0123456789abcdef0123\n")
    service = start("--models", models, "--metrics-token-file", tokens)
    tokens.write_text("short\n")
    point_to(models, models.with_name("b"))
    assert service.failing_reload()["part"] == "tokens"
    assert analyze(service)["model_version"] == "1.0.0-b"
    assert fetch(service, "/metrics", token="0123456789abcdef0123")
    tokens.write_text("fedcba9876543210fedc\n")
    service.reload()
    assert fetch(service, "/metrics", token="fedcba9876543210fedc")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        fetch(service, "/metrics", token="0123456789abcdef0123")


def test_an_open_admin_listener_is_warned_of(start):
    service = start("--admin-listen", "0.0.0.0:0")
    warnings = [line for line in service.log() if line["level"] == "warn"]
    assert [line["address"] for line in warnings] == ["0.0.0.0:0"]
    assert "--metrics-token-file" in warnings[0]["message"]
    assert not [line for line in start("--admin-listen", "127.0.0.1:0").log() if line["level"] == "warn"]
