"""What the page shows is what /metrics says."""

import concurrent.futures

import pytest
import requests
from conftest import spaced
from exposition import Exposition

TEXTS = [
    "You are a complete idiot and everybody hates you.",
    "What a lovely day for a walk in the park.",
    "I will kill you, scum.",
    "Das ist wirklich ein sehr schöner Tag, meine lieben Freunde.",
    "Quel beau temps aujourd'hui, mes chers amis de Paris.",
]


def send(server):
    """70 texts to each model, 7 bodies that are refused and one route that is not there."""
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        jobs = [(text, model) for model in ("simple", "bert") for text in TEXTS * 14]
        answers = list(pool.map(lambda job: server.analyze(text=job[0], model=job[1]), jobs))
    assert {answer.status_code for answer in answers} == {200}
    for _ in range(7):
        assert server.analyze(tex=1).status_code == 422
    assert server.get("/nothing").status_code == 404


@pytest.fixture(scope="module")
def busy(start):
    server = start()
    send(server)
    return server


@pytest.fixture
def dashboard(busy, open_page):
    opened = open_page(busy.url)
    opened.wait_for_state("Live")
    opened.show("all")
    return opened


def test_requests_by_status(dashboard, busy):
    wanted = Exposition(busy).sums("http_requests_total", "status")
    table = dashboard.table("traffic")
    assert table["answered (2xx)"][0] == spaced(int(wanted["2xx"]))
    assert table["client errors (4xx)"][0] == "8" == spaced(int(wanted["4xx"]))
    assert table["server errors (5xx)"][0] == "0"
    assert dashboard.note("requests") == f"{spaced(int(sum(wanted.values())))} in all"


def test_percentiles(dashboard, busy):
    metrics = Exposition(busy)
    wanted = metrics.quantile(0.95, "dss_request_duration_seconds")
    assert dashboard.figure("latency") == pytest.approx(wanted, rel=1e-9)
    rows = dashboard.table("latency")
    assert set(rows) == {"all models", "simple", "bert"}
    assert [rows[name][0] for name in rows] == ["140", "70", "70"]
    for q, text in zip((0.5, 0.95, 0.99), rows["all models"][1:], strict=True):
        number, unit = text.split()
        seconds = float(number) * {"µs": 1e-6, "ms": 1e-3, "s": 1}[unit]
        assert seconds == pytest.approx(metrics.quantile(q, "dss_request_duration_seconds"), rel=6e-3)


def test_scores(dashboard, busy):
    wanted = Exposition(busy).sums("dss_scores_total", "score_le")
    shown = [int(cells[0]) for cells in dashboard.table("scores").values()]
    assert shown == [int(wanted[le]) for le in sorted(wanted, key=float)]
    assert sum(shown) == 140


def test_share_of_high_scores(dashboard, busy):
    levels = Exposition(busy).sums("dss_toxicity_level_total", "level")
    assert dashboard.figure("toxic") == pytest.approx((levels["high"] + levels["extreme"]) / 140)


def test_stages(dashboard, busy):
    metrics = Exposition(busy)
    table = dashboard.table("stages")
    assert {"simple: parse", "simple: infer", "bert: queue", "bert: infer"} <= set(table)
    assert "simple: queue" not in table
    for name, (count, mean, _) in table.items():
        model, stage = name.split(": ")
        assert int(count) == metrics.total("dss_stage_duration_seconds_count", model_type=model, stage=stage)
        number, unit = mean.split()
        seconds = float(number) * {"µs": 1e-6, "ms": 1e-3, "s": 1}[unit] * int(count)
        wanted = metrics.total("dss_stage_duration_seconds_sum", model_type=model, stage=stage)
        assert seconds == pytest.approx(wanted, rel=6e-3, abs=1e-9)


def test_languages(dashboard, busy):
    wanted = Exposition(busy).sums("dss_language_total", "lang")
    table = dashboard.table("languages")
    assert int(table["English"][0]) == wanted["en"]
    assert int(table["German"][0]) == wanted["de"]
    assert sum(int(cells[0]) for cells in table.values()) == 140


def test_encoder_and_process(dashboard, busy):
    metrics = Exposition(busy)
    encoder = dashboard.table("encoder")
    assert encoder["Tokens that may wait"] == [spaced(int(metrics.total("dss_queue_capacity")))]
    assert encoder["Batches"] == [spaced(int(metrics.total("dss_batch_size_count")))]
    assert encoder["Workers that compute"][0].endswith(f" of {int(metrics.total('dss_workers'))}")
    build = metrics.labels("dss_build_info")[0]
    assert build["version"] in dashboard.text("#server")
    assert dashboard.table("processor")["Build"] == [f"{build['version']}, {build['revision']}, {build['compiler']}"]
    memory = metrics.total("process_resident_memory_bytes")
    assert dashboard.figure("memory") == pytest.approx(memory, rel=0.2)


def test_models(dashboard, busy):
    metrics = Exposition(busy)
    table = dashboard.table("models")
    for labels in metrics.labels("dss_model_info"):
        version, model_format, digest, *_ = table[labels["model_type"]]
        assert (version, model_format) == (labels["version"], labels["format"])
        assert labels["sha256"].startswith(digest) and len(digest) == 12
    assert dashboard.figure("queue") == metrics.total("dss_queue_depth") == 0
    assert dashboard.note("queue") == f"of {spaced(int(metrics.total('dss_queue_capacity')))}"
    drift = metrics.total("dss_score_drift_psi", model_type="simple", window="1h")
    assert table["simple"][4] == "too few texts" and drift != drift


def test_rates_are_of_the_time_between_two_looks(dashboard, busy):
    dashboard.show("60")
    dashboard.wait_for_look(1)
    before = int(dashboard.note("requests").split()[0].replace("\u202f", ""))
    for _ in range(25):
        busy.analyze(text="hello you")
    dashboard.wait_for_look(2)
    after = int(dashboard.note("requests").split()[0].replace("\u202f", ""))
    assert after - before == 25


def test_refusals_are_counted_by_cause(start, open_page):
    server = start()
    for _ in range(3):
        assert server.post(b"x" * 3_000_000).status_code == 413
    opened = open_page(server.url)
    opened.wait_for_state("Live")
    assert opened.table("refusals")["too large"][0] == "3"
    assert opened.figure("refused") == 3
    assert opened.note("refused") == "mostly too large"


def test_an_encoder_without_time_is_shown(start, open_page):
    server = start()
    body = {"text": "hello you", "model": "bert"}
    for _ in range(3):
        answer = requests.post(server.url + "/analyze", json=body, headers={"X-Request-Deadline-Ms": "0"}, timeout=10)
        assert answer.status_code == 503
    opened = open_page(server.url)
    opened.wait_for_state("Live")
    assert opened.table("encoder")["Texts it had no room or time for"] == ["3"]
    assert "It had no room or time for 3 texts (503)." in opened.text("#encoder .note")
    assert opened.figure("errors") == 3 / sum(Exposition(server).sums("http_requests_total", "status").values())
    assert opened.table("traffic")["server errors (5xx)"][0] == "3"


def test_without_texts_nothing_is_invented(start, open_page):
    opened = open_page(start().url)
    opened.wait_for_state("Live")
    for card in ("scores", "stages", "languages"):
        assert "No text was scored in this time." in opened.text(f"#{card}")
    assert "Nothing was refused in this time." in opened.text("#refusals")
    assert opened.text("#tile-latency") == "–"
    assert opened.text("#tile-toxic") == "–"
