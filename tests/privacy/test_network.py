"""No packet leaves: a server in a network of its own without any way out, where every attempt is counted."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("DSS_BINARY", ROOT / "build/release/dss"))

INSIDE = """
import json, subprocess, sys, time, urllib.request
binary, *flags = sys.argv[1:]
store = next((flags[i + 1] for i, flag in enumerate(flags) if flag == "--auth-store"), None)
run = lambda *command: subprocess.run(command, check=True)
run("ip", "link", "set", "lo", "up")
# There is no way out, and the kernel counts whoever looks for one.
def sent():
    with open("/proc/net/snmp") as file:
        names, values = [line.split() for line in file if line.startswith("Ip:")]
    with open("/proc/net/snmp6") as file:
        sixth = [int(line.split()[1]) for line in file if line.startswith("Ip6OutNoRoutes")]
    return int(values[names.index("OutNoRoutes")]) + sum(sixth)
def probe():
    import socket
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as leak:
            try:
                leak.sendto(b"x", (address, 53))
            except OSError:
                pass
before = sent()
probe()
counted = sent() - before
begin = sent()
key = ""
if store:
    create = [binary, "keys", "create", "--store", store, "--role", "admin", "--name", "test"]
    key = subprocess.run(create, check=True, capture_output=True, text=True).stdout.strip()
server = subprocess.Popen([binary, "serve", "--port", "8077", *flags], stderr=subprocess.DEVNULL)
def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "X-API-Key": key}
    request = urllib.request.Request("http://127.0.0.1:8077" + path, data, headers)
    return urllib.request.urlopen(request, timeout=10).read()
for _ in range(100):
    try:
        ask("/readyz")
        break
    except OSError:
        time.sleep(0.1)
for number in range(100):
    for model in ("simple", "bert"):
        text = f"write to someone{number}@example.org at https://example.org/{number}"
        ask("/analyze", {"text": text, "model": model, "explain": True})
for number in range(50):
    ask("/feedback", {"text": f"write to someone{number}@example.org", "labels": {"toxic": 1}, "client_token": "a"})
time.sleep(1.5)  # the feedback is written, the keys are read anew
ask("/anonymize", {"text": "see https://user:pass@example.org and mail a@example.org"})
for path in ("/metrics", "/privacy", "/docs", "/openapi.json", "/stats"):
    ask(path)
kept = [line for line in ask("/metrics").decode().splitlines() if line.startswith('dss_feedback_total{result="kept"}')]
server.terminate()
server.wait(30)
kept = float(kept[0].split()[1]) if kept else 0
print(json.dumps({"probe": counted, "server": sent() - begin, "kept": kept}))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="a network namespace needs root")
@pytest.mark.skipif(not (shutil.which("unshare") and shutil.which("ip")), reason="needs unshare and ip (iproute2)")
@pytest.mark.parametrize("everything", [False, True], ids=["defaults", "keys, masking and feedback"])
def test_no_packet_leaves_the_machine(tmp_path, everything):
    flags = []
    if everything:
        secret = tmp_path / "key"
        secret.write_text(secrets.token_hex(32))
        secret.chmod(0o600)
        flags = ["--auth", "keys", "--auth-store", f"sqlite:{tmp_path}/keys.db", "--auth-refresh-seconds", "1"]
        flags += ["--feedback-store", f"sqlite:{tmp_path}/feedback.db", "--feedback-key-file", str(secret)]
        flags += ["--feedback-keep-text", "--privacy-mask", "score", "--quota-key-requests", "10000"]
    command = ["unshare", "--net", sys.executable, "-c", INSIDE, str(BINARY), *flags]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    counts = json.loads(answer.stdout)
    assert counts["probe"] >= 2, "the count counts"
    assert counts["server"] == 0
    assert counts["kept"] == (50 if everything else 0)
