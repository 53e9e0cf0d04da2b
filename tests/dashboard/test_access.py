"""Who may see the figures, and what the page says to those who may not, or when there is nobody to ask."""

import pathlib
import signal
import socket
import subprocess

import pytest
from conftest import ROOT, api

UNKNOWN = "dss_00000000_" + "0" * 40


def create_key(store, role):
    command = [api.BINARY, "keys", "create", "--store", store, "--role", role, "--name", f"test {role}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout.strip()


@pytest.fixture(scope="module")
def guarded(start, tmp_path_factory):
    """(server, a key with the role metrics, a key without it)."""
    store = f"sqlite:{tmp_path_factory.mktemp('keys') / 'keys.db'}"
    metrics, score = create_key(store, "metrics"), create_key(store, "score")
    return start("--auth", "keys", "--auth-store", store), metrics, score


def show_key(opened, key):
    opened.page.fill("#key", key)
    opened.page.keyboard.press("Enter")


def test_the_page_asks_for_a_key_and_says_what_is_wrong_with_it(guarded, open_page):
    server, metrics, score = guarded
    opened = open_page(server.url)
    opened.wait_for_state("Key needed")
    assert "(401)" in opened.text("#notice-text")
    assert opened.page.evaluate("document.activeElement.id") == "key"
    assert not opened.page.is_visible("#figures")
    for wrong in (UNKNOWN, "kläglich"):
        show_key(opened, wrong)
        opened.wait_for_state("Key not accepted")
        assert "mistyped, expired or revoked" in opened.text("#notice-text")
    show_key(opened, score)
    opened.wait_for_state("Role missing")
    assert "lacks the role “metrics” (403)" in opened.text("#notice-text")
    show_key(opened, metrics)
    opened.wait_for_state("Live")
    assert not opened.page.is_visible("#notice")
    assert opened.figure("memory") > 0


def test_a_key_is_kept_nowhere(guarded, open_page):
    server, metrics, _ = guarded
    opened = open_page(server.url)
    show_key(opened, metrics)
    opened.wait_for_state("Live")
    assert opened.page.input_value("#key") == ""
    places = "[{...localStorage}, {...sessionStorage}, document.cookie, location.href]"
    kept = opened.page.evaluate(f"JSON.stringify({places})")
    assert metrics not in kept
    assert not any(metrics in url for url in opened.requests)
    opened.page.reload()
    opened.wait_for_state("Key needed")


def test_without_a_right_key_it_does_not_ask_again_and_again(guarded, open_page):
    server, *_ = guarded
    opened = open_page(server.url)
    show_key(opened, UNKNOWN)
    opened.wait_for_state("Key not accepted")
    asked = len(opened.requests)
    opened.page.wait_for_timeout(3000)
    assert len(opened.requests) == asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_question_for_a_key(guarded, open_page, scheme):
    opened = open_page(guarded[0].url, bypass_csp=True, color_scheme=scheme)
    opened.wait_for_state("Key needed")
    assert opened.axe() == []


def test_an_operators_token_will_do(start, token_file, open_page):
    server = start("--metrics-token-file", str(token_file))
    opened = open_page(server.url)
    opened.wait_for_state("Key needed")
    show_key(opened, token_file.read_text().strip())
    opened.wait_for_state("Live")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_page_is_where_the_metrics_are(start, open_page):
    port = free_port()
    server = start("--admin-listen", f"127.0.0.1:{port}")
    for path in ("/metrics", "/dashboard", "/dashboard/app.js"):
        assert server.get(path).status_code == 404, path
    opened = open_page(f"http://127.0.0.1:{port}")
    opened.wait_for_state("Live")


def test_every_file_is_typed_and_guarded_by_the_policy(server):
    for file in sorted((ROOT / "web/dashboard").iterdir()):
        if file.suffix in (".json", ".html"):
            continue
        answer = server.get(f"/dashboard/{file.name}")
        assert answer.content == file.read_bytes(), file.name
        kind = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
        assert answer.headers["Content-Type"] == kind[pathlib.Path(file).suffix]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert server.get("/dashboard/").url == server.url + "/dashboard"
    assert "/dashboard" not in server.get("/metrics").text


@pytest.fixture
def fleeting(tmp_path):
    """run(port) → a Server of this test alone, on that port."""
    running = []

    def run(*flags):
        with (tmp_path / "log").open("ab") as stream:
            running.append(api.Server(stream, *flags))
        return running[-1]

    yield run
    for server in running:
        server.process.kill()
        server.process.wait(10)


def restart(server):
    command = [api.BINARY, "serve", "--port", str(server.port)]
    server.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server.wait_until_ready()


def test_a_server_that_stops_is_reported_and_one_that_returns_is_found(fleeting, open_page):
    server = fleeting()
    for _ in range(5):
        server.analyze(text="hello you")
    opened = open_page(server.url, bypass_csp=True)
    opened.wait_for_state("Live")
    assert opened.note("requests").startswith(("5 ", "6 ", "7 "))
    for _ in range(3):
        server.analyze(text="hello you")
    opened.wait_for_look(2)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
    opened.wait_for_state("No answer")
    assert "The server does not answer" in opened.text("#notice-text")
    assert opened.page.is_visible("#figures"), "the last figures stay"
    assert opened.axe() == []
    restart(server)
    opened.wait_for_state("Live", seconds=15)
    assert not opened.page.is_visible("#notice")
    for _ in range(4):
        server.analyze(text="hello you")
    opened.wait_for_look(1)
    opened.show("all")
    scored = opened.table("latency")["all models"][0]
    assert scored == "4", "the new process has begun at 0"
    opened.show("3600")
    assert opened.table("latency")["all models"][0] == "12", "the hour holds what was seen of both"


def test_a_page_that_is_first_paused_recovers_when_resumed(fleeting, open_page):
    server = fleeting()
    opened = open_page(server.url)
    opened.wait_for_state("Live")
    opened.page.click("#pause")
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
    opened.page.click("#pause")
    opened.wait_for_state("No answer")
    restart(server)
    opened.wait_for_state("Live", seconds=15)


def test_a_refusal_for_lack_of_time_is_said(start, open_page):
    """A front that answers 503 as the server does when too many scrape at once, then lets through."""
    server = start()
    opened = open_page("about:blank", path="")
    answers = []

    def front(route):
        answers.append(route.request.url)
        if len(answers) == 2:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="too many scrapes at once\n")
        else:
            route.continue_()

    opened.page.route("**/metrics*", front)
    opened.page.goto(server.url + "/dashboard")
    opened.wait_for_state("Busy")
    assert "(503)" in opened.text("#notice-text")
    opened.wait_for_state("Live")
