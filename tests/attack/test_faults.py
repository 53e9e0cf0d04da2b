"""Faults of the machine. Where the process lives no request is lost, nothing is damaged, and one line says it."""

import asyncio
import contextlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from identity import make_identity
from keep_alive import Client, Connection, get, post, summary
from keys import new_key
from postgres import Postgres, programs
from service import BINARY, MODELS, free_port
from siege import hold, report
from steady import Door
from test_bombs import request

NO_DATABASE = "the feedback database does not answer; scoring goes on without it"
DATABASE_AGAIN = "the feedback database answers again"
FEEDBACK = post("/feedback", {"text": "a text", "label": 1})


@pytest.fixture
def wrapped(tmp_path):
    """wrapped(*command) → a program that starts dss behind that command."""

    def make(*command):
        path = tmp_path / "dss"
        path.write_text(f'#!/bin/sh\nexec {" ".join(map(str, command))} {BINARY} "$@"\n')
        path.chmod(0o755)
        return path

    return make


async def quiet(ground):
    while ground.going():
        await asyncio.sleep(0.05)


def limit(service, kind, value):
    """Changes a soft limit of the running server."""
    hard = resource.prlimit(service.pid, kind)[1]
    resource.prlimit(service.pid, kind, (value if hard < 0 else min(value, hard) if value >= 0 else hard, hard))


def metric(service, name):
    body = Connection(service.port).ask(get("/metrics"))[1].decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", body, re.M)
    return float(found[1]) if found else 0.0


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def give(service, count):
    connection = Connection(service.port)
    for _ in range(count):
        assert connection.ask(FEEDBACK)[0] == 202


def rows(database):
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT count(*) FROM dss_feedback").fetchone()[0]


# Memory


def test_too_little_memory_to_start(wrapped):
    """One line that says what is missing, status 1, no core dump. Sizes: whatever lies between nothing and enough."""
    statuses = set()
    for megabytes in (40, 60, 80, 100, 120, 140):
        program = wrapped("prlimit", f"--as={megabytes << 20}")
        command = [program, "serve", "--port", str(free_port()), "--drain-seconds", "0"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.terminate()
        said = process.communicate(timeout=20)[1]
        statuses.add(process.returncode)
        if process.returncode:
            last = said.strip().splitlines()[-1]
            assert process.returncode == 1, (megabytes, said)
            assert re.search("memory|threads|Cannot allocate|failed to map", last), (megabytes, said)
    assert 1 in statuses


def test_memory_limit_while_serving(start):
    """Bodies that http.body-memory-bytes has no room for: 503, within 192 MB. Without any room: one line, status 1."""
    service = start("--http-body-memory-bytes", 16 << 20)
    used = int(re.search(r"VmData:\s+(\d+)", pathlib.Path(f"/proc/{service.pid}/status").read_text())[1]) << 10
    limit(service, resource.RLIMIT_DATA, used + (192 << 20))
    body = b'{"a":"' + b"a" * 2_400_000 + b'"}'
    message = request("/v1alpha1/comments:analyze", body)

    async def attack(ground):
        await ground.crowd(40, lambda _: ground.ask(message))

    counts = hold("memory limit", Door(service.port), attack)
    assert set(counts) <= {400, 503}
    assert counts[503] > 10
    assert service.process.poll() is None
    limit(service, resource.RLIMIT_DATA, 1 << 20)
    held = []
    with contextlib.suppress(OSError):
        for _ in range(600):
            held.append(Connection(service.port))
            held[-1].socket.sendall(b"POST /analyze HT")
    assert service.process.wait(20) == 1
    assert service.log_path.read_text().splitlines()[-1].startswith("dss: the system gives no more memory; ")


@pytest.fixture
def memory_group(tmp_path):
    """(program, group): dss started in a control group of 256 MB, of either version; the group's folder."""
    limit_bytes = 256 << 20
    mounts = pathlib.Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    kinds = [(fields[1], fields[2], fields[3]) for fields in (line.split() for line in mounts)]
    first = [path for path, kind, options in kinds if kind == "cgroup" and "memory" in options.split(",")]
    controllers = [pathlib.Path(path, "cgroup.subtree_control") for path, kind, _ in kinds if kind == "cgroup2"]
    second = [path.parent for path in controllers if path.exists() and "memory" in path.read_text().split()]
    roots = [(pathlib.Path(path), "memory.limit_in_bytes") for path in first] + [
        (path, "memory.max") for path in second
    ]
    if not roots:
        pytest.skip("no control group for memory is mounted here")
    root, limit_name = roots[0]
    group = root / f"dss-attack-{os.getpid()}"
    try:
        group.mkdir()
        (group / limit_name).write_text(str(limit_bytes))
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error.strerror}")
    program = tmp_path / "dss-in-group"
    program.write_text(f'#!/bin/sh\necho $$ > {group}/cgroup.procs && exec {BINARY} "$@"\n')
    program.chmod(0o755)
    yield program
    end = time.monotonic() + 10
    while group.exists() and time.monotonic() < end:
        with contextlib.suppress(OSError):  # processes that have just ended are still counted
            group.rmdir()
        time.sleep(0.05)


