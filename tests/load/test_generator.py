"""Our generator against a server that answers slowly, refuses, hangs up or says nothing."""

import asyncio
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load import generator, vegeta
from load.answers import NO_ANSWER, NOT_SENT

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CLOSING = b"HTTP/1.1 200 OK\r\nConnection: close\r\ncontent-length: 2\r\n\r\nok"
REFUSAL = b"HTTP/1.1 503 Service Unavailable\r\nRETRY-AFTER: 1\r\nContent-Length: 0\r\n\r\n"
SILENT_REFUSAL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"


class Server:
    """Answers as each body says: "good", "slow", "refused", "silent", "close", "hang up" or "never"."""

    def __init__(self):
        self.connections, self.seen, self.under_way, self.pipelined = 0, [], 0, False
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader, writer):
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                word = (await reader.readexactly(length)).decode()
                self.pipelined |= bool(reader._buffer)
                self.seen.append(word)
                if not await self._answer(word, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def _answer(self, word, writer) -> bool:
        if word == "never":
            await asyncio.sleep(3)
        if word == "hang up":
            return False
        if word == "slow":
            await asyncio.sleep(0.3)
        answer = {"refused": REFUSAL, "silent": SILENT_REFUSAL, "close": CLOSING}.get(word, GOOD)
        for piece in (answer[:20], answer[20:]):
            writer.write(piece)
            await writer.drain()
        return word != "close"


@pytest.fixture(scope="module", autouse=True)
def program():
    generator.build()


@pytest.fixture
def server():
    return Server()


def send(server, words, segments, **options):
    return generator.ours(server.port, words, segments, generator.cores()[1], **options)


def test_each_request_of_each_part_is_sent_once_and_in_order(server):
    run = send(server, ["good", "close"], [(100.0, 0.5), (300.0, 0.5)])
    assert [len(part) for part in run.parts] == [50, 150]
    assert len(server.seen) == 200 and server.seen.count("close") == 100
    assert run.whole.good.all()
    assert not server.pipelined


def test_latency_counts_from_the_time_that_was_due(server):
    """One connection and answers of 0.3 s: the fourth request waits for three others."""
    run = send(server, ["slow"], [(100.0, 0.04)], connections=1)
    assert run.whole.latency == pytest.approx([0.3, 0.59, 0.88, 1.17], abs=0.15)
    assert list(run.whole.stalled) == [False, True, True, True]
    assert run.whole.late[3] > 0.8
    assert server.connections == 1


def test_all_that_fell_due_while_connections_waited_count_as_waiting(server):
    run = send(server, ["slow"], [(100.0, 0.06)], connections=2)
    assert list(run.whole.stalled) == [False, False, True, True, True, True]


def test_slow_answers_do_not_delay_the_next_requests(server):
    run = send(server, ["slow"], [(100.0, 1.0)])
    assert np.quantile(run.whole.late, 0.9) < 0.1
    assert run.whole.latency.min() >= 0.3
    assert server.connections > 10


def test_statuses_and_retry_after_are_told(server):
    run = send(server, ["good", "refused", "silent", "hang up"], [(100.0, 0.2)])
    whole = run.whole
    assert list(whole.status) == [200, 503, 503, NO_ANSWER] * 5
    assert list(whole.retry_after) == [False, True, False, False] * 5


def test_an_answer_that_never_comes_is_given_up(server):
    run = send(server, ["never", "good"], [(20.0, 0.2)], timeout=0.5)
    assert list(run.whole.status) == [NO_ANSWER, 200, NO_ANSWER, 200]
    assert run.whole.latency[0] == pytest.approx(0.5, abs=0.3)


def test_what_is_too_late_is_never_sent(server):
    run = send(server, ["slow"], [(100.0, 0.1)], connections=1, timeout=0.5)
    assert NOT_SENT in run.whole.status
    assert len(server.seen) == (run.whole.status != NOT_SENT).sum()
    assert run.whole.stalled[run.whole.status == NOT_SENT].all(), "the connections were the reason, not the program"


def test_a_server_that_is_not_there_answers_nothing():
    run = generator.ours(1, ["good"], [(50.0, 0.1)], generator.cores()[1])
    assert list(run.whole.status) == [NO_ANSWER] * 5


def test_vegetas_rows_are_held_against_the_schedule():
    rows = [(1000.0, 0.001, 200), (1000.1, 0.001, 200), (1000.5, 0.002, 503)]
    part = vegeta.answers_of(rows, 10.0, 4, 7.0)
    assert part.due == pytest.approx([7.0, 7.1, 7.2, 7.3])
    assert part.late == pytest.approx([0, 0, 0.3, 0], abs=1e-9)
    assert part.latency[2] == pytest.approx(0.302)
    assert list(part.status) == [200, 200, 503, NOT_SENT]
