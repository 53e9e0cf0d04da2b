"""OpenAI's clients for Python and Node.js, unmodified, against /v1/moderations."""

import openai
import pytest
from conftest import TEXTS

IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
NOT_MODELLED = ["illicit", "illicit/violent", "self-harm", "self-harm/intent", "self-harm/instructions"]
NOT_MODELLED += ["sexual", "sexual/minors", "violence/graphic"]
REFUSED = [
    ({"input": [IMAGE, IMAGE]}, "too_many_images"),
    ({"input": [IMAGE]}, "unsupported_input_type"),
    ({"input": []}, "empty_array"),
    ({"input": ["a"] * 129}, "array_above_max_length"),
    ({"input": "a" * 20481}, "string_above_max_length"),
    ({"input": 5}, "invalid_type"),
]


def client(server, **options):
    return openai.OpenAI(api_key="any-key", base_url=server.url + "/v1", **options)


def check_result(result, categories):
    """That a result (as JSON) says what /analyze says."""
    scores = result["category_scores"]
    assert scores["harassment"] == pytest.approx(max(categories[name] for name in ("toxic", "insult", "obscene")))
    assert scores["hate"] == pytest.approx(categories["identity_hate"])
    assert scores["violence"] == pytest.approx(categories["threat"])
    assert scores["harassment/threatening"] == pytest.approx(min(scores["harassment"], scores["violence"]))
    assert scores["hate/threatening"] == pytest.approx(min(scores["hate"], scores["violence"]))
    for name in NOT_MODELLED:
        assert (scores[name], result["categories"][name]) == (0, False)
        assert result["category_applied_input_types"][name] == []
    assert result["category_applied_input_types"]["hate"] == ["text"]
    assert result["flagged"] == any(result["categories"].values())


def test_python_reads_the_same_scores_as_analyze_gives(server, expected):
    answer = client(server).moderations.create(model="omni-moderation-latest", input=TEXTS)
    assert answer.id.startswith("modr-") and answer.model == "omni-moderation-latest"
    for text, result in zip(TEXTS, answer.results, strict=True):
        check_result(result.model_dump(by_alias=True), expected[text])
    flagged = [bool(server.analyze(text=text, model="bert").json()["flagged"]) for text in TEXTS]
    assert [result.flagged for result in answer.results] == flagged == [True, False, True]


def test_python_one_string_and_typed_parts(server, expected):
    moderations = client(server).moderations
    check_result(moderations.create(input=TEXTS[0]).results[0].model_dump(by_alias=True), expected[TEXTS[0]])
    typed = moderations.create(input=[{"type": "text", "text": TEXTS[0]}])
    check_result(typed.results[0].model_dump(by_alias=True), expected[TEXTS[0]])


@pytest.mark.parametrize(("request_", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_python_errors(server, request_, code):
    with pytest.raises(openai.BadRequestError) as told:
        client(server).moderations.create(**request_)
    assert (told.value.status_code, told.value.code) == (400, code)
    assert (told.value.type, told.value.param) == ("invalid_request_error", "input")
    assert told.value.request_id


def test_python_other_statuses_are_its_own_classes(server):
    with pytest.raises(openai.NotFoundError):
        client(server).chat.completions.create(model="m", messages=[])
    with pytest.raises(openai.InternalServerError) as told:
        late = {"X-Request-Deadline-Ms": "0"}
        client(server, max_retries=0).moderations.create(input="a", extra_headers=late)
    assert told.value.status_code == 503 and int(told.value.response.headers["Retry-After"]) > 0


def test_python_tries_again_when_told(first_refused, expected):
    answer = client(first_refused).moderations.create(input=TEXTS[0])
    check_result(answer.results[0].model_dump(by_alias=True), expected[TEXTS[0]])


def test_node_reads_the_same_scores_as_analyze_gives(server, expected, node):
    answer = node("openai", {"url": server.url, "request": {"model": "text-moderation-stable", "input": TEXTS}})[
        "result"
    ]
    assert answer["model"] == "text-moderation-stable"
    for text, result in zip(TEXTS, answer["results"], strict=True):
        check_result(result, expected[text])


@pytest.mark.parametrize(("request_", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_node_errors(server, node, request_, code):
    error = node("openai", {"url": server.url, "request": request_})["error"]
    assert error.pop("message")
    assert error == {
        "name": "BadRequestError",
        "status": 400,
        "code": code,
        "param": "input",
        "type": "invalid_request_error",
    }


def test_node_an_overloaded_server_is_its_own_class(server, node):
    options = {"maxRetries": 0, "defaultHeaders": {"X-Request-Deadline-Ms": "0"}}
    error = node("openai", {"url": server.url, "request": {"input": "a"}, "options": options})["error"]
    assert (error["name"], error["status"], error["type"]) == ("InternalServerError", 503, "server_error")


def test_node_tries_again_when_told(first_refused, expected, node):
    answer = node("openai", {"url": first_refused.url, "request": {"input": TEXTS[0]}})["result"]
    check_result(answer["results"][0], expected[TEXTS[0]])
