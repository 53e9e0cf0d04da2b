"""Two servers behind nginx, replaced in turn under load: no request may be lost.

Each replacement takes the server out of nginx's upstream first (a new configuration, then nginx's reload), waits until
nginx's workers of before are gone, ends the server, starts a new one on the same port, waits until it is ready, and
puts it back. nginx opens a connection to the server for each request and never tries another server (which would hide
a loss). Clients open a connection for each request too: nginx's reload closes idle ones, and a request that crosses
that closing on the way is lost by HTTP's own rules, whatever stands behind nginx.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from load import analysis, bodies, generator, output
from load.answers import Run
from load.server import ROOT, answers, free_port

REQUESTS = 100000
RATE = 1000.0  # requests/s
DRAIN_SECONDS = 1
PAUSE = 1.0  # seconds with both servers between two replacements
CONFIGURATION = """
worker_processes 1;
daemon off;
error_log {folder}/error.log warn;
pid {folder}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  keepalive_timeout 0;
  upstream dss {{ {servers} }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ proxy_pass http://dss; proxy_next_upstream off; }}
  }}
}}
"""


class Replica:
    """One dss on a port that its successors keep."""

    def __init__(self, core: int, binary: Path = ROOT / "build/release/dss"):
        self.port = free_port()
        self._command = ["taskset", "-c", str(core), str(binary), "serve", "--port", str(self.port), "--workers", "1"]
        self._command += ["--encoder-workers", "1", "--log-level", "error", "--drain-seconds", str(DRAIN_SECONDS)]
        # nginx is the only client that it sees.
        self._command += ["--http-connections-per-address", "8192", "--http-connections", "8192"]

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not answers(self.port, "/readyz"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start; is build/release/dss built?")
            time.sleep(0.05)

    def stop(self) -> int:
        """Its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Nginx:
    """Context manager: a proxy on a processor of its own choice before the servers of `use()`."""

    def __init__(self, folder: Path):
        self.port, self._folder = free_port(), folder
        self._program = shutil.which("nginx") or "/usr/sbin/nginx"

    def use(self, replicas: list[Replica]) -> None:
        """From its return on nothing is sent to others: the workers with the configuration of before are gone."""
        servers = " ".join(f"server 127.0.0.1:{one.port} max_fails=0;" for one in replicas)
        text = CONFIGURATION.format(folder=self._folder, port=self.port, servers=servers)
        (self._folder / "nginx.conf").write_text(text)
        if hasattr(self, "process"):
            before = self._workers()
            self.process.send_signal(signal.SIGHUP)
            self._wait(lambda: self._workers() and not before & self._workers())

    def __enter__(self):
        command = [
            self._program,
            "-p",
            self._folder,
            "-e",
            self._folder / "error.log",
            "-c",
            self._folder / "nginx.conf",
        ]
        self.process = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL)
        self._wait(lambda: answers(self.port, "/livez"))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def _workers(self) -> set[str]:
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def _wait(self, condition) -> None:
        deadline = time.monotonic() + 30
        while not condition():
            if time.monotonic() > deadline:
                words = (self._folder / "error.log").read_text(errors="replace")[-1000:]
                raise RuntimeError(f"nginx did not do as told within 30 s; its words:\n{words}")
            time.sleep(0.02)


@dataclass
class Replacing:
    """Replaces servers in turn on a thread of its own until told to stop; ends behind a whole replacement."""

    nginx: Nginx
    replicas: list[Replica]
    replaced: int = 0
    fault: str = ""

    def begin(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.wait(PAUSE):
                self._replace(self.replicas[self.replaced % len(self.replicas)])
                self.replaced += 1
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            self.fault = str(error)

    def _replace(self, replica: Replica) -> None:
        self.nginx.use([one for one in self.replicas if one is not replica])
        status = replica.stop()
        if status != 0:
            raise RuntimeError(f"a server ended with status {status}")
        replica.start()
        self.nginx.use(self.replicas)


def send(requests: int, rate: float, model: str) -> tuple[Run, Replacing]:
    """`requests` at `rate` a second, with servers replaced from begin to end."""
    server_core, client_core = generator.cores()
    replicas = [Replica(server_core), Replica(server_core)]
    with tempfile.TemporaryDirectory() as folder:
        # nginx's worker may run as another user, whom the folder of a private directory would keep out.
        os.chmod(folder, 0o755)
        nginx = Nginx(Path(folder))
        try:
            for one in replicas:
                one.start()
            nginx.use(replicas)
            with nginx:
                replacing = Replacing(nginx, replicas)
                replacing.begin()
                try:
                    run = generator.ours(
                        nginx.port, bodies.documents(model, ""), [(rate, requests / rate)], client_core
                    )
                finally:
                    replacing.end()
        finally:
            for one in replicas:
                if hasattr(one, "process") and one.process.poll() is None:
                    one.stop()
    return run, replacing


def run(requests: int, rate: float, model: str, out: Path) -> bool:
    """Whether no request was lost while both servers were replaced at least once."""
    found, replacing = send(requests, rate, model)
    summary = analysis.summarise(found.whole, found.segments[0])
    lost = len(found.whole) - int(found.whole.good.sum())
    figures = {
        "requests": len(found.whole),
        "lost": lost,
        "replaced": replacing.replaced,
        "fault": replacing.fault,
        "summary": asdict(summary),
        "machine": output.machine(),
    }
    (out / model).mkdir(parents=True, exist_ok=True)
    output.write_json(out / model / "rolling.json", figures)
    print(
        f"14. rolling, {model}: {len(found.whole)} requests, {lost} lost, {replacing.replaced} replacements, "
        f"P99 {1000 * summary.p99:.1f} ms{'; ' + replacing.fault if replacing.fault else ''}"
    )
    return lost == 0 and replacing.replaced >= len(replacing.replicas) and not replacing.fault
