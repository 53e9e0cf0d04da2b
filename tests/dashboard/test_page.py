"""How the page behaves: quick, alone, clean, usable with the keyboard, on small screens and by those who listen."""

import statistics
import urllib.parse

import pytest

LONGEST_LOAD_MS = 300


@pytest.fixture(scope="module")
def visited(server):
    """The server, with something to show."""
    for text in ("hello you", "what an idiot", "bonjour mes chers amis"):
        for model in ("simple", "bert"):
            server.analyze(text=text, model=model)
    return server


def test_it_loads_quickly(visited, open_page):
    """The lower quartile of nine loads with empty caches: what others do on the machine counts less."""
    script = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
    first = "() => performance.getEntriesByName('first-figures')[0].startTime"
    loads, figures = [], []
    for _ in range(9):
        opened = open_page(visited.url)
        opened.wait_for_state("Live")
        loads.append(opened.page.evaluate(script))
        figures.append(opened.page.evaluate(first))
        opened.page.close()
    print("load", [round(ms) for ms in loads], "figures", [round(ms) for ms in figures])
    assert statistics.quantiles(loads, n=4)[0] < LONGEST_LOAD_MS


def test_it_asks_only_its_own_server_and_the_browser_has_no_complaint(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_look(2)
    opened.page.click("#theme")
    hosts = {urllib.parse.urlsplit(url).netloc for url in opened.requests}
    assert hosts == {urllib.parse.urlsplit(visited.url).netloc}
    assert opened.complaints == []
    paths = {urllib.parse.urlsplit(url).path for url in opened.requests}
    assert {"/dashboard", "/dashboard/app.js", "/metrics"} <= paths


def test_the_policy_forbids_what_is_inline_and_what_is_elsewhere(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_state("Live")
    opened.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        document.head.append(script);
    }""")
    assert opened.page.evaluate("window.intruder") is None
    assert opened.page.evaluate("fetch('http://127.0.0.2:9/').then(() => 'sent', error => error.name)") == "TypeError"
    assert sum("Content Security Policy" in complaint for complaint in opened.complaints) >= 2


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visited, open_page, scheme, width):
    opened = open_page(visited.url, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    opened.wait_for_state("Live")
    opened.wait_for_look(1)
    opened.show("all")
    for card in ("traffic", "latency", "scores", "stages", "encoder", "languages", "processor", "memory"):
        assert opened.table(card), card
    background = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(244, 245, 248)" if scheme == "light" else "rgb(15, 18, 24)")
    assert opened.axe() == []


def test_axe_would_find_something(visited, open_page):
    opened = open_page(visited.url, bypass_csp=True)
    opened.wait_for_state("Live")
    opened.page.evaluate("document.querySelector('label[for=window]').remove()")
    assert [rule for rule, *_ in opened.axe()] == ["select-name"]


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_all_of_it_works_with_the_keyboard(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_state("Live")
    page = opened.page
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order == ["window", "pause", "theme", "Data of Requests"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.get_attribute("#traffic details", "open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Data of Requests"
    page.focus("#window")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#window") == "60"
    page.focus("#theme")
    themes = []
    for _ in range(3):
        page.keyboard.press("Space")
        themes.append(page.get_attribute("html", "data-theme"))
    assert themes == ["light", "dark", "automatic"]


def test_the_chosen_theme_wins_over_the_systems_and_is_remembered(visited, open_page):
    opened = open_page(visited.url, color_scheme="light")
    opened.page.click("#theme")
    opened.page.click("#theme")
    dark = "rgb(15, 18, 24)"
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    opened.page.reload()
    opened.wait_for_state("Live")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert opened.text("#theme") == "Theme: dark"


def test_a_paused_page_asks_for_nothing(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_look(1)
    opened.page.focus("#pause")
    opened.page.keyboard.press("Enter")
    assert opened.text("#pause") == "Resume"
    assert opened.text("#state") == "Paused"
    opened.page.wait_for_timeout(300)
    asked = len(opened.requests)
    opened.page.wait_for_timeout(3000)
    assert len(opened.requests) == asked
    opened.page.keyboard.press("Enter")
    opened.wait_for_state("Live")
    assert len(opened.requests) > asked
    assert opened.text("#pause") == "Pause"


def test_every_figure_has_words_and_the_summary_is_not_repeated(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_look(1)
    labels = opened.page.locator("svg[role=img]").evaluate_all("all => all.map(svg => svg.getAttribute('aria-label'))")
    assert len(labels) >= 8
    assert all(label.endswith(".") and len(label.split()) > 5 for label in labels)
    assert not any(word in label for label in labels for word in ("undefined", "NaN"))
    spoken = opened.text("#summary")
    assert spoken.startswith("Last 5 minutes: ") and "requests a second" in spoken
    opened.page.evaluate("""() => {
        window.spoken = 0;
        new MutationObserver(() => window.spoken++).observe(document.getElementById('summary'),
          {childList: true, characterData: true, subtree: true});
    }""")
    visited.analyze(text="hello again")
    opened.wait_for_look(2)
    assert opened.page.evaluate("window.spoken") == 0
    opened.show("60")
    assert opened.text("#summary").startswith("Last minute: ")


def test_nothing_moves_for_those_who_want_no_motion(visited, open_page):
    animation = "getComputedStyle(document.getElementById('state'), '::before').animationName"
    moving = open_page(visited.url)
    moving.wait_for_state("Live")
    assert moving.page.evaluate(animation) == "breathe"
    still = open_page(visited.url, reduced_motion="reduce")
    still.wait_for_state("Live")
    assert still.page.evaluate(animation) == "none"


@pytest.mark.parametrize("width", [320, 390, 900, 1400])
def test_nothing_sticks_out(visited, open_page, width):
    opened = open_page(visited.url, viewport={"width": width, "height": 800})
    opened.wait_for_look(1)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.page.set_viewport_size({"width": 320, "height": 800})
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_pointing_at_a_chart_shows_the_values_of_that_moment(visited, open_page):
    opened = open_page(visited.url)
    opened.wait_for_look(2)
    assert opened.page.locator("#traffic .cursor").count() == 0
    opened.page.hover("#traffic .picture")
    assert opened.page.locator("#traffic .cursor").count() == 1
