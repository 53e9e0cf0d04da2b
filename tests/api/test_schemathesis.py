"""schemathesis against the running server: every answer must be what openapi.json promises for it."""

import json
import os
import pathlib

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "openapi" / "openapi.json"
document = json.loads(DOCUMENT.read_text())
schema = schemathesis.openapi.from_path(DOCUMENT)
# Many new cases: EXPLORE=2000 ./test api. Without it every run sends the same ones, so that a
# failure belongs to the change under test.
EXAMPLES = int(os.environ.get("EXPLORE", "0"))


@schemathesis.serializer("application/x-ndjson")
def rows(_context, value):
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


def asks_for_the_encoder(case) -> bool:
    return isinstance(case.body, dict) and case.body.get("model") == "bert"


def is_as_documented(case) -> bool:
    """Whether the body fits its schema after all, and nothing else of the request was made wrong.

    A generated violation may land in a branch that the body does not take (a text that is too
    long below `anyOf/1` of a body whose first form is valid).
    """
    if any(case.meta.is_negative_at(place) for place in ParameterLocation if place is not ParameterLocation.BODY):
        return False
    content = case.operation.definition.raw.get("requestBody", {}).get("content", {})
    if "schema" not in content.get(case.media_type, {}):
        return False
    whole = {**content[case.media_type]["schema"], "components": document["components"]}
    try:
        return jsonschema_rs.validator_for(whole).is_valid(case.body)
    except (TypeError, ValueError):
        return False


@schema.parametrize()
@settings(
    max_examples=EXAMPLES or 100,
    derandomize=not EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(server, case):
    answer = case.call(base_url=server.url)
    # A row that is none has its error in the answer: no stream as a whole is refused for it.
    rows_alone = case.media_type == "application/x-ndjson"
    excluded = [negative_data_rejection] if rows_alone or is_as_documented(case) else []
    if asks_for_the_encoder(case) and answer.status_code == 503:
        # The encoder may be missing or busy: an honest 503 says so and when to try again.
        assert json.loads(answer.content)["error"] in ("model_unavailable", "overloaded")
        assert int(answer.headers["retry-after"][0]) > 0
        excluded += [not_a_server_error, positive_data_acceptance]
    if "X-Policy" in (case.headers or {}):
        # No policy of that id is there: a documented 422.
        excluded = [*excluded, positive_data_acceptance]
    case.validate_response(answer, excluded_checks=excluded)
