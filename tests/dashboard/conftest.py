"""The page /dashboard in a headless Chromium, against the real server."""

import importlib.util
import pathlib
import shutil

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
AXE = ROOT / "build/dashboard/npm/node_modules/axe-core/axe.min.js"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem + "_of_" + path.parent.name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


api = load(ROOT / "tests/api/conftest.py")
undrained = api.start
server = api.server
token_file = api.token_file


@pytest.fixture(scope="session")
def start(undrained):
    """start(*flags) → a Server that ends without waiting for its clients."""
    return lambda *flags: undrained("--drain-seconds", "0", *flags)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    assert chromium, "chromium was not found: ./test dashboard installs it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium)
        yield running
        running.close()


class Dashboard:
    """An open page. `requests` are the addresses it has asked for, `complaints` what the browser said about it."""

    def __init__(self, context, url, path="/dashboard"):
        self.page = context.new_page()
        self.requests = []
        self.complaints = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.goto(url + path)

    def text(self, selector):
        return self.page.inner_text(selector).strip()

    def figure(self, name):
        """The number behind a tile."""
        return float(self.page.get_attribute(f"#tile-{name}", "value"))

    def note(self, name):
        return self.page.locator(f".tile:has(#tile-{name}) .note").inner_text()

    def table(self, card):
        """The table of a card, opened: {first cell: other cells}."""
        details = self.page.locator(f"#{card} details")
        if details.count() and details.get_attribute("open") is None:
            details.locator("summary").click()
            details.locator("tbody tr").first.wait_for(state="attached", timeout=2000)
        rows = self.page.locator(f"#{card} tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
        return {name: cells for name, *cells in rows}

    def show(self, window):
        self.page.select_option("#window", window)

    def wait_for_state(self, text, seconds=10):
        self.page.wait_for_function(
            "text => document.getElementById('state').textContent === text", arg=text, timeout=seconds * 1000
        )

    def wait_for_look(self, looks=1):
        """Until that many more scrapes have come."""
        for _ in range(looks):
            with self.page.expect_response(lambda response: "/metrics" in response.url, timeout=10_000) as answer:
                pass
            answer.value.finished()
        self.page.wait_for_timeout(100)

    def axe(self):
        """What axe-core finds wrong: (rule, element)."""
        self.page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        nodes = [(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]
        return [(rule, node["html"], node["failureSummary"]) for rule, node in nodes]


@pytest.fixture
def open_page(browser):
    """open_page(url, **options of the context) → Dashboard, closed after the test."""
    contexts = []

    def run(url, path="/dashboard", **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 1400, "height": 1000}, **options}))
        return Dashboard(contexts[-1], url, path)

    yield run
    for context in contexts:
        context.close()


def spaced(count):
    """A count as the page writes it, with narrow spaces between thousands."""
    return f"{count:,}".replace(",", "\u202f")
