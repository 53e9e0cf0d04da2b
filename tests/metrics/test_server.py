"""The running server: its own traffic counted, both formats on the wire, and a real Prometheus scraping it."""

import gzip
import json
import pathlib
import shutil
import subprocess

import conftest
import exposition
import prometheus
import pytest
from conftest import GOLDEN, OPEN_METRICS
from prometheus_client.openmetrics import parser as openmetrics_parser
from test_exposition import original_shape

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HEALTH = {"handler": "/health", "method": "GET"}


def value(text: str, name: str, **labels: str) -> float:
    found = [
        float(s.value) for f in exposition.parse(text) for s in f.samples if s.name == name and dict(s.labels) == labels
    ]
    assert len(found) == 1, (name, labels, found)
    return found[0]


class Growth:
    """How far a sample has grown since this object was made."""

    def __init__(self, server):
        self.server, self.before = server, server.text()

    def __call__(self, name: str, **labels: str) -> float:
        return value(self.server.text(), name, **labels) - value(self.before, name, **labels)


def test_every_series_of_the_original_is_there_from_the_start(server):
    families = exposition.parse(server.text())
    assert original_shape() - exposition.shape(families) == set()
    assert exposition.duplicates(families) == []
    assert exposition.histogram_faults(families) == []


def test_both_models_stand_at_zero_or_more(server):
    for model in ("simple", "bert"):
        for status in ("success", "validation_error", "model_error", "server_error"):
            assert value(server.text(), "toxicity_api_requests_total", model_type=model, status=status) >= 0


def test_a_success_is_counted_everywhere(server):
    grown = Growth(server)
    body = json.dumps({"text": "You are a fool", "model": "simple"}).encode()
    assert server.analyze(body) == 200
    assert grown("toxicity_api_requests_total", model_type="simple", status="success") == 1
    assert grown("toxicity_score_distribution_count") == 1
    assert grown("toxicity_processing_seconds_count", model_type="simple") == 1
    assert grown("http_requests_total", handler="/analyze", method="POST", status="2xx") == 1
    assert grown("http_request_size_bytes_sum", handler="/analyze") == len(body)
    assert grown("http_response_size_bytes_sum", handler="/analyze") > 0
    assert grown("http_request_duration_highr_seconds_count") == 1
    assert grown("http_request_duration_seconds_count", handler="/analyze", method="POST") == 1
    assert grown("dss_request_duration_seconds_count", handler="/analyze", model_type="simple") == 1
    assert grown("dss_stage_duration_seconds_count", model_type="simple", stage="infer") == 1
    assert grown("dss_input_characters_sum") == 14
    assert value(server.text(), "toxicity_api_active_users") == 1


def test_a_refused_body_is_no_analysis(server):
    grown = Growth(server)
    assert server.analyze(b'{"text": ""}') == 422
    assert grown("http_requests_total", handler="/analyze", method="POST", status="4xx") == 1
    assert grown("toxicity_api_requests_total", model_type="simple", status="validation_error") == 0
    assert grown("toxicity_score_distribution_count") == 0


def test_unknown_paths_and_methods_are_one_handler(server):
    grown = Growth(server)
    assert conftest.fetch(server.url + "/nope")[0] == 404
    assert conftest.fetch(server.url + "/health", data=b"")[0] == 405
    assert grown("http_requests_total", handler="none", method="GET", status="4xx") == 1
    assert grown("http_requests_total", handler="none", method="POST", status="4xx") == 1
    assert grown("http_requests_total", **HEALTH, status="4xx") == 0


def test_scrapes_are_not_counted(server):
    grown = Growth(server)
    for _ in range(3):
        server.text()
    assert grown("http_request_duration_highr_seconds_count") == 0
    assert 'handler="/metrics"' not in server.text()


def test_nothing_is_in_progress_when_nobody_asks(server):
    for name in ("http_requests_inprogress", "toxicity_api_requests_inprogress"):
        assert value(server.text(), name, handler="/analyze", method="POST") == 0


def test_the_model_says_what_it_is_and_how_long_it_loaded(server):
    text = server.text()
    assert value(text, "model_load_seconds_count", model_type="simple") == 1
    assert value(text, "dss_model_loaded", model_type="simple") == 1
    assert value(text, "dss_model_memory_bytes", model_type="simple") > 0
    assert 'dss_model_info{format="' in text


