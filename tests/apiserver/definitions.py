"""CustomResourceDefinitions of the kinds that the manifests use: the Prometheus Operator's own, out of its module, and
for Google's kinds, whose definitions no registry has, those of tests/deploy/schemas in an API server's form."""

import json
import pathlib
import subprocess

import yaml

SCHEMAS = pathlib.Path(__file__).resolve().parents[1] / "deploy/schemas"
OPERATOR = "github.com/prometheus-operator/prometheus-operator@v0.80.1"
GOOGLE = {"podmonitoring": "podmonitorings", "rules": "rules", "backendconfig": "backendconfigs"}
# An object of which nothing more is known.
ANYTHING = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def operator_definitions() -> list[dict]:
    done = subprocess.run(["go", "mod", "download", "-json", OPERATOR], capture_output=True, text=True, check=True)
    folder = pathlib.Path(json.loads(done.stdout)["Dir"]) / "example/prometheus-operator-crd"
    kinds = ("podmonitors", "prometheusrules")
    return [yaml.safe_load((folder / f"monitoring.coreos.com_{kind}.yaml").read_text()) for kind in kinds]


def structural(schema: dict, definitions: dict) -> dict:
    """A structural schema: references resolved, every value with a type, no alternatives, and no `additionalProperties:
    false` (an API server refuses what is not named by itself when asked for strict validation)."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]] | {k: v for k, v in schema.items() if k != "$ref"}
    out = {
        k: v for k, v in schema.items() if k not in ("$comment", "$defs", "definitions", "oneOf", "const", "$schema")
    }
    if out.get("additionalProperties") is False:
        del out["additionalProperties"]
    elif isinstance(out.get("additionalProperties"), dict):
        out["additionalProperties"] = structural(out["additionalProperties"], definitions)
    if "not" in schema:
        out["not"] = {"enum": [schema["not"]["const"]]}
    if "const" in schema:
        out["enum"] = [schema["const"]]
    if isinstance(out.get("type"), list):
        del out["type"]
        return out | {"x-kubernetes-int-or-string": True}
    if "type" not in out:
        out["type"] = "object" if "properties" in out else "string"
    if "properties" in out:
        out["properties"] = {name: structural(part, definitions) for name, part in out["properties"].items()}
    if out["type"] == "array":
        out["items"] = structural(out["items"], definitions) if "items" in out else dict(ANYTHING)
    return out


def google_definition(name: str, plural: str) -> dict:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    properties = schema["properties"]
    group, version = properties["apiVersion"]["const"].split("/")
    root = structural(schema, schema.get("$defs", {}) | schema.get("definitions", {}))
    root["properties"] |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}
    versions = [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": root}}]
    kind = properties["kind"]["const"]
    names = {"kind": kind, "plural": plural, "singular": name, "listKind": f"{kind}List"}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {"group": group, "names": names, "scope": "Namespaced", "versions": versions},
    }


def all_definitions() -> list[dict]:
    return operator_definitions() + [google_definition(name, plural) for name, plural in GOOGLE.items()]
