"""The servers that are compared: each is started once, listens on 127.0.0.1, and is pinned to one core."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")

NGINX_CONFIG = """
worker_processes 1;
daemon off;
master_process off;
error_log {folder}/error.log;
pid {folder}/pid;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  keepalive_requests 1000000000;
  default_type application/json;
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{answer}'; }} }}
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Peer:
    """One server process. `cpu_seconds` is its user and system time, threads included."""

    def __init__(self, name, command, port, core, log):
        self.name, self.port = name, port
        with open(log, "wb") as output:
            self.process = subprocess.Popen(["taskset", "-c", str(core), *command], stdout=output, stderr=output)
        self.log = log

    def wait_until_it_answers(self, body, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                return self.ask(body)
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise SystemExit(f"{self.name} did not start; its words:\n{Path(self.log).read_text(errors='replace')[-2000:]}")

    def ask(self, body):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/analyze", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.read()

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_dss(binary, core, folder):
    port = free_port()
    command = [binary, "serve", "--listen", f"127.0.0.1:{port}", "--workers", "1"]
    return Peer("dss", command, port, core, folder / "dss.log")


def start_nginx(answer, core, folder):
    port = free_port()
    place = folder / "nginx"
    place.mkdir(parents=True, exist_ok=True)
    body = json.dumps(json.loads(answer)).replace("'", "")
    (place / "nginx.conf").write_text(NGINX_CONFIG.format(folder=place, port=port, answer=body))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", str(place), "-e", str(place / "error.log"), "-c", str(place / "nginx.conf")]
    return Peer("nginx", command, port, core, folder / "nginx.log")


def start_floor(program, answer, core, folder):
    port = free_port()
    return Peer("epoll", [program, str(port), str(len(answer))], port, core, folder / "floor.log")
