"""Validation of one manifest against the schema of its kind, unknown fields refused."""

import json
import pathlib

import jsonschema
import kubernetes_validate
from cloudcoil.models.prometheus_operator import v1 as operator

KUBERNETES = "1.37"
SCHEMAS = pathlib.Path(__file__).resolve().parent / "schemas"
OPERATOR = {"PodMonitor": operator.PodMonitor, "PrometheusRule": operator.PrometheusRule}


def closed(schema):
    """The schema with every object closed that names its properties: the API server prunes unknown fields silently."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    out = {name: closed(part) for name, part in schema.items()}
    if isinstance(out.get("properties"), dict) and out.get("type") == "object":
        out.setdefault("additionalProperties", False)
    return out


def schema_of(kind: str) -> dict:
    """For kinds that Kubernetes itself does not have: the operator's own definitions, or a file of schemas/."""
    if kind in OPERATOR:
        return closed(OPERATOR[kind].model_json_schema(by_alias=True))
    return json.loads((SCHEMAS / f"{kind.lower()}.json").read_text(encoding="utf-8"))


def validate(document: dict) -> None:
    """Raises an exception that says where the document is wrong."""
    group = document["apiVersion"].split("/")[0]
    if group in ("monitoring.googleapis.com", "monitoring.coreos.com", "cloud.google.com"):
        jsonschema.Draft202012Validator(schema_of(document["kind"])).validate(document)
    else:
        kubernetes_validate.validate(document, KUBERNETES, strict=True)
