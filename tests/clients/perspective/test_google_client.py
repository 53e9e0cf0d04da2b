"""Google's Python client, unmodified, by its own discoveryServiceUrl."""

import subprocess

import pytest
from perspective_server import BINARY, ROOT, on_scale


def body(text, **more):
    return {"body": {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}} | more}


def value(told):
    return told["answer"]["attributeScores"]["TOXICITY"]["summaryScore"]["value"]


def test_one_request(google, server):
    text = "you are a complete idiot"
    [told] = google(server.url, [body(text, languages=["en"], clientToken="t", doNotStore=True)])
    expected = on_scale(server.card(), "TOXICITY", server.probabilities(text)["toxic"])
    assert value(told) == pytest.approx(expected, abs=1e-4)
    assert told["answer"]["clientToken"] == "t"


def test_without_the_map(google, plain):
    text = "you are a complete idiot"
    [told] = google(plain.url, [body(text)])
    assert value(told) == plain.probabilities(text)["toxic"]


def test_a_batch_gives_results_and_errors(google, server):
    texts = ["you are a complete idiot", " ", "thank you for the kind reply"]
    good, bad, last = google(server.url, [body(text) for text in texts], batch=True)
    card = server.card()
    for told, text in ((good, texts[0]), (last, texts[2])):
        expected = on_scale(card, "TOXICITY", server.probabilities(text)["toxic"])
        assert value(told) == pytest.approx(expected, abs=1e-4)
    assert (bad["error"], bad["status"], bad["reason"]) == ("HttpError", 400, "Comment must be non-empty.")


@pytest.fixture(scope="module")
def keyed(start, tmp_path_factory):
    """A server that asks for keys, and a key."""
    store = f"sqlite:{tmp_path_factory.mktemp('keys') / 'keys.db'}"
    create = [BINARY, "keys", "create", "--store", store, "--role", "score", "--name", "google"]
    made = subprocess.run(create, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    return start("--auth", "keys", "--auth-store", store), made.stdout.strip()


@pytest.mark.parametrize("batch", [False, True])
def test_a_key_is_all_that_a_server_with_keys_needs(google, keyed, batch):
    server, key = keyed
    [told] = google(server.url, [body("you are a complete idiot")], batch=batch, key=key)
    assert value(told) > 0.5


def test_a_wrong_key_is_told_in_googles_words(google, keyed):
    [told] = google(keyed[0].url, [body("you are a complete idiot")], key="wrong")
    assert (told["status"], told["reason"]) == (400, "API key not valid. Please pass a valid API key.")
    assert told["details"][0]["reason"] == "API_KEY_INVALID"


def test_a_large_batch(google, server):
    calls = [body(f"this is the comment number {i}") for i in range(200)]
    assert all("answer" in told for told in google(server.url, calls, batch=True))


@pytest.mark.parametrize(
    ("call", "reason", "kind"),
    [
        (body(""), "Comment must be non-empty.", "COMMENT_EMPTY"),
        (body("x" * 20481), "Comment text too long.", "COMMENT_TOO_LONG"),
        ({"body": {"comment": {"text": "hello"}}}, "Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
        (
            body("hello you", languages=["om"]),
            "Attribute TOXICITY does not support request languages: om",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        (body("12345"), "Unable to detect language", "LANGUAGE_DETECTION_FAILED"),
    ],
)
def test_errors_are_http_errors(google, server, call, reason, kind):
    [told] = google(server.url, [call])
    assert (told["error"], told["status"], told["reason"]) == ("HttpError", 400, reason)
    assert told["details"][0]["errorType"] == kind


def test_suggestscore(google, server):
    call = {
        "method": "suggestscore",
        "body": {
            "comment": {"text": "you fool"},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
            "clientToken": "t",
        },
    }
    [told] = google(server.url, [call])
    assert told["answer"] == {"clientToken": "t"}
