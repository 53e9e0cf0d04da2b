"""nginx that answers every request with fixed text: `return 200`. It reads the body and throws it away."""

import json
import shutil
import subprocess

from peers.peer import Peer, free_port

CONFIG = """
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
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200 '{answer}'; }}
    location = /livez {{ return 200 '{alive}'; }}
  }}
}}
"""


def program():
    return shutil.which("nginx") or "/usr/sbin/nginx"


def fixed(answer):
    """`answer` as it may stand between the quotes of a configuration."""
    return json.dumps(json.loads(answer), separators=(",", ":")).replace("'", "").replace("$", "")


def start(setting):
    port, folder = free_port(), setting.folder / "nginx"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, answer=fixed(setting.answer), alive=fixed(setting.alive)))
    return Peer("nginx", [program(), "-p", folder, "-e", folder / "error.log", "-c", config], port, setting)


def versions(setting):
    words = subprocess.run([program(), "-v"], capture_output=True, text=True, check=True).stderr
    return words.split(":", 1)[1].strip()
