"""Both npm clients, unmodified: neither lets its address be set, so TLS and Node's own hooks lead them here."""

import pytest
from perspective_server import HERE, on_scale

TEXTS = ["you are a complete idiot", "thank you for the kind reply", "I 😀 will hurt you, stupid"]


@pytest.fixture
def behind_tls(node, tls_server, identity):
    """perspective-api-client by way of a TLS proxy: the request's target is a whole URL then."""
    environment = {"https_proxy": tls_server.url, "NODE_EXTRA_CA_CERTS": str(identity[0])}
    return lambda calls: node("perspective_api_client.js", calls, environment)


def rerouted(server):
    return {"NODE_OPTIONS": f"--require {HERE / 'preload.js'}", "DSS_URL": server.url}


def value(answer, attribute):
    return answer["answer"]["attributeScores"][attribute]["summaryScore"]["value"]


def test_scores_are_those_of_analyze_on_the_old_scale(behind_tls, tls_server):
    answers = behind_tls([{"text": text, "options": {"attributes": ["toxicity", "insult"]}} for text in TEXTS])
    card = tls_server.card()
    for text, answer in zip(TEXTS, answers, strict=True):
        p = tls_server.probabilities(text)
        assert value(answer, "TOXICITY") == pytest.approx(on_scale(card, "TOXICITY", p["toxic"]), abs=1e-4)
        assert value(answer, "INSULT") == pytest.approx(on_scale(card, "INSULT", p["insult"]), abs=1e-4)


def test_without_the_map_scores_are_exactly_those_of_analyze(node, plain):
    calls = [{"text": text, "options": {"attributes": ["TOXICITY", "PROFANITY", "THREAT"]}} for text in TEXTS]
    for text, answer in zip(TEXTS, node("perspective_api_client.js", calls, rerouted(plain)), strict=True):
        p = plain.probabilities(text)
        assert value(answer, "TOXICITY") == p["toxic"]
        assert value(answer, "PROFANITY") == p["obscene"]
        assert value(answer, "THREAT") == p["threat"]


def test_spans_count_as_javascript_does(behind_tls):
    [answer] = behind_tls([{"text": TEXTS[2]}])
    [span] = answer["answer"]["attributeScores"]["TOXICITY"]["spanScores"]
    assert (span["begin"], span["end"]) == (0, len(TEXTS[2].encode("utf-16-le")) // 2)


@pytest.mark.parametrize(
    ("text", "options", "kind", "message"),
    [
        ("", {"validate": False}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ("hello you", {"attributes": ["NOTHING"]}, "INVALID_REQUEST", "Unknown requested attribute: NOTHING"),
        ("x" * 20481, {"validate": False}, "COMMENT_TOO_LONG", "Comment text too long."),
        (
            "je vous remercie beaucoup pour votre réponse",
            {},
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "Attribute TOXICITY does not support request languages: fr",
        ),
        ("12345", {}, "LANGUAGE_DETECTION_FAILED", "Unable to detect language"),
        (
            "you fool",
            {"attributes": ["FLIRTATION"]},
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "Attribute FLIRTATION does not support request languages: en",
        ),
    ],
)
def test_errors_are_the_clients_own(behind_tls, text, options, kind, message):
    [answer] = behind_tls([{"text": text, "options": options}])
    assert (answer["error"], answer["status"], answer["message"]) == ("ResponseError", 400, message)
    assert answer["body"]["error"]["details"][0]["errorType"] == kind


def test_a_whole_request_of_the_clients_user(behind_tls):
    body = {
        "comment": {"text": "you are a complete idiot. Have a nice day."},
        "requestedAttributes": {"TOXICITY": {"scoreThreshold": 0.99999}},
        "languages": ["en"],
        "clientToken": "mine",
    }
    [answer] = behind_tls([{"text": body}])
    assert answer["answer"] == {"languages": ["en"], "detectedLanguages": ["en"], "clientToken": "mine"}


def test_the_js_client_with_its_defaults(node, server):
    answers = node("js_client.js", [{"text": text} for text in TEXTS], rerouted(server))
    card = server.card()
    for text, answer in zip(TEXTS, answers, strict=True):
        expected = on_scale(card, "TOXICITY", server.probabilities(text)["toxic"])
        assert answer["answer"] == {"TOXICITY": pytest.approx(expected, abs=1e-4)}, "SPAM is left out"


def test_the_js_clients_errors(node, server):
    calls = [{"text": "hello", "options": {"attributes": ["NOTHING"]}}, {"text": ""}, {"text": "x" * 3001}]
    refused, empty, long = node("js_client.js", calls, rerouted(server))
    assert refused["error"] == "Error" and "status code 400" in refused["message"]
    assert "cannot be empty" in empty["message"] and "3000" in long["message"]
