"""One request to each protocol of another service; tests/clients has their own clients."""

import pytest

TEXT = "You are a complete idiot."
AZURE = "/contentsafety/text:analyze?api-version=2023-10-01"


def post(server, path, body):
    return server.session.post(server.url + path, json=body, timeout=20)


@pytest.mark.parametrize(
    ("path", "body", "member"),
    [
        ("/v1/moderations", {"input": TEXT}, "results"),
        (AZURE, {"text": TEXT}, "categoriesAnalysis"),
        ("/api/v1/classify", {"content": TEXT}, "toxicity"),
    ],
)
def test_an_object_is_answered(server, path, body, member):
    answer = post(server, path, body)
    assert answer.status_code == 200 and member in answer.json()
    refused = post(server, path, {})
    assert 400 <= refused.status_code < 500 and "error" in refused.json()


def test_classification(server):
    plain = post(server, "/predict", {"inputs": TEXT}).json()
    assert post(server, "/", {"inputs": TEXT}).json() == [plain]
    assert post(server, "/models/any/model", {"inputs": TEXT}).json() == [plain]
    assert post(server, "/predict", {"inputs": ["a", "b"]}).json()["error_type"] == "validation"
    assert server.get("/info").json()["max_client_batch_size"] == 32


def test_unknown_paths_have_the_protocols_shape(server):
    assert server.get("/v1/models").json()["error"]["type"] == "invalid_request_error"
    missing = server.get("/contentsafety/none")
    assert missing.headers["x-ms-error-code"] == missing.json()["error"]["code"] == "ResourceNotFound"


def test_blocklists_are_kept_in_files_and_read_again(start, tmp_path):
    server = start("--lists-directory", str(tmp_path))
    url = server.url + "/contentsafety/text/blocklists/own"
    version = {"api-version": "2023-10-01"}
    assert server.session.patch(url, params=version, json={"description": "d"}, timeout=10).status_code == 201
    items = {"blocklistItems": [{"text": "lovely"}]}
    assert server.session.post(url + ":addOrUpdateBlocklistItems", params=version, json=items, timeout=10).ok
    assert server.analyze(text="A lovely day").json()["blocklists"][0]["begin"] == 2
    again = start("--lists-directory", str(tmp_path))
    assert again.analyze(text="A lovely day").json()["blocklists"][0]["list"] == "own"