def fill(port, seconds=20):
    """300 clients send 2.4 MB each and keep the last byte back; how many bodies were taken before the end."""
    head = b"POST /v1alpha1/comments:analyze HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    held, taken = [], 0
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError):
        for _ in range(300):
            connection = Connection(port)
            held.append(connection)
            connection.socket.settimeout(2)
            connection.socket.sendall(head + b"Content-Length: 2400000\r\n\r\n" + b"a" * 2_399_999)
            taken += 1
            if time.monotonic() > end:
                break
    for connection in held:
        connection.socket.close()
    return taken


def test_the_limit_of_a_container(start, memory_group, tmp_path):
    """A control group's limit: bodies within http.body-memory-bytes do not reach it. Told to hold more than the group
    has, the server is killed by the kernel: as by SIGKILL it starts again at once, and what was kept is kept."""
    database, port = tmp_path / "feedback.db", free_port()
    store = ["--feedback-store", f"sqlite:{database}"]
    service = start(*store, "--http-body-memory-bytes", 64 << 20, port=port, binary=memory_group)
    fill(port)
    assert Connection(port).ask(get("/livez"))[0] == 200
    assert service.stop() == 0

    service = start(*store, "--http-body-memory-bytes", 4 << 30, port=port, binary=memory_group)
    give(service, 500)
    wait_until(lambda: metric(service, 'dss_feedback_total{result="kept"}') == 500)
    taken = fill(port)
    assert service.process.wait(20) == -signal.SIGKILL
    begin = time.monotonic()
    service = start(*store, port=port, binary=memory_group)
    seconds = time.monotonic() - begin
    assert rows(database) == 500
    assert Connection(port).ask(post("/analyze", {"text": "you fool"}))[0] == 200
    assert seconds < 10
    assert service.stop() == 0
    report("limit of a container", bodies_before_the_end=taken, seconds_to_start=round(seconds, 2))


# Disks


def test_a_log_that_may_not_grow(start, wrapped):
    """The log's file is full after 16 KB: lines are dropped and counted, nothing else happens."""
    service = start("--log-access-sample", 1, "--drain-seconds", 0, binary=wrapped("prlimit", f"--fsize={16 << 10}"))
    hold("full log", Door(service.port), quiet)
    assert service.log_path.stat().st_size <= 16 << 10
    assert metric(service, "dss_log_lines_dropped_total") > 1000
    assert service.stop() == 0


DISK_NAME = "dss-attack-disk"


