"""The servers that are compared: dss, nginx and Node. Each answers with the X-Request-Id of what it read."""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "front_door"))
from service import Service, free_port

NGINX = """
worker_processes 1; daemon off; pid {folder}/pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    add_header X-Request-Id $http_x_request_id always;
    location / {{ return 200 "ok"; }}
  }}
}}
"""
NODE = """
const server = require('node:http').createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    response.writeHead(200, {'Content-Length': 2, 'X-Request-Id': request.headers['x-request-id'] || ''});
    response.end('ok');
  });
});
const refuse = (request, socket) => socket.end('HTTP/1.1 501 No\\r\\nContent-Length: 0\\r\\n\\r\\n');
server.on('upgrade', refuse);
server.on('connect', refuse);
server.listen(%d, '127.0.0.1');
"""


@contextlib.contextmanager
def process(command, port):
    import socket

    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if running.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait()


@contextlib.contextmanager
def dss(_folder):
    with Service("--log-access-sample", 0) as service:
        yield service.port


@contextlib.contextmanager
def nginx(folder):
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with process([program, "-p", folder, "-e", "/dev/null", "-c", configuration], port) as ready:
        yield ready


@contextlib.contextmanager
def node(_folder):
    port = free_port()
    with process(["node", "-e", NODE % port], port) as ready:
        yield ready


PEERS = {"nginx": nginx, "node": node}
