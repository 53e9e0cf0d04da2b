"""A PostgreSQL server of the tests' own, which can go away and come back."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from service import ROOT, free_port

ROOTS = [pathlib.Path("/usr/lib/postgresql"), ROOT / ".deps/usr/lib/postgresql"]


def programs():
    """The folder with initdb and pg_ctl, or None."""
    for root in ROOTS:
        for found in sorted(root.glob("*/bin/initdb")):
            return found.parent
    return None


class Postgres:
    """It refuses to run as root, so root starts it as `nobody`. `url` leads to its socket, `tcp_url` to its port."""

    def __init__(self):
        self.port = free_port()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dss-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.run("initdb", "-D", self.data, "-U", "dss", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self.run("createdb", "-h", self.folder, "-p", self.port, "-U", "dss", "feedback")
        self.url = f"postgresql://dss@/feedback?host={self.folder}&port={self.port}"
        self.tcp_url = f"postgresql://dss@127.0.0.1:{self.port}/feedback"

    def run(self, program, *arguments):
        drop = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"]
        command = [*(drop if os.geteuid() == 0 else []), programs() / program, *arguments]
        return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, timeout=60, cwd="/")

    def start(self):
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -c fsync=off -k {self.folder}"
        command = ["-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start"]
        drop = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--"]
        command = [*(drop if os.geteuid() == 0 else []), programs() / "pg_ctl", *command]
        # The server keeps what it inherits: no pipes.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(list(map(str, command)), check=True, timeout=60, cwd="/", **quiet)

    def stop(self, how="immediate"):
        self.run("pg_ctl", "-D", self.data, "-w", "stop", "-m", how)

    def rows(self):
        """How many entries of feedback there are."""
        where = ["-h", self.folder, "-p", self.port, "-U", "dss"]
        told = self.run("psql", *where, "-At", "-c", "SELECT count(*) FROM dss_feedback", "feedback")
        return int(told.stdout)

    def close(self):
        with contextlib.suppress(subprocess.SubprocessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
