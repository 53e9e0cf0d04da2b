"""SIGTERM: readiness goes at once, requests are answered to the end, status 0."""

import signal
import socket
import time

import pytest
from keep_alive import Connection, Lost, get, post
from service import Service

ANALYZE = post("/analyze", {"text": "you are a perfectly nice fool"})


@pytest.fixture
def service():
    with Service("--drain-seconds", 2, "--http-linger-ms", 500) as running:
        yield running


def ask(service, request):
    """(status, whether the server closes) on a connection of its own."""
    connection = Connection(service.port)
    status, _ = connection.ask(request)
    connection.close()
    return status, connection.closing


def test_readiness_goes_at_once_and_all_else_is_answered(service):
    kept = Connection(service.port)
    assert kept.ask(ANALYZE)[0] == 200
    assert ask(service, get("/readyz")) == (200, False)
    service.process.send_signal(signal.SIGTERM)
    service.wait_for("draining")
    assert ask(service, get("/readyz")) == (503, True)
    assert ask(service, get("/livez")) == (200, True)
    assert ask(service, ANALYZE) == (200, True)
    assert kept.ask(ANALYZE)[0] == 200
    assert kept.closing
    assert service.process.wait(10) == 0
    assert service.messages("stopped")[0]["connections_cut"] == 0


def test_a_request_that_is_still_arriving_is_answered(service):
    connection = Connection(service.port)
    head, body = ANALYZE[:-10], ANALYZE[-10:]
    connection.socket.sendall(head)
    time.sleep(0.2)
    service.process.send_signal(signal.SIGTERM)
    service.wait_for("draining")
    time.sleep(2.5)  # the address is closed by now
    connection.socket.sendall(body)
    assert connection.read_answer()[0] == 200
    assert connection.closing
    assert service.process.wait(10) == 0


def test_pipelined_requests_behind_the_first_are_not_answered_and_the_client_is_told(service):
    connection = Connection(service.port)
    service.process.send_signal(signal.SIGTERM)
    service.wait_for("draining")
    connection.socket.sendall(ANALYZE * 3)
    assert connection.read_answer()[0] == 200
    assert connection.closing
    with pytest.raises(Lost):
        connection.read_answer()


def test_idle_connections_end_with_the_addresses(service):
    idle = [Connection(service.port) for _ in range(20)]
    for connection in idle[::2]:
        assert connection.ask(get("/livez"))[0] == 200
    begin = time.monotonic()
    assert service.stop() == 0
    assert 2 <= time.monotonic() - begin < 4
    assert all(connection.socket.recv(1) == b"" for connection in idle)


def test_a_second_signal_ends_it_at_once_and_what_is_cut_is_counted():
    with Service("--drain-seconds", 60) as service:
        connection = Connection(service.port)
        connection.socket.sendall(ANALYZE[:-10])
        service.process.send_signal(signal.SIGTERM)
        service.wait_for("draining")
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(10) == 0
        assert service.messages("stopped")[0]["connections_cut"] == 1


def test_ctrl_c_does_not_wait_for_load_balancers():
    with Service("--drain-seconds", 60) as service:
        begin = time.monotonic()
        assert service.stop(signal.SIGINT) == 0
        assert time.monotonic() - begin < 3


def test_nobody_listens_afterwards(service):
    port = service.port
    assert service.stop() == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
    with Service(port=port) as again:
        assert ask(again, get("/readyz")) == (200, False)
