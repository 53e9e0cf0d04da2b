"""`bert` over HTTP: texts of many clients share batches, and each gets the answer that it would get alone."""

import concurrent.futures
import math
import pathlib
import re
import shutil

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
TINY = ROOT / "tests/encoder/models"
WORDS = "you are a fool nice day the idiot is not".split()


@pytest.fixture(scope="module")
def tiny(start):
    return start("--model", f"bert={TINY / 'distilbert'}", "--encoder-workers", "2", "--workers", "2")


def ask(server, text, **more):
    headers = more.pop("headers", {})
    body = {"text": text, "model": "bert"} | more
    return requests.post(server.url + "/analyze", json=body, headers=headers, timeout=20)


def test_a_directory_of_ones_own_answers_under_its_labels(tiny):
    answer = ask(tiny, "you are a fool")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body["categories"]) == {"LABEL_0", "LABEL_1", "LABEL_2"}
    assert body["model_used"] == "bert"
    assert body["score"] == round(100 * body["categories"]["LABEL_0"])


def test_answers_do_not_depend_on_what_else_is_asked(tiny):
    texts = [" ".join(WORDS[(i * k) % len(WORDS)] for k in range(1, 2 + i % 30)) for i in range(120)]
    alone = {text: ask(tiny, text).json()["categories"] for text in texts}
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        together = list(pool.map(lambda text: (text, ask(tiny, text)), texts * 4))
    assert all(answer.json()["categories"] == alone[text] for text, answer in together)


def test_contributions_and_bias_make_the_logit(tiny):
    body = ask(tiny, "you are a nice fool", explain=True).json()
    told = body["explanation"]
    p = body["categories"]["LABEL_0"]
    total = told["bias"] + sum(word["contribution"] for word in told["words"])
    assert total == pytest.approx(math.log(p / (1 - p)), abs=2e-3)
    assert [(word["begin"], word["end"]) for word in told["words"]][:2] == [(0, 3), (4, 7)]


def test_a_long_text_is_read_whole(tiny):
    body = ask(tiny, "nice day " * 500).json()
    assert "truncated" not in body and body["score"] >= 0


def test_a_deadline_that_has_passed_is_refused_with_retry_after(tiny):
    answer = ask(tiny, "you are a fool", headers={"X-Request-Deadline-Ms": "0"})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert ask(tiny, "you are a fool", headers={"X-Request-Deadline-Ms": "10000"}).status_code == 200


def rejected(server, reason):
    found = re.search(rf'dss_requests_rejected_total{{reason="{reason}"}} (\S+)', server.get("/metrics").text)
    return float(found[1])


def test_what_the_encoder_turns_away_is_counted_by_its_reason(start):
    server = start("--encoder-workers", "1", "--encoder-queue-tokens", "600")
    ask(server, "you are a fool", headers={"X-Request-Deadline-Ms": "0"})
    assert (rejected(server, "deadline"), rejected(server, "queue_full")) == (1, 0)
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: ask(server, "a calm sentence about the weather " * 40), range(96)))
    refused = sum(answer.status_code == 503 for answer in answers)
    assert refused > 0
    assert rejected(server, "queue_full") == refused


def flood(server, count=200):
    text = " ".join(WORDS * 40)
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        return list(pool.map(lambda _: ask(server, text), range(count)))


def test_a_full_queue_refuses_at_once_and_the_service_goes_on(start):
    server = start("--model", f"bert={TINY / 'bert_wide_heads'}", "--encoder-queue-tokens", "600")
    answers = flood(server)
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 503)
    assert server.analyze(text="you are a fool").status_code == 200
    assert ask(server, "you are a fool").status_code == 200


def test_simple_answers_where_the_operator_allows_it(start):
    server = start("--model", f"bert={TINY / 'bert_wide_heads'}", "--encoder-queue-tokens", "600", "--encoder-degrade")
    answers = [answer.json() for answer in flood(server)]
    degraded = [answer for answer in answers if answer.get("degraded")]
    assert all(answer["model_used"] == "simple" for answer in degraded)
    assert all(answer["model_used"] == "bert" for answer in answers if not answer.get("degraded"))
    late = ask(server, "you are a fool", headers={"X-Request-Deadline-Ms": "0"}).json()
    assert late["degraded"] is True and "toxic" in late["categories"]


def test_a_damaged_encoder_stops_the_start(tmp_path, start):
    folder = tmp_path / "own"
    shutil.copytree(TINY / "distilbert", folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    with pytest.raises(AssertionError, match="ended with status"):
        start("--model", f"bert={folder}")


def test_batches_and_the_queue_stand_in_the_metrics(tiny):
    ask(tiny, "you are a fool")
    lines = tiny.get("/metrics").text.splitlines()
    values = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}
    assert values["dss_batch_size_count"] > 0
    assert values["dss_batch_tokens_sum"] > 0
    assert values["dss_queue_capacity"] == 2 * 16 * 256, "what may stand for two workers"
    assert values["dss_workers"] == 2
    assert values['dss_stage_duration_seconds_count{model_type="bert",stage="queue"}'] > 0
