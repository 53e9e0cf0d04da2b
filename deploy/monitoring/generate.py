"""Writes every rule file and dashboard from the data in this folder: `generate.py [--check] [--output DIR]`.

--check writes nothing and fails, naming the files, when what stands in the tree is not what the data gives.
"""

import argparse
import json
import pathlib
import sys

import render_dashboards
import render_rules
from alerts import all_groups
from panels import ROWS
from queries import PAIRS

ROOT = pathlib.Path(__file__).resolve().parents[1]


def to_json(document: dict) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def queries_page() -> str:
    parts = ["# The documented MQL queries and their PromQL equivalents\n"]
    parts.append(
        "MQL has no longer been offered in the console for new charts, dashboards and alerts since 22 July 2025; the"
        " API still takes it.\nThe dashboards and alerts here are PromQL. Made by `make monitoring`.\n"
    )
    for pair in PAIRS:
        parts.append(f"## {pair.title}\n\n{pair.why}\n")
        if pair.mql:
            parts.append(f"MQL, as documented:\n\n```\n{pair.mql}\n```\n")
        parts.append("PromQL:\n\n```promql\n" + "\n".join(pair.promql) + "\n```\n")
    return "\n".join(parts)


def documents() -> dict[str, str]:
    """{path below deploy/: text}."""
    groups = all_groups()
    out = {
        "monitoring/prometheus/rules.yaml": render_rules.prometheus(groups),
        "k8s/components/prometheus-operator/prometheusrule.yaml": render_rules.operator(groups),
        "k8s/components/gmp/rules.yaml": render_rules.managed(groups),
        "helm/dss/files/rules.yaml": render_rules.prometheus(groups),
        "monitoring/grafana/toxicity-api.json": to_json(render_dashboards.grafana(ROWS)),
        "monitoring/cloud/dashboard.json": to_json(render_dashboards.cloud(ROWS)),
        "monitoring/queries.md": queries_page(),
    }
    for name, policy in render_rules.cloud_policies(groups).items():
        out[f"monitoring/cloud/policies/{name}"] = to_json(policy)
    return out


def stale(folder: pathlib.Path) -> list[str]:
    def text(path: pathlib.Path) -> str | None:
        return path.read_text(encoding="utf-8") if path.exists() else None

    wanted = documents()
    faults = [name for name, content in wanted.items() if text(folder / name) != content]
    policies = (folder / "monitoring/cloud/policies").glob("*.json")
    return faults + [str(path) for path in policies if str(path.relative_to(folder)) not in wanted]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT)
    arguments = parser.parse_args()
    if arguments.check:
        faults = stale(arguments.output)
        for name in faults:
            print(f"{name} is not what the data gives; run: make monitoring", file=sys.stderr)
        return 1 if faults else 0
    for name, content in documents().items():
        path = arguments.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
