"""Makes docs/images/dashboard.png: the page over a server with a minute of traffic.

build/dashboard/python/bin/python tests/dashboard/screenshot.py [FILE]
"""

import random
import shutil
import sys
import tempfile
import threading
import time

import requests
from conftest import ROOT, api
from playwright.sync_api import sync_playwright

TEXTS = [
    "What a lovely day for a walk.",
    "Thanks a lot, that was very helpful!",
    "I do not agree with you, but you have a point.",
    "This film was boring and stupid.",
    "The library opens at nine on weekdays.",
    "Could somebody explain the second paragraph?",
    "You are a complete idiot and everybody hates you.",
    "Das ist wirklich eine sehr gute Idee, liebe Freunde.",
    "Quel beau temps aujourd'hui, mes chers amis.",
    "¿Dónde está la biblioteca más cercana?",
]
SECONDS = 60


def traffic(url, seed, until):
    """One client: mostly good requests at a changing pace, some faulty ones."""
    choose, session = random.Random(seed), requests.Session()
    while time.monotonic() < until:
        body = {"text": choose.choice(TEXTS), "model": choose.choice(["bert", "simple", "simple"])}
        faulty = choose.random() < 0.02
        session.post(url + "/analyze", json={} if faulty else body, timeout=10)
        time.sleep(choose.random() * (0.02 if until - time.monotonic() < 20 else 0.06))


def take(url, file):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 840}, color_scheme="light")
        page.goto(url + "/dashboard")
        page.wait_for_timeout(SECONDS * 1000)
        page.screenshot(path=file)
        browser.close()


def main():
    file = sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs/images/dashboard.png"
    with tempfile.TemporaryFile() as log:
        server = api.Server(log, "--drain-seconds", "0")
        until = time.monotonic() + SECONDS + 3
        clients = [threading.Thread(target=traffic, args=(server.url, seed, until)) for seed in range(3)]
        for client in clients:
            client.start()
        take(server.url, file)
        for client in clients:
            client.join()
        server.stop()


if __name__ == "__main__":
    main()
