"""The Perspective protocol over real sockets; its clients are in tests/clients/perspective."""

import json
import socket

BODY = {"comment": {"text": "you are a fool"}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}


def post(server, path, data, **headers):
    return server.session.post(server.url + path, data=data, headers=headers, timeout=20)


def test_the_official_example_is_answered(server):
    example = """{comment: {text: "what kind of idiot name is foo?"},
      languages: ["en"], requestedAttributes: {TOXICITY:{}} }"""
    answer = post(server, "/v1alpha1/comments:analyze?key=k&alt=json", example, **{"X-Goog-Api-Key": "k"})
    assert answer.status_code == 200
    [span] = answer.json()["attributeScores"]["TOXICITY"]["spanScores"]
    assert (span["begin"], span["end"]) == (0, 31)


def test_a_target_may_be_a_whole_url(server):
    body = json.dumps(BODY).encode()
    head = (
        "POST https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze?key=k HTTP/1.1\r\n"
        f"Host: commentanalyzer.googleapis.com\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head.encode() + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 ") and b'"summaryScore"' in answer


def test_bodies_may_be_large(server):
    large = BODY | {"context": {"entries": [{"text": "x" * 1_000_000}, {"text": "y" * 1_000_000}]}}
    assert post(server, "/v1alpha1/comments:analyze", json.dumps(large)).status_code == 200
    refused = post(server, "/v1alpha1/comments:analyze", b" " * 2_600_000)
    assert refused.status_code == 413
    assert refused.json()["error"]["status"] == "INVALID_ARGUMENT"


def test_failures_of_the_server_have_the_protocols_shape(server):
    for path, status, name in (
        ("/v1alpha1/comments:none", 404, "NOT_FOUND"),
        ("/v1alpha1/comments:analyze", 405, "INVALID_ARGUMENT"),
    ):
        answer = server.get(path)
        assert answer.status_code == status
        assert answer.json()["error"]["code"] == status
        assert answer.json()["error"]["status"] == name


def test_the_long_and_the_many_are_answered(server):
    long = BODY | {"comment": {"text": "you fool. " * 2048}, "spanAnnotations": True}
    answer = post(server, "/v1alpha1/comments:analyze", json.dumps(long))
    assert answer.status_code == 200
    assert len(answer.json()["attributeScores"]["TOXICITY"]["spanScores"]) <= 100
    part = (
        "--b\nContent-Type: application/http\nContent-ID: <u + {}>\n\nPOST /v1alpha1/comments:analyze HTTP/1.1\n\n{}\n"
    )
    batch = "".join(part.format(i, json.dumps(BODY)) for i in range(300)) + "--b--"
    answer = post(server, "/batch", batch, **{"Content-Type": "multipart/mixed; boundary=b"})
    assert answer.status_code == 200
    assert answer.text.count("HTTP/1.1 200 OK") == 300


def test_the_map_stands_in_models_info(server):
    models = server.get("/models/info").json()["models"]
    for model in models:
        fit = model["card"]["perspective"]["attributes"]["TOXICITY"]["fit"]
        assert set(fit["thresholds"]) == {"0.5", "0.7", "0.8", "0.9"}
