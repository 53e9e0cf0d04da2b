"""A real Prometheus with the real rules scrapes a server under traffic: no panel is dead."""

import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
import yaml
from alerts import all_groups
from conftest import BINARY, DEPLOY, ROOT, clean_environment, free_port, run, wait_until
from panels import ROWS
from render_dashboards import substitute
from rules import JOB, Recording

pytestmark = pytest.mark.filterwarnings("ignore:Unverified HTTPS")
TEXTS = ("you are a fool", "thank you for your help", "what a lovely day", "I will find you and hurt you")
VALUES = {"@S": f'job="{JOB}"', "@M": f'job="{JOB}"', "@R": "1m"}


def send_traffic(port: int):
    """636 texts to simple, twice of which is more than drift needs, and some to bert."""
    url = f"http://127.0.0.1:{port}/analyze"
    for number in range(700):
        model = "bert" if number % 11 == 0 else "simple"
        text = f"{TEXTS[number % len(TEXTS)]} {number}"
        assert requests.post(url, json={"text": text, "model": model}, timeout=10).status_code == 200


class RefusingCollector(BaseHTTPRequestHandler):
    """Answers 400 to spans, which are then lost."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def collector():
    with ThreadingHTTPServer(("127.0.0.1", 0), RefusingCollector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def guarded(collector, tmp_path_factory):
    """(port, key) of a server with TLS, API keys, a quota of two requests, and a collector that refuses."""
    folder = tmp_path_factory.mktemp("guarded")
    store = ("--store", f"file:{folder}/keys.txt")
    key = run([BINARY, "keys", "create", *store, "--role", "score,metrics", "--name", "test"]).stdout.strip()
    certificate = [word for name in ("cert", "key") for word in (f"--tls-{name}", folder / f"{name}.pem")]
    run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost"
        f" -keyout {folder}/key.pem -out {folder}/cert.pem".split()
    )
    port = free_port()
    flags = ["--auth", "keys", "--auth-store", store[1], "--quota-key-requests", "1", "--quota-key-burst", "2"]
    tracing = ["--tracing-endpoint", f"http://127.0.0.1:{collector}"]
    command = [BINARY, "serve", "--port", str(port), "--models", ROOT / "models", *certificate, *flags, *tracing]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=clean_environment(), stdout=log, stderr=log)
    url = f"https://127.0.0.1:{port}"
    wait_until(lambda: requests.get(f"{url}/readyz", verify=False, timeout=5).ok, 30, "the guarded server's start")
    yield port, key
    process.terminate()
    process.wait(15)


def send_refused(port: int, key: str):
    """Some requests beyond the key's quota, some without a key; all are traced."""
    trace = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    for headers in ({**trace, "X-API-Key": key},) * 5 + (trace,) * 3:
        requests.post(
            f"https://127.0.0.1:{port}/analyze", json={"text": "hello"}, headers=headers, verify=False, timeout=10
        )


@pytest.fixture(scope="module")
def prometheus(server, guarded, tmp_path_factory):
    """query(promql) → its result, once a minute's window has data."""
    folder = tmp_path_factory.mktemp("prometheus")
    rules = yaml.safe_load((DEPLOY / "monitoring/prometheus/rules.yaml").read_text())
    for group in rules["groups"]:
        group["interval"] = "1s"
    (folder / "rules.yaml").write_text(yaml.safe_dump(rules))
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yaml"],
        "scrape_configs": [
            {"job_name": JOB, "static_configs": [{"targets": [f"127.0.0.1:{server}"]}]},
            {
                "job_name": "guarded",
                "scheme": "https",
                "tls_config": {"insecure_skip_verify": True},
                "authorization": {"credentials": guarded[1]},
                "relabel_configs": [{"target_label": "job", "replacement": JOB}],
                "static_configs": [{"targets": [f"127.0.0.1:{guarded[0]}"]}],
            },
        ],
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
        wait_until(lambda: len(query(f'up{{job="{JOB}"}} == 1')) == 2, 30, "the first scrape")
        send_traffic(server)
        send_refused(*guarded)
        time.sleep(3)
        send_traffic(server)
        wait_until(lambda: query("sum(dss_scores_total) >= 1402"), 30, "a scrape of the last text")
        time.sleep(3)  # The rules are evaluated every second, each after those that it uses.
        yield query
    finally:
        process.terminate()
        process.wait(15)


def test_no_panel_is_dead(prometheus):
    # The guarded server has TLS; what has no CPU limit here has nothing to show of it.
    panels = [panel for row in ROWS for panel in row.panels if panel.needs != "a CPU limit"]
    assert len(panels) > 35
    queries = [(panel.title, substitute(query.expr, VALUES)) for panel in panels for query in panel.queries]
    assert [(title, expr) for title, expr in queries if not prometheus(expr)] == []


def test_every_recording_records(prometheus):
    records = [rule.record for group in all_groups() for rule in group.rules if isinstance(rule, Recording)]
    assert [record for record in records if not prometheus(record)] == []


def test_refusals_and_lost_spans_are_seen(prometheus):
    """Series that stand at 0 make no panel alive: these must have moved."""
    for reason in ("unauthorized", "rate_limited"):
        assert prometheus(f'sum(dss_requests_rejected_total{{reason="{reason}"}}) > 0'), reason
    wait_until(lambda: prometheus('sum(dss_trace_spans_total{result="failed"}) > 0'), 30, "lost spans")


def test_a_healthy_server_raises_no_page(prometheus):
    assert prometheus('ALERTS{severity="page"}') == []
