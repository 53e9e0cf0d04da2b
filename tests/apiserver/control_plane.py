"""A Kubernetes API server of one's own: etcd and kube-apiserver on loopback ports, with nothing behind them that would
run pods. Everything lies in one temporary folder and ends with the object."""

import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/deploy"))
from conftest import free_port  # noqa: E402

TOOLS = pathlib.Path(os.environ["APISERVER_TOOLS"]) / "bin"
# Of this server only, which listens on loopback for the length of a test.
TOKEN = "of-this-test"


class ControlPlane:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.processes = []
        self.kubeconfig = folder / "kubeconfig"
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _run(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [TOOLS / name, *arguments]
            self.processes.append(subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log))

    def _start(self) -> None:
        store, peer, port = f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}", free_port()
        self._run(
            "etcd",
            *("--data-dir=etcd", f"--listen-client-urls={store}", f"--advertise-client-urls={store}"),
            *(f"--listen-peer-urls={peer}", f"--initial-advertise-peer-urls={peer}"),
            *(f"--initial-cluster=default={peer}", "--unsafe-no-fsync"),
        )
        key = self.folder / "service-account.key"
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
        (self.folder / "tokens.csv").write_text(f"{TOKEN},tester,tester,system:masters\n")
        self._run(
            "kube-apiserver",
            *(
                f"--etcd-servers={store}",
                f"--secure-port={port}",
                "--bind-address=127.0.0.1",
                "--cert-dir=certificates",
            ),
            *("--token-auth-file=tokens.csv", "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24"),
            *("--service-account-issuer=https://test", f"--service-account-key-file={key}"),
            f"--service-account-signing-key-file={key}",
        )
        self._write_kubeconfig(port)
        self._wait()

    def _write_kubeconfig(self, port: int) -> None:
        cluster = {"server": f"https://127.0.0.1:{port}", "insecure-skip-tls-verify": True}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "test", "cluster": cluster}],
            "users": [{"name": "tester", "user": {"token": TOKEN}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "tester"}}],
            "current-context": "test",
        }
        self.kubeconfig.write_text(json.dumps(config))

    def _wait(self) -> None:
        deadline = time.monotonic() + 180
        while self.try_kubectl("get", "--raw", "/readyz").returncode != 0:
            ended = [process.args[0].name for process in self.processes if process.poll() is not None]
            if ended or time.monotonic() > deadline:
                logs = {path.name: path.read_text(errors="replace")[-3000:] for path in self.folder.glob("*.log")}
                raise RuntimeError(f"no API server; ended: {ended}; {logs}")
            time.sleep(0.5)

    def try_kubectl(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess:
        command = [TOOLS / "kubectl", f"--kubeconfig={self.kubeconfig}", "--cache-dir", self.folder / "cache"]
        return subprocess.run([*command, *arguments], input=text, capture_output=True, text=True, timeout=120)

    def kubectl(self, *arguments: str, text: str = "") -> str:
        done = self.try_kubectl(*arguments, text=text)
        assert done.returncode == 0, f"kubectl {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def apply(self, text: str) -> str:
        """Server-side, unknown fields refused."""
        return self.kubectl("apply", "--server-side", "--validate=strict", "-f", "-", text=text)

    def get(self, document: dict) -> dict:
        place = ["-n", document["metadata"]["namespace"]] if "namespace" in document["metadata"] else []
        group = document["apiVersion"].partition("/")[0] if "/" in document["apiVersion"] else ""
        kind = f"{document['kind']}.{document['apiVersion'].partition('/')[2]}.{group}" if group else document["kind"]
        return json.loads(self.kubectl("get", kind, document["metadata"]["name"], *place, "-o", "json"))

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
