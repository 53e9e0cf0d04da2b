"""Rules in the forms of Prometheus, the Prometheus Operator, Google Managed Prometheus and Cloud Monitoring."""

import re

import yaml
from rules import Alert, Group

MADE = "# Made by `make monitoring` from deploy/monitoring/*.py; do not edit.\n"
# Cloud Monitoring's policies have no templates: what a label would say stands in the incident anyway.
TEMPLATE = re.compile(r"{{.*?}}")


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, and long expressions are kept on one line."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def to_yaml(document: dict) -> str:
    text = yaml.dump(document, Dumper=_Dumper, sort_keys=False, width=10_000, allow_unicode=True)
    return MADE + text


def _rule(rule) -> dict:
    if not isinstance(rule, Alert):
        return {"record": rule.record, "expr": rule.expr}
    return {
        "alert": rule.alert,
        "expr": rule.expr,
        "for": rule.wait,
        "labels": {"severity": rule.severity},
        "annotations": {"summary": rule.summary, "description": rule.description},
    }


def groups(source: list[Group]) -> dict:
    return {
        "groups": [
            {"name": group.name, "interval": group.interval, "rules": [_rule(rule) for rule in group.rules]}
            for group in source
        ]
    }


def prometheus(source: list[Group]) -> str:
    return to_yaml(groups(source))


def _resource(api: str, kind: str, source: list[Group]) -> str:
    return to_yaml({"apiVersion": api, "kind": kind, "metadata": {"name": "toxicity-api"}, "spec": groups(source)})


def operator(source: list[Group]) -> str:
    return _resource("monitoring.coreos.com/v1", "PrometheusRule", source)


def managed(source: list[Group]) -> str:
    return _resource("monitoring.googleapis.com/v1", "Rules", source)


def _seconds(duration: str) -> str:
    unit = {"s": 1, "m": 60, "h": 3600}[duration[-1]]
    return f"{int(duration[:-1]) * unit}s"


def cloud_policy(group: Group, alert: Alert) -> dict:
    """A Cloud Monitoring AlertPolicy. Recorded names come from the Rules resource, which must be deployed too."""
    return {
        "displayName": alert.alert,
        "userLabels": {"severity": alert.severity},
        "documentation": {
            "subject": TEMPLATE.sub("…", alert.summary)[:255],
            "content": TEMPLATE.sub("…", alert.description),
            "mimeType": "text/markdown",
        },
        "combiner": "OR",
        "severity": "CRITICAL" if alert.severity == "page" else "WARNING",
        "conditions": [
            {
                "displayName": alert.alert,
                "conditionPrometheusQueryLanguage": {
                    "query": alert.expr,
                    "duration": _seconds(alert.wait),
                    "evaluationInterval": _seconds(group.interval),
                    "ruleGroup": group.name,
                    "alertRule": alert.alert,
                },
            }
        ],
    }


def cloud_policies(source: list[Group]) -> dict[str, dict]:
    """{file name: policy}."""
    return {
        f"{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '-', rule.alert).lower()}.json": cloud_policy(group, rule)
        for group in source
        for rule in group.rules
        if isinstance(rule, Alert)
    }