def test_process_metrics_are_the_servers_own(server):
    resident = value(server.text(), "process_resident_memory_bytes")
    pages = int(pathlib.Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    assert 0.5 < resident / (pages * 4096) < 2


def test_formats_and_codings_are_negotiated(server):
    status, headers, body = server.metrics()
    assert (status, headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    accept = {"Accept": OPEN_METRICS + ", text/plain;q=0.5", "Accept-Encoding": "gzip"}
    status, headers, body = server.metrics(**accept)
    assert headers["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert headers["Content-Encoding"] == "gzip"
    text = gzip.decompress(body).decode()
    assert text.endswith("# EOF\n")
    assert len(list(openmetrics_parser.text_string_to_metric_families(text))) > 30


def test_names_select_families(server):
    _, _, body = server.metrics("?name[]=toxicity_api_active_users")
    assert [f.name for f in exposition.parse(body.decode())] == ["toxicity_api_active_users"]


def test_promtool_finds_nothing(server):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    done = subprocess.run([promtool, "check", "metrics"], input=server.text(), capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.fixture(scope="module")
def scraped(server, tmp_path_factory):
    """A Prometheus that has seen the server before, during and after traffic of both kinds."""
    if shutil.which("prometheus") is None:
        pytest.skip("prometheus is not installed")
    running = prometheus.Prometheus(tmp_path_factory.mktemp("prometheus"), server.port)
    try:
        conftest.wait_until(running.target_up, 30, "the first scrape")
        before = running.query("sum(toxicity_score_distribution_count)")[()]
        for i in range(40):
            body = json.dumps({"text": f"You are a fool {i}", "model": "simple"}).encode()
            assert server.analyze(body, traceparent=TRACEPARENT) == 200
            server.analyze(json.dumps({"text": "Nice day", "model": "bert"}).encode())

        def arrived():
            now = running.query("sum(toxicity_score_distribution_count)")[()]
            return now >= before + 40 and running.query("rate(toxicity_score_distribution_count[1m])")

        conftest.wait_until(arrived, 20, "the traffic's arrival in Prometheus")
        yield running
    finally:
        running.stop()


def test_prometheus_keeps_the_series_of_the_original(scraped):
    rows = scraped.get("series", **{"match[]": '{job="dss"}'})
    seen = {
        (r["__name__"], tuple(sorted(k for k in r if k not in ("__name__", "job", "instance"))), r.get("le"))
        for r in rows
    }
    wanted = {(name, labels, le) for name, _, labels, le in (e for e in original_shape() if len(e) == 4)}
    assert wanted - seen == set()


def test_prometheus_knows_types_and_helps(scraped):
    metadata = scraped.get("metadata")
    assert metadata["toxicity_processing_seconds"][0]["type"] == "histogram"
    assert metadata["http_request_size_bytes"][0]["type"] == "summary"
    assert metadata["toxicity_api_active_users"][0]["help"] == "Nombre d'utilisateurs actifs"


def test_the_documented_queries_have_answers(scraped):
    """The PromQL form of the documented queries: requests, P95, heat map, mean, error ratio."""
    rates = scraped.query("sum by (cluster, model_type) (rate(toxicity_api_requests_total[1m]))")
    assert rates[(("model_type", "simple"),)] > 0
    p95 = scraped.query(
        "histogram_quantile(0.95, sum by (le, model_type) (rate(toxicity_processing_seconds_bucket[5m])))"
    )
    assert 0 < p95[(("model_type", "simple"),)] <= 0.01
    heat = scraped.query("sum by (le) (increase(toxicity_score_distribution_bucket[1m]))")
    bounds = {dict(labels)["le"] for labels in heat}
    assert bounds == {f"{10 * i}.0" for i in range(11)} | {"+Inf"} and heat[(("le", "+Inf"),)] > 0
    mean = scraped.query(
        "sum(rate(toxicity_score_distribution_sum[5m])) / sum(rate(toxicity_score_distribution_count[5m]))"
    )
    assert 0 < mean[()] <= 100
    errors = scraped.query(
        'sum(rate(toxicity_api_requests_total{status!="success"}[5m])) / sum(rate(toxicity_api_requests_total[5m]))'
    )
    assert 0 <= errors[()] < 1


def test_the_documented_selections_have_answers(scraped):
    for line in (GOLDEN / "documented_sample.prom").read_text().splitlines():
        if not line.startswith("#"):
            series = line.rsplit(" ", 1)[0]
            assert len(scraped.query(series)) == 1, series


def test_prometheus_stores_the_exemplars(scraped):
    for name in ("http_request_duration_highr_seconds_bucket", "dss_stage_duration_seconds_bucket"):
        rows = scraped.get("query_exemplars", query=name, start=0, end=4e9)
        traces = {e["labels"]["trace_id"] for row in rows for e in row["exemplars"]}
        assert traces == {TRACEPARENT.split("-")[1]}, name
