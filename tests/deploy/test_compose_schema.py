"""The compose file against the official schema of compose files, which docker compose itself validates with."""

import json

import jsonschema
import pytest
import yaml
from conftest import DEPLOY
from validate import SCHEMAS

SCHEMA = json.loads((SCHEMAS / "compose-spec/compose-spec.json").read_text(encoding="utf-8"))


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "docker/compose.yaml").read_text(encoding="utf-8"))


def faults(document: dict) -> list[str]:
    return [
        f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)
    ]


def test_the_schema_itself_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_compose_file_follows_the_schema():
    assert not faults(compose())


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "service", {}),
        (("services", "dss"), "image_name", "dss"),
        (("services", "dss"), "read_only", [True]),
        (("services", "dss", "build"), "docker_file", "Dockerfile"),
        (("services", "prometheus"), "depends_on", 1),
        (("secrets", "metrics-token"), "path", "./metrics-token"),
    ],
    ids=lambda one: ".".join(one) if isinstance(one, tuple) else None,
)
def test_a_wrong_key_or_value_is_a_fault(place, key, value):
    document = compose()
    part = document
    for name in place:
        part = part[name]
    part[key] = value
    found = faults(document)
    assert len(found) >= 1 and any(key in fault for fault in found), found