def unmount_disks(owner):
    """Unmounts the small disks of the test process `owner`; of processes that are gone if it is None."""
    for line in pathlib.Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        device, folder = line.split()[:2]
        name, _, process = device.rpartition("-")
        if name == DISK_NAME and (process == owner if owner else not pathlib.Path("/proc", process).exists()):
            subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB in memory. A run that was killed leaves its own mounted, which the next one unmounts."""
    owner = str(os.getpid())
    unmount_disks(None)
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", f"{DISK_NAME}-{owner}", disk]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    yield disk
    unmount_disks(owner)


def test_a_disk_that_a_killed_run_left_is_unmounted(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", f"{DISK_NAME}-{gone.pid}", tmp_path]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    assert tmp_path.is_mount()
    unmount_disks(None)
    assert not tmp_path.is_mount()


def test_a_full_disk_under_the_database(small_disk, start):
    """Feedback waits in memory while its disk is full, one line says so, and all is there once there is room."""
    disk = small_disk
    database = disk / "feedback.db"
    service = start("--feedback-store", f"sqlite:{database}", "--drain-seconds", 0)
    give(service, 20)
    wait_until(lambda: metric(service, 'dss_feedback_total{result="kept"}') == 20)
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"a" * 4096)
        except OSError:
            pass
    give(service, 2000)
    service.wait_for(NO_DATABASE)
    hold("full disk", Door(service.port), quiet)
    (disk / "filler").unlink()
    service.wait_for(DATABASE_AGAIN, seconds=60)
    wait_until(lambda: metric(service, 'dss_feedback_total{result="kept"}') == 2020)
    assert service.stop() == 0
    assert len(service.messages(NO_DATABASE)) == 1
    assert rows(database) == 2020


def test_a_database_that_may_not_grow(start, wrapped, tmp_path):
    """The same with a limit of the file's size, which anybody can set: the process lives, the file is whole."""
    database = tmp_path / "feedback.db"
    log = tmp_path / "log"
    store = ["--feedback-store", f"sqlite:{database}", "--log-access-sample", 0, "--drain-seconds", 0]
    service = start(*store, binary=wrapped("prlimit", f"--fsize={256 << 10}:"))
    give(service, 3000)
    service.wait_for(NO_DATABASE)
    assert service.process.poll() is None
    kept = metric(service, 'dss_feedback_total{result="kept"}')
    limit(service, resource.RLIMIT_FSIZE, resource.RLIM_INFINITY)
    service.wait_for(DATABASE_AGAIN, seconds=60)
    wait_until(lambda: metric(service, 'dss_feedback_total{result="kept"}') == 3000)
    assert service.stop() == 0
    assert rows(database) == 3000
    assert not log.exists()
    report("database that may not grow", kept_before=kept, kept_after=3000)


# Databases


@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
def test_postgresql_goes_and_comes_back(start, tmp_path):
    """It stops as by a crash: what was accepted is written when it is back, and keys stay in force."""
    postgres = Postgres()
    try:
        secret = tmp_path / "key"
        secret.write_text("ab" * 32)
        key = new_key(postgres.url, "admin")
        service = start(
            *("--feedback-store", postgres.url, "--feedback-key-file", secret, "--drain-seconds", 0),
            *("--auth", "keys", "--auth-store", postgres.url, "--auth-refresh-seconds", 1),
        )
        door = Door(service.port, headers=f"X-API-Key: {key}\r\n")
        message = FEEDBACK.replace(b"Host: a\r\n", f"Host: a\r\nX-API-Key: {key}\r\n".encode())
        connection = Connection(service.port)

        def send(count):
            assert all(connection.ask(message)[0] == 202 for _ in range(count))

        send(50)
        wait_until(lambda: postgres.rows() == 50)
        postgres.stop()
        send(500)
        service.wait_for(NO_DATABASE)
        service.wait_for("the API keys could not be read; those read before stay in force")
        hold("PostgreSQL is gone", door, quiet)
        postgres.start()
        service.wait_for(DATABASE_AGAIN, seconds=60)
        wait_until(lambda: postgres.rows() == 550, 60)
        assert service.stop() == 0
        assert len(service.messages(NO_DATABASE)) == 1
    finally:
        postgres.close()


# Clocks


FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


