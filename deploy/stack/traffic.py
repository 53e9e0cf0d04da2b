"""Harmless requests at a steady rate, so that pages and rules have something to show."""

import contextlib
import itertools
import json
import random
import threading
import urllib.error
import urllib.request

TEXTS = (
    "Thank you for your help, that solved it.",
    "I do not agree, but I see your point.",
    "What a lovely day for a walk.",
    "Could you send me the minutes of the meeting?",
    "That is nonsense and you know it.",
    "you are a fool",
    "This article needs a better source.",
    "Happy birthday to you and your sister!",
)


def ask(url: str, text: str, model: str) -> None:
    body = json.dumps({"text": text, "model": model}).encode()
    request = urllib.request.Request(f"{url}/analyze", body, {"Content-Type": "application/json"})
    with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


def start(url: str, rate: float) -> None:
    """About `rate` requests a second from now on, at random moments; one in four asks `bert`."""
    stop = threading.Event()

    def run() -> None:
        for number in itertools.count():
            if stop.wait(random.expovariate(rate)):
                return
            ask(url, random.choice(TEXTS), "bert" if number % 4 == 0 else "simple")

    threading.Thread(target=run, daemon=True).start()
