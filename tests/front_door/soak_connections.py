"""What idle connections cost, and how many one machine holds."""

import contextlib
import functools
import pathlib
import resource
import ssl
import tempfile
import time

from identity import make_identity
from keep_alive import Connection, get
from service import Service

IDLE = 1_000
MOST_BYTES = 3_000_000
MANY = 10_000
PER_ADDRESS = 1_000  # below the limit of one address, 1,024
REQUEST = get("/livez")
PARKED = 1.5  # seconds after which idle connections have given their buffers back


def raise_descriptor_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def close_all(connections):
    for connection in connections:
        connection.close()


def warm_up(port):
    """What a server takes once, whoever connects."""
    connection = Connection(port)
    for _ in range(1000):
        connection.ask(REQUEST)
    connection.close()
    time.sleep(PARKED)


def idle_cost(service, prepare, warm_up):
    """Resident bytes that 1,000 connections add, each after `prepare(connection)`; `warm_up()` comes before."""
    warm_up()
    before = service.resident_bytes()
    connections = [Connection(service.port) for _ in range(IDLE)]
    for connection in connections:
        prepare(connection)
    time.sleep(PARKED)
    added = service.resident_bytes() - before
    for connection in connections[::100]:
        assert connection.ask(REQUEST)[0] == 200
    close_all(connections)
    return {"connections": IDLE, "resident before MB": round(before / 1e6, 2), "added MB": round(added / 1e6, 2)}


def tls_of(certificate):
    context = ssl.create_default_context(cafile=certificate)

    def prepare(connection):
        connection.socket = context.wrap_socket(connection.socket, server_hostname="localhost")
        connection.ask(REQUEST)

    return prepare


def hold_many(service, count):
    begin = time.monotonic()
    connections = []
    for i in range(count):
        connections.append(Connection(service.port, f"127.0.0.{2 + i // PER_ADDRESS}"))
    answered = sum(connection.ask(REQUEST)[0] == 200 for connection in connections)
    time.sleep(PARKED)
    resident = service.resident_bytes()
    again = 0
    for connection in connections:
        with contextlib.suppress(Exception):
            again += connection.ask(REQUEST)[0] == 200
    seconds = round(time.monotonic() - begin, 1)
    close_all(connections)
    return {"connections": len(connections), "answered": answered, "answered again": again} | {
        "resident MB": round(resident / 1e6, 1),
        "seconds": seconds,
    }


def run(count):
    """Yields (what, figures, whether it holds)."""
    raise_descriptor_limit()
    for what, prepare in (
        ("connections that never ask", lambda _: None),
        ("connections that asked once", lambda connection: connection.ask(REQUEST)),
    ):
        with Service("--log-access-sample", 0) as service:
            figures = idle_cost(service, prepare, functools.partial(warm_up, service.port))
            yield what, figures, figures["added MB"] * 1e6 < MOST_BYTES
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = make_identity(pathlib.Path(folder))
        with Service("--log-access-sample", 0, "--tls-cert", certificate, "--tls-key", key) as service:
            # TLS keeps its keys for each connection: no limit is promised, the figure is reported.
            prepare = tls_of(certificate)
            figures = idle_cost(service, prepare, lambda: prepare(Connection(service.port)))
            yield "TLS connections that asked once", figures, True
    with Service("--log-access-sample", 0) as service:
        figures = hold_many(service, count)
        yield "many connections", figures, figures["answered"] == figures["answered again"] == count