@pytest.mark.skipif(not pathlib.Path(FAKETIME).exists(), reason="faketime is not installed")
def test_the_clock_jumps(start, wrapped, tmp_path):
    """The wall clock jumps by hours and years, forwards and backwards: keys follow it, deadlines and quotas do not."""
    now = tmp_path / "now"
    now.write_text("+0\n")
    store = f"sqlite:{tmp_path / 'keys.db'}"
    key, short = new_key(store, "admin"), new_key(store, "score", "--expires", "2h")
    environment = [f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={now}", "FAKETIME_NO_CACHE=1"]
    program = wrapped("env", *environment, "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1")
    service = start(
        "--auth", "keys", "--auth-store", store, "--log-access-sample", 1, "--drain-seconds", 0, binary=program
    )

    def status():
        message = post("/analyze", {"text": "hello"}).replace(b"Host: a", f"Host: a\r\nX-API-Key: {short}".encode(), 1)
        return Connection(service.port).ask(message)[0]

    def jump(offset):
        new = tmp_path / "new"
        new.write_text(f"{offset}\n")
        new.rename(now)

    async def attack(ground):
        for offset in ("+3h", "-3h", "+30d", "-30d", "+20y", "-20y", "+0", "+1s", "-1s") * 50:
            if not ground.going():
                break
            jump(offset)
            ground.counts["jumps"] += 1
            await asyncio.sleep(0.1)
        await quiet(ground)

    assert status() == 200
    jump("+3h")
    assert status() == 401
    jump("-3h")
    assert status() == 200
    counts = hold("clock jumps", Door(service.port, headers=f"X-API-Key: {key}\r\n"), attack)
    assert counts["jumps"] > 10
    jump("+0")
    assert status() == 200
    assert service.stop() == 0
    times = [line["time"][:4] for line in service.log()]
    assert len(set(times)) > 1, "the clock did not jump"


# Descriptors


def test_no_more_descriptors(start):
    """Idle clients take all descriptors: who comes then is turned away, who is there is served, one line says it."""
    service = start("--workers", 2)
    door = Door(service.port)
    taken = len(list(pathlib.Path(f"/proc/{service.pid}/fd").iterdir()))

    async def attack(ground):
        await asyncio.sleep(0.2)
        limit(service, resource.RLIMIT_NOFILE, taken + 40)
        held = []
        while ground.going():
            try:
                reader, writer = await ground.connect()
            except OSError:
                ground.counts["refused"] += 1
                continue
            held.append(writer)
            await asyncio.sleep(0.02)
            ground.counts["turned away" if reader.at_eof() else "held"] += 1
        for writer in held:
            writer.close()
        limit(service, resource.RLIMIT_NOFILE, 1024)

    counts = hold("no more descriptors", door, attack, least_seconds=4)
    assert counts["turned away"] > 10
    assert Connection(service.port).ask(get("/livez"))[0] == 200
    assert [line for line in service.log() if line["message"].startswith("out of file descriptors")]


# Ends


def test_killed_under_load(start, tmp_path):
    """SIGKILL, five times, under load, with a database. It starts again on its port at once; what was kept is kept."""
    database, port, kept, starts = tmp_path / "feedback.db", free_port(), 0, []
    store = ["--feedback-store", f"sqlite:{database}"]
    service = start(*store, port=port)
    clients = [Client(port, ["hello you"], lambda _, status, __: None if status == 200 else status) for _ in range(4)]
    ending = threading.Event()

    def feed():
        while not ending.is_set():
            try:
                connection = Connection(port)
                while not ending.is_set():
                    connection.ask(FEEDBACK)
            except Exception:  # the server was killed: that is the test
                time.sleep(0.01)

    feeder = threading.Thread(target=feed)
    for client in [*clients, feeder]:
        client.start()
    try:
        for _ in range(5):
            time.sleep(0.7)
            kept += int(metric(service, 'dss_feedback_total{result="kept"}'))
            service.stop(signal.SIGKILL)
            found = rows(database)
            assert found >= kept
            kept = found
            begin = time.monotonic()
            service = start(*store, port=port)
            starts.append(round(time.monotonic() - begin, 2))
    finally:
        ending.set()
        for client in clients:
            client.ending.set()
        for client in [*clients, feeder]:
            client.join()
    assert service.stop() == 0
    told = summary(clients)
    assert told["wrong answers"] == 0
    assert told["lost"] <= 5 * 3 * len(clients), "more than what was in flight or in the backlog"
    assert rows(database) >= kept > 100
    report(
        "SIGKILL under load", kills=5, seconds_to_start=starts, in_flight_lost=told["lost"], answered=told["answered"]
    )


def test_an_expired_certificate(start, tmp_path):
    """It is said in one line and served on: clients refuse it, and a renewed one comes in by SIGHUP."""
    certificate, key = make_identity(tmp_path / "valid")
    old = tmp_path / "old.pem"
    make = ["openssl", "req", "-x509", "-key", key, "-subj", "/CN=old", "-days", "1", "-out", old]
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    subprocess.run(["faketime", "2020-01-01 00:00:00", *make], check=True, capture_output=True)
    used = tmp_path / "used.pem"
    shutil.copy(old, used)
    service = start("--tls-cert", used, "--tls-key", key)
    assert len(service.messages("the certificate has expired; clients will refuse it")) == 1
    hold("expired certificate", Door(service.port, tls=True), quiet)
    told = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{service.port}", "-verify_return_error", "-CAfile", old],
        input="",
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert "certificate has expired" in told.stderr
    shutil.copy(certificate, tmp_path / "new.pem")
    (tmp_path / "new.pem").rename(used)
    service.reload()
    assert len(service.messages("the certificate has expired; clients will refuse it")) == 1


# Models


def scores(service):
    answers = []
    for model in ("simple", "bert"):
        for text in ("you are a perfect idiot", "have a nice day", "rarely seen words: quixotic zephyr"):
            answers.append(
                json.loads(Connection(service.port).ask(post("/analyze", {"text": text, "model": model}))[1])
            )
    return [(answer["model_used"], answer["categories"]) for answer in answers]


@pytest.fixture
def models(tmp_path):
    return shutil.copytree(MODELS, tmp_path / "models")


def test_model_files_cut_overwritten_and_gone(start, models):
    """Under a running server: its answers stay. A reload says which file is wrong and changes nothing."""
    service = start("--models", models)
    before = scores(service)
    files = [models / name / "model.safetensors" for name in ("simple", "bert")]
    whole = {file: file.read_bytes() for file in files}

    async def attack(ground):
        turn = 0
        while ground.going():
            for file in files:
                with file.open("r+b") as out:
                    out.truncate((0, len(whole[file]) // 2)[turn % 2])
                    out.write(os.urandom(100_000))
            os.kill(service.pid, signal.SIGHUP)
            ground.counts["times"] += 1
            turn += 1
            await asyncio.sleep(0.1)

    counts = hold("model files cut and overwritten", Door(service.port), attack)
    assert counts["times"] > 5
    assert scores(service) == before
    line = service.failing_reload()
    assert "model.safetensors" in line["cause"]
    for file in files:
        file.unlink()
    assert "model.safetensors" in service.failing_reload()["cause"]
    assert scores(service) == before
    for file in files:
        file.write_bytes(whole[file])
    service.reload()
    assert scores(service) == before


def test_hangup_storm(start, identity, tmp_path):
    """SIGHUP a thousand times a second: certificate, keys, models and policies are read again, nobody notices."""
    certificate, key = identity
    store = f"sqlite:{tmp_path / 'keys.db'}"
    secret = new_key(store, "score")
    (tmp_path / "games.toml").write_text('id = "games"\nversion = "1"\n')
    (tmp_path / "lists").mkdir()
    service = start(
        *("--tls-cert", certificate, "--tls-key", key, "--auth", "keys", "--auth-store", store),
        *("--policies-directory", tmp_path, "--lists-directory", tmp_path / "lists"),
    )

    async def attack(ground):
        while ground.going():
            os.kill(service.pid, signal.SIGHUP)
            ground.counts["signals"] += 1
            await asyncio.sleep(0.001)

    door = Door(service.port, tls=True, headers=f"X-API-Key: {secret}\r\n")
    counts = hold("SIGHUP storm", door, attack)
    assert counts["signals"] > 500
    service.wait_for("reloaded", 3)
    assert len(service.messages("reloaded")) <= counts["signals"]
    assert service.stop(seconds=120) == 0
