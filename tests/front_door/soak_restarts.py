"""Restarts and reloads under load: no accepted request is lost, none is answered by a half-loaded model."""

import json
import pathlib
import tempfile
import time

from keep_alive import Client, Connection, post, summary
from model_versions import point_to, write_model
from service import Service, free_port

CLIENTS = 8
DRAIN_SECONDS = 1
TEXTS = [f"you are a perfectly nice fool, number {i}" + " and so on" * (i % 7) for i in range(25)]


def analyze(port, text):
    connection = Connection(port)
    answer = json.loads(connection.ask(post("/analyze", {"text": text}))[1])
    connection.close()
    return answer


class Versions:
    """Two models, and what each of them says about each text."""

    def __init__(self, folder):
        self.link = folder / "models"
        self.folders = [write_model(folder / "a", "1.0.0-a"), write_model(folder / "b", "1.0.0-b", shift=1.5)]
        self.known, self.seen = {}, set()

    def choose(self, number):
        point_to(self.link, self.folders[number % 2])

    def learn(self, port):
        for text in TEXTS:
            answer = analyze(port, text)
            self.known[answer["model_version"], text] = answer["categories"]

    def judge(self, text, status, body):
        if status != 200:
            return f"status {status}"
        answer = json.loads(body)
        self.seen.add(answer["model_version"])
        if answer["categories"] != self.known.get((answer["model_version"], text)):
            return f"scores that are not those of {answer['model_version']}"
        return None


def under_load(port, versions, act):
    """Runs `act` while clients ask; their summary, and how long it took."""
    clients = [Client(port, TEXTS, versions.judge) for _ in range(CLIENTS)]
    begin = time.monotonic()
    for client in clients:
        client.start()
    try:
        act()
    finally:
        for client in clients:
            client.ending.set()
        for client in clients:
            client.join()
    return {**summary(clients), "seconds": round(time.monotonic() - begin, 1)}


def run(times):
    """Yields (what, figures, whether it holds)."""
    with tempfile.TemporaryDirectory() as name:
        versions = Versions(pathlib.Path(name))
        port = free_port()
        options = ["--models", versions.link, "--drain-seconds", DRAIN_SECONDS, "--log-access-sample", 0]
        versions.choose(0)
        service = Service(*options, port=port)
        versions.learn(port)
        versions.choose(1)
        service.reload()
        versions.learn(port)

        def reload():
            for i in range(times):
                time.sleep(0.2)
                versions.choose(i)
                service.reload()

        figures = under_load(port, versions, reload)
        yield f"{times} reloads", figures, holds(figures) and len(versions.seen) == 2

        statuses = []

        def restart():
            nonlocal service
            for i in range(times):
                time.sleep(0.5)
                versions.choose(i)
                statuses.append(service.stop())
                service.__exit__()
                service = Service(*options, port=port)

        figures = under_load(port, versions, restart)
        figures["exit statuses"] = sorted(set(statuses))
        service.__exit__()
        yield f"{times} restarts", figures, holds(figures) and statuses == [0] * times


def holds(figures):
    return figures["answered"] > 1000 and not figures["lost"] and not figures["wrong answers"]
