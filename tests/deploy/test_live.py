"""A real Prometheus with the real rules scrapes a server under traffic: no panel is dead."""

import subprocess
import time

import pytest
import requests
import yaml
from alerts import all_groups
from conftest import DEPLOY, free_port, wait_until
from panels import ROWS
from render_dashboards import substitute
from rules import JOB, Recording

TEXTS = ("you are a fool", "thank you for your help", "what a lovely day", "I will find you and hurt you")
VALUES = {"@S": f'job="{JOB}"', "@M": f'job="{JOB}"', "@R": "1m"}


def send_traffic(port: int):
    """636 texts to simple, twice of which is more than drift needs, and some to bert."""
    url = f"http://127.0.0.1:{port}/analyze"
    for number in range(700):
        model = "bert" if number % 11 == 0 else "simple"
        text = f"{TEXTS[number % len(TEXTS)]} {number}"
        assert requests.post(url, json={"text": text, "model": model}, timeout=10).status_code == 200


@pytest.fixture(scope="module")
def prometheus(server, tmp_path_factory):
    """query(promql) → its result, once a minute's window has data."""
    folder = tmp_path_factory.mktemp("prometheus")
    rules = yaml.safe_load((DEPLOY / "monitoring/prometheus/rules.yaml").read_text())
    for group in rules["groups"]:
        group["interval"] = "1s"
    (folder / "rules.yaml").write_text(yaml.safe_dump(rules))
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yaml"],
        "scrape_configs": [{"job_name": JOB, "static_configs": [{"targets": [f"127.0.0.1:{server}"]}]}],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    url = f"http://127.0.0.1:{free_port()}"

    def query(promql: str) -> list:
        answer = requests.get(f"{url}/api/v1/query", params={"query": promql}, timeout=20).json()
        assert answer["status"] == "success", (promql, answer)
        return answer["data"]["result"]

    command = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, f"--web.listen-address={url[7:]}"], stdout=log, stderr=log)
    try:
        wait_until(lambda: query(f'up{{job="{JOB}"}} == 1'), 30, "the first scrape")
        send_traffic(server)
        time.sleep(3)
        send_traffic(server)
        wait_until(lambda: query("job:http_requests_bad:ratio_rate5m"), 30, "the recording rules")
        yield query
    finally:
        process.terminate()
        process.wait(15)


def test_no_panel_is_dead(prometheus):
    panels = [panel for row in ROWS for panel in row.panels if not panel.needs]
    assert len(panels) > 25
    queries = [(panel.title, substitute(query.expr, VALUES)) for panel in panels for query in panel.queries]
    assert [(title, expr) for title, expr in queries if not prometheus(expr)] == []


def test_every_recording_records(prometheus):
    records = [rule.record for group in all_groups() for rule in group.rules if isinstance(rule, Recording)]
    assert [record for record in records if not prometheus(record)] == []


def test_a_healthy_server_raises_no_page(prometheus):
    assert prometheus('ALERTS{severity="page"}') == []
