"""What Prometheus and Alertmanager of the local stack read. JSON is YAML, so no library is needed to write it."""

import json
from dataclasses import dataclass
from pathlib import Path

from scaling import scaled

RULES = Path(__file__).resolve().parents[1] / "monitoring/prometheus/rules.yaml"
JOB = "toxicity-api"  # the name that rules and dashboards ask for


@dataclass(frozen=True)
class Addresses:
    """HOST:PORT of each part."""

    dss: str
    prometheus: str
    alertmanager: str


def prometheus(addresses: Addresses, interval: str) -> dict:
    return {
        "global": {"scrape_interval": interval, "evaluation_interval": interval},
        "rule_files": ["rules.yaml"],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [addresses.alertmanager]}]}]},
        "scrape_configs": [{"job_name": JOB, "static_configs": [{"targets": [addresses.dss]}]}],
    }


def alertmanager(webhook: str | None, group_seconds: int) -> dict:
    """Alerts go to `webhook`, if there is one; they stand on Alertmanager's page in any case."""
    receiver = {"name": "stack"}
    if webhook:
        receiver["webhook_configs"] = [{"url": webhook, "send_resolved": True}]
    return {
        "route": {
            "receiver": "stack",
            "group_by": ["alertname"],
            "group_wait": f"{group_seconds}s",
            "group_interval": f"{group_seconds}s",
            "repeat_interval": "12h",
        },
        "receivers": [receiver],
    }


def write(folder: Path, addresses: Addresses, webhook: str | None, divisor: float) -> None:
    """prometheus.yml, rules.yaml and alertmanager.yml into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    quick = divisor != 1
    files = {
        "prometheus.yml": json.dumps(prometheus(addresses, "1s" if quick else "5s"), indent=1),
        "alertmanager.yml": json.dumps(alertmanager(webhook, 1 if quick else 10), indent=1),
        "rules.yaml": scaled(RULES.read_text(encoding="utf-8"), divisor),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
