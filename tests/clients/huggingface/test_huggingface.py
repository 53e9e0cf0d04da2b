"""Hugging Face's clients for Python and Node.js, unmodified: the text-classification task, and TEI's /predict."""

import math

import pytest
import requests
from conftest import TEXTS
from huggingface_hub import InferenceClient
from huggingface_hub.errors import HfHubHTTPError


def as_map(predictions):
    return {one["label"]: one["score"] for one in predictions}


def check(predictions, categories):
    assert as_map(predictions) == pytest.approx(categories)
    scores = [one["score"] for one in predictions]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("path", ["", "/models/unitary/toxic-bert"])
def test_python_reads_the_same_scores_as_analyze_gives(server, expected, path):
    client = InferenceClient(model=server.url + path, token="hf_any")
    for text in TEXTS:
        check([dict(one) for one in client.text_classification(text)], expected[text])


def test_python_takes_its_parameters(server, expected):
    client = InferenceClient(model=server.url)
    (best,) = client.text_classification(TEXTS[0], top_k=1, function_to_apply="none")
    probability = max(expected[TEXTS[0]].values())
    assert 1 / (1 + math.exp(-best.score)) == pytest.approx(probability, rel=1e-4)


def test_python_errors(server):
    for text, status in [("", 400), ("a" * 20481, 422)]:
        with pytest.raises(HfHubHTTPError) as told:
            InferenceClient(model=server.url).text_classification(text)
        assert told.value.response.status_code == status
        assert "`inputs`" in told.value.server_message


def test_python_an_overloaded_server(server):
    client = InferenceClient(model=server.url, headers={"X-Request-Deadline-Ms": "0"})
    with pytest.raises(HfHubHTTPError) as told:
        client.text_classification(TEXTS[0])
    assert told.value.response.status_code == 429
    assert int(told.value.response.headers["Retry-After"]) > 0


def test_node_reads_the_same_scores_as_analyze_gives(server, expected, node):
    for text in TEXTS:
        job = {"endpointUrl": server.url, "request": {"inputs": text}}
        check(node("huggingface", job)["result"], expected[text])


def test_node_errors(server, node):
    error = node("huggingface", {"endpointUrl": server.url, "request": {"inputs": "a" * 20481}})["error"]
    assert (error["name"], error["status"]) == ("InferenceClientProviderApiError", 422)
    assert error["body"]["error_type"] == "validation"


def test_predict_of_tei(server, expected):
    batch = requests.post(server.url + "/predict", json={"inputs": [[text] for text in TEXTS]}, timeout=20).json()
    for text, predictions in zip(TEXTS, batch, strict=True):
        check(predictions, expected[text])
    raw = requests.post(server.url + "/predict", json={"inputs": TEXTS[0], "raw_scores": True}, timeout=20).json()
    sigmoid = {label: 1 / (1 + math.exp(-logit)) for label, logit in as_map(raw).items()}
    assert sigmoid == pytest.approx(expected[TEXTS[0]], rel=1e-4)


def test_classify_of_discourse(server, expected):
    body = {"model": "unbiased", "content": TEXTS[0]}
    answer = requests.post(server.url + "/api/v1/classify", json=body, timeout=20).json()
    categories = expected[TEXTS[0]]
    assert answer["toxicity"] == math.floor(100 * categories["toxic"] + 0.5)
    assert answer["identity_attack"] == math.floor(100 * categories["identity_hate"] + 0.5)
    assert answer["sexual_explicit"] == 0 and len(answer) == 7
