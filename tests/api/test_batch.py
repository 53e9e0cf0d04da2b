"""Many texts in one request: a document of texts, and rows that are answered while they are sent."""

import http.client
import json
import threading

import pytest
import requests

TEXTS = ["you are a fool", "thank you very much", "what an idiot", "see you on Monday"]


@pytest.fixture(scope="module")
def both(start):
    return start("--workers", "2")


def rows(count):
    return [{"id": number, "text": f"{TEXTS[number % len(TEXTS)]} {number}"} for number in range(count)]


def stream(server, parts, model):
    """Rows of the answer to a request whose body is sent in those parts, read while it is sent."""
    answer = requests.post(
        f"{server.url}/analyze/batch?model={model}",
        data=parts,
        headers={"Content-Type": "application/x-ndjson"},
        timeout=60,
        stream=True,
    )
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.iter_lines()]


@pytest.mark.parametrize("model", ["simple", "bert"])
def test_a_document_is_answered_as_its_texts_are(both, model):
    body = {"texts": TEXTS, "model": model}
    answer = both.session.post(both.url + "/analyze/batch", json=body, timeout=30)
    assert answer.status_code == 200
    results = answer.json()["results"]
    for text, result in zip(TEXTS, results, strict=True):
        alone = both.analyze(text=text, model=model).json()
        assert result["categories"] == alone["categories"]
        assert result["model_used"] == model


@pytest.mark.parametrize("model", ["simple", "bert"])
def test_rows_come_back_in_order_with_the_scores_of_analyze(both, model):
    sent = rows(600)
    body = ("\n".join(json.dumps(row) for row in sent)).encode()
    answered = stream(both, (body[at : at + 997] for at in range(0, len(body), 997)), model)
    assert [row["id"] for row in answered] == [row["id"] for row in sent]
    for row in answered[:4]:
        assert row["categories"] == both.analyze(text=row["text"], model=model).json()["categories"]
        assert row["model_used"] == model


def test_the_first_answers_come_before_the_last_row_is_sent(both):
    first_answer = threading.Event()
    waited = []

    def parts():
        yield b'{"text":"you are a fool"}\n'
        waited.append(first_answer.wait(10))
        yield b'{"text":"thank you"}\n'

    connection = http.client.HTTPConnection("127.0.0.1", both.port, timeout=20)
    connection.putrequest("POST", "/analyze/batch?model=simple")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send():
        for part in parts():
            connection.send(b"%x\r\n%s\r\n" % (len(part), part))
        connection.send(b"0\r\n\r\n")

    sender = threading.Thread(target=send)
    sender.start()
    answer = connection.getresponse()
    row = json.loads(answer.readline())
    first_answer.set()
    assert row["text"] == "you are a fool"
    assert json.loads(answer.readline())["text"] == "thank you"
    sender.join()
    assert waited == [True]


def test_an_archive_larger_than_any_buffer_goes_through_one_connection(both):
    count = 40_000
    body = "".join(json.dumps(row) + "\n" for row in rows(count)).encode()
    answer = requests.post(
        both.url + "/analyze/batch",
        data=(body[at : at + 65536] for at in range(0, len(body), 65536)),
        headers={"Content-Type": "application/x-ndjson"},
        timeout=60,
        stream=True,
    )
    assert answer.status_code == 200
    ids = [json.loads(line)["id"] for line in answer.iter_lines()]
    assert ids == list(range(count))


def test_a_bad_row_says_why_and_the_others_are_scored(both):
    answered = stream(both, iter([b'{"text":"a fool"}\nnonsense\n{"no":1}\n{"text":"fine"}']), "simple")
    assert [set(row) >= {"line", "error"} for row in answered] == [False, True, True, False]
    assert [row.get("line") for row in answered] == [None, 2, 3, None]
