"""A real Prometheus that scrapes one server every second."""

import json
import pathlib
import subprocess
import urllib.parse

import conftest

CONFIG = """
global: {{scrape_interval: 1s, scrape_timeout: 1s}}
scrape_configs:
  - job_name: dss
    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]
"""


class Prometheus:
    def __init__(self, folder: pathlib.Path, target_port: int):
        config = folder / "prometheus.yml"
        config.write_text(CONFIG.format(port=target_port))
        self.url = f"http://127.0.0.1:{conftest.free_port()}"
        with (folder / "prometheus.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    "prometheus",
                    f"--config.file={config}",
                    f"--storage.tsdb.path={folder / 'data'}",
                    f"--web.listen-address={self.url.removeprefix('http://')}",
                    "--enable-feature=exemplar-storage",
                ],
                stdout=log,
                stderr=log,
            )

    def get(self, path: str, **parameters):
        """The `data` of an answer of its API."""
        query = urllib.parse.urlencode(parameters, doseq=True)
        status, _, body = conftest.fetch(f"{self.url}/api/v1/{path}?{query}")
        assert status == 200, body
        return json.loads(body)["data"]

    def query(self, promql: str) -> dict:
        """{labels without the target's: value} of an instant query."""
        result = self.get("query", query=promql)["result"]
        return {
            tuple(sorted((k, v) for k, v in row["metric"].items() if k not in ("job", "instance"))): float(
                row["value"][1]
            )
            for row in result
        }

    def target_up(self) -> bool:
        assert self.process.poll() is None, "prometheus ended"
        try:
            return self.query("up").get((("__name__", "up"),)) == 1.0
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(15)
