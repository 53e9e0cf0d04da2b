"""Spans of the running server as a real OpenTelemetry Collector receives them."""

import json
import os
import pathlib
import socket
import subprocess
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")
CANARY = "xylophonecanary you are a fool"
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
STAGES = {"parse", "normalize", "language", "tokenize", "infer", "postprocess"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(check, what: str, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if value := check():
                return value
        except (requests.RequestException, OSError):
            pass
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {seconds} s")


def serve(folder, *arguments):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DSS_")}
    with (folder / "server.log").open("wb") as log:
        command = [BINARY, "serve", f"--port={port}", "--models", ROOT / "models", "--drain-seconds=0", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    wait_until(lambda: requests.get(f"{url}/readyz").status_code == 200, "the server's start")
    return process, url


def ask(url: str, flags: str, query: str = ""):
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-{flags}"}
    return requests.post(f"{url}/analyze{query}", json={"text": CANARY, "model": "simple"}, headers=headers, timeout=10)


def spans_in(text: str) -> list[dict]:
    lines = [json.loads(line) for line in text.splitlines()]
    scopes = [scope for line in lines for one in line["resourceSpans"] for scope in one["scopeSpans"]]
    return [span for scope in scopes for span in scope["spans"]]


def attributes(span: dict) -> dict:
    return {one["key"]: next(iter(one["value"].values())) for one in span["attributes"]}


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """What the collector wrote once the server had ended: the text, and the server's own counts before."""
    folder = tmp_path_factory.mktemp("tracing")
    port, out = free_port(), folder / "spans.json"
    config = {
        "receivers": {"otlp": {"protocols": {"http": {"endpoint": f"127.0.0.1:{port}"}}}},
        "exporters": {"file": {"path": str(out), "flush_interval": "100ms"}},
        "service": {
            "telemetry": {"metrics": {"level": "none"}},
            "pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["file"]}},
        },
    }
    (folder / "config.yaml").write_text(json.dumps(config))
    with (folder / "collector.log").open("wb") as log:
        command = [os.environ["OTEL_COLLECTOR"], "--config", folder / "config.yaml"]
        collector = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close() or True, "the collector's start")
        tracing = (f"--tracing-endpoint=http://127.0.0.1:{port}", "--tracing-sample-ratio=0")
        server, url = serve(folder, *tracing, "--tracing-resource=deployment.environment.name=test")
        assert ask(url, "01", "?q=xylophonecanary").status_code == 200
        assert ask(url, "00").status_code == 200
        assert (
            requests.get(f"{url}/xylophonecanary", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"}).status_code
            == 404
        )
        counted = wait_until(lambda: sent(url), "the export")
        assert ask(url, "01").status_code == 200
        server.terminate()
        assert server.wait(15) == 0
        wait_until(lambda: len(spans_in(out.read_text())) > counted, "the last spans")
    finally:
        collector.terminate()
        collector.wait(15)
    return out.read_text(), counted


def test_all_of_it_comes_out_of_a_sandbox(received, tmp_path):
    """The server that sent it was confined as far as the kernel can; what may still be opened are connections."""
    assert received[0]
    server, _ = serve(tmp_path, "--tracing-endpoint=http://127.0.0.1:9")
    server.terminate()
    assert server.wait(15) == 0
    lines = [json.loads(line) for line in (tmp_path / "server.log").read_text().splitlines() if line.startswith("{")]
    (held,) = [line for line in lines if line["message"] == "sandbox"]
    if held["missing"]:
        pytest.skip(f"this kernel has no whole sandbox: {held['missing']}")
    assert held["files"] and held["calls"] and held["connects"]


def sent(url: str) -> int:
    line = next(
        line for line in requests.get(f"{url}/metrics").text.splitlines() if 'spans_total{result="sent"}' in line
    )
    return int(float(line.split()[1]))


def servers(text: str) -> list[dict]:
    return [span for span in spans_in(text) if span["kind"] == 2]


def test_the_callers_trace_goes_on(received):
    spans = spans_in(received[0])
    assert {span["traceId"] for span in spans} == {TRACE}
    assert [span["parentSpanId"] for span in servers(received[0])] == [PARENT] * 3
    assert len({span["spanId"] for span in spans}) == len(spans)


def test_the_sampled_flag_is_honoured_and_the_end_sends_the_rest(received):
    """Three requests of four: one had no flag, and one was answered just before SIGTERM."""
    assert [span["name"] for span in servers(received[0])] == ["POST /analyze", "GET", "POST /analyze"]


def test_stages_are_children_in_order(received):
    first = servers(received[0])[0]
    stages = [span for span in spans_in(received[0]) if span.get("parentSpanId") == first["spanId"]]
    assert {span["name"] for span in stages} == STAGES
    for before, after in zip(stages, stages[1:], strict=False):
        assert int(before["startTimeUnixNano"]) <= int(before["endTimeUnixNano"]) <= int(after["startTimeUnixNano"]) + 1
    assert int(stages[-1]["endTimeUnixNano"]) <= int(first["endTimeUnixNano"])


def test_attributes_follow_the_conventions(received):
    analyze, missing, _ = (attributes(span) for span in servers(received[0]))
    assert (analyze["http.request.method"], analyze["http.route"], analyze["url.scheme"]) == (
        "POST",
        "/analyze",
        "http",
    )
    assert int(analyze["http.response.status_code"]) == 200 and analyze["dss.model"] == "simple"
    assert int(analyze["dss.texts"]) == 1
    assert int(missing["http.response.status_code"]) == 404 and "http.route" not in missing
    assert '"deployment.environment.name"' in received[0] and '"service.name"' in received[0]


def test_no_text_path_or_query_leaves_the_server(received):
    assert "xylophonecanary" not in received[0]


def test_every_span_that_was_counted_arrived(received):
    assert received[1] == 1 + len(STAGES) + 1


def test_without_an_endpoint_nothing_is_recorded(tmp_path):
    server, url = serve(tmp_path)
    try:
        assert ask(url, "01").status_code == 200
        assert sent(url) == 0
        connections = subprocess.run(["ss", "-tnp", "state", "established"], capture_output=True, text=True).stdout
        assert [line for line in connections.splitlines() if f"pid={server.pid}," in line and ":4318" in line] == []
    finally:
        server.terminate()
        server.wait(15)
