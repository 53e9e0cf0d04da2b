"""The ThreadSanitizer server under load while it is scraped and reloaded: no report, no answer lost, exit 0 at the end.

    run.py --binary build/tsan/dss [--seconds 20] [--workers 4]

Clients on kept-alive and on fresh connections score texts; others read /metrics in both formats, with and without gzip,
and the routes that tell of the server's state. Twice a second SIGHUP makes it read models and tokens again. At the end
SIGTERM comes while requests are under way.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
SCRAPES = [
    ("/metrics", {"Accept": "text/plain"}),
    ("/metrics", {"Accept": OPENMETRICS}),
    ("/metrics", {"Accept": OPENMETRICS, "Accept-Encoding": "gzip"}),
    ("/stats", {}),
    ("/health", {}),
    ("/models/info", {}),
]
TOKEN = "a-token-of-this-test-only"
RELOAD_SECONDS = 0.5
WORDS = "you are a fool and this is a perfectly nice day for an idiot like me to say thank you".split()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Client(threading.Thread):
    """Repeats a request until told to end; `faults` says what went wrong before that."""

    def __init__(self, port, ending, keep_alive):
        super().__init__()
        self.port, self.ending, self.keep_alive = port, ending, keep_alive
        self.answered, self.faults = 0, []
        self.connection = None

    def run(self):
        while not self.ending.is_set():
            try:
                self.one_request()
                self.answered += 1
            except (OSError, http.client.HTTPException) as error:
                if not self.ending.is_set():
                    self.faults.append(repr(error))
                self.connection = None

    def one_request(self):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        method, path, body, headers = self.next_request()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            self.faults.append(f"{method} {path} answered {answer.status}")
        if not self.keep_alive or answer.will_close:
            self.connection.close()
            self.connection = None


class Scorer(Client):
    def next_request(self):
        body = {"text": " ".join(random.choices(WORDS, k=random.choice((3, 30, 300))))}
        if random.random() < 0.1:
            body["explain"] = True
        return "POST", "/analyze", json.dumps(body), {"Content-Type": "application/json"}


class Reader(Client):
    def next_request(self):
        path, headers = random.choice(SCRAPES)
        return "GET", path, None, {**headers, "Authorization": f"Bearer {TOKEN}"}


def start(binary, port, workers, reports):
    tokens = reports / "tokens"
    tokens.write_text(TOKEN + "\n")
    tokens.chmod(0o600)
    environment = dict(os.environ, TSAN_OPTIONS=f"halt_on_error=0:exitcode=66:log_path={reports}/tsan")
    # Without address randomisation: gcc 12's ThreadSanitizer cannot place its shadow under newer kernels' defaults.
    command = ["setarch", "-R", binary, "serve", "--listen", f"127.0.0.1:{port}", "--workers", str(workers)]
    command += ["--metrics-token-file", str(tokens)]
    with open(reports / "server.log", "wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def wait_until_ready(server, port, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            time.sleep(0.1)
    return False


def reload_often(server, seconds):
    """Sends SIGHUP again and again for that long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        server.send_signal(signal.SIGHUP)
        time.sleep(RELOAD_SECONDS)


def count_reloads(log):
    return sum(json.loads(line)["message"] == "reloaded" for line in log.splitlines() if line.startswith("{"))


def load(server, port, seconds):
    """Runs all clients while the server is reloaded. Returns them, still asking."""
    ending = threading.Event()
    clients = [Scorer(port, ending, keep_alive=i % 3 != 0) for i in range(8)]
    clients += [Reader(port, ending, keep_alive=i % 2 == 0) for i in range(5)]
    for client in clients:
        client.start()
    reload_often(server, seconds)
    return ending, clients


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        port = free_port()
        server = start(str(Path(arguments.binary).resolve()), port, arguments.workers, reports)
        faults = []
        if wait_until_ready(server, port):
            ending, clients = load(server, port, arguments.seconds)
            ending.set()
            server.send_signal(signal.SIGTERM)
            for client in clients:
                client.join()
            faults += [fault for client in clients for fault in client.faults]
            scored = sum(client.answered for client in clients if isinstance(client, Scorer))
            read = sum(client.answered for client in clients if isinstance(client, Reader))
            print(f"{scored} texts scored and {read} pages read in {arguments.seconds:g} s")
            if not scored or not read:
                faults.append("nothing was scored, or nothing read")
        else:
            faults.append("the server did not get ready")
        try:
            status = server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            status = server.wait()
        if status != 0:
            faults.append(f"the server ended with status {status}")
        reloads = count_reloads((reports / "server.log").read_text(errors="replace"))
        print(f"{reloads} reloads")
        if not reloads:
            faults.append("nothing was reloaded")
        for report in sorted(reports.glob("tsan.*")):
            faults.append(report.read_text(errors="replace"))
        if faults:
            print("\n".join(faults[:20]))
            print((reports / "server.log").read_text(errors="replace")[-3000:])
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
