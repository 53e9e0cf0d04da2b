"""schemathesis against the running server: every answer must be what openapi.json promises for it."""

import json
import pathlib

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

ROOT = pathlib.Path(__file__).resolve().parents[2]
schema = schemathesis.openapi.from_path(ROOT / "openapi" / "openapi.json")


@schemathesis.serializer("application/x-ndjson")
def rows(_context, value):
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


def asks_for_the_encoder(case) -> bool:
    return isinstance(case.body, dict) and case.body.get("model") == "bert"


@schema.parametrize()
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_documented(server, case):
    answer = case.call(base_url=server.url)
    # A row that is none has its error in the answer: no stream as a whole is refused for it.
    excluded = [negative_data_rejection] if case.media_type == "application/x-ndjson" else []
    if asks_for_the_encoder(case) and answer.status_code == 503:
        # The encoder may be missing or busy: an honest 503 says so and when to try again.
        assert json.loads(answer.content)["error"] in ("model_unavailable", "overloaded")
        assert int(answer.headers["retry-after"][0]) > 0
        excluded += [not_a_server_error, positive_data_acceptance]
    if "X-Policy" in (case.headers or {}):
        # No policy of that id is there: a documented 422.
        excluded = [*excluded, positive_data_acceptance]
    case.validate_response(answer, excluded_checks=excluded)
