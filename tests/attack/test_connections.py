"""Attacks by connections: slow ones, silent ones, many. Deadlines are shortened so that a run sees many pass."""

import asyncio
import contextlib
import ssl

from siege import ATTACKER, hold, reset
from steady import Door

DEADLINES = [
    f"--http-{name}-ms={ms}" for name, ms in (("header", 1000), ("body", 1000), ("write", 1000), ("sweep", 100))
]
MOST_MEGABYTES_MORE = 64


# A client of a busy machine learns late of its end: what it waits for is patience, not the deadline.
PATIENCE_SECONDS = 30


async def ends(reader):
    """The status of what came before the server ended the connection; 0 without an answer; None: it did not end."""
    try:
        answer = await asyncio.wait_for(reader.read(-1), PATIENCE_SECONDS)
    except TimeoutError:
        return None
    except OSError:
        return 0
    return int(answer[9:12]) if answer else 0


async def dribble(ground, head, rest):
    """Sends `head`, then a byte of `rest` each 100 ms, for six seconds or more, until the server ends it.

    Counted as late, too, if all of `rest` was sent: a deadline that bytes renew would let that pass.
    """
    reader, writer = await ground.connect()
    ending = asyncio.ensure_future(ends(reader))
    with contextlib.suppress(OSError):
        writer.write(head)
        for byte in rest:
            if ending.done() or not ground.going():
                break
            writer.write(bytes([byte]))
            await asyncio.sleep(0.1)
        else:
            ground.counts["late"] += 1
    if ground.going():
        ground.counts[await ending] += 1
    ending.cancel()
    writer.close()


def assert_ended(counts, status, least):
    """All ended, by that status or (where a reset overtook it) without one; hardly any late, even on a busy machine."""
    ended = counts[status] + counts[0]
    assert set(counts) <= {status, 0, "late", "refused"}, counts
    assert counts[status] >= least, counts
    assert counts["late"] <= ended / 10, counts


def test_slowloris(start):
    """300 clients send a header byte by byte. Each is ended with 408 at its header deadline."""

    async def attack(ground):
        await ground.crowd(300, lambda _: dribble(ground, b"POST /analyze HTTP/1.1\r\nHost: a\r\n", b"X: " + b"a" * 60))

    counts = hold("slowloris", Door(start(*DEADLINES).port), attack, least_seconds=6)
    assert_ended(counts, 408, 150)


def test_dribbled_body(start):
    """300 clients announce 60 KB and send a byte at a time. Each is ended with 408 at its body deadline."""
    head = b"POST /analyze HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"

    async def attack(ground):
        await ground.crowd(300, lambda _: dribble(ground, head, b'{"text": "' + b"a" * 60))

    counts = hold("dribbled body", Door(start(*DEADLINES).port), attack, least_seconds=6)
    assert_ended(counts, 408, 150)


def test_slow_read(start):
    """100 clients ask for pages and read nothing. The server stops reading them, ends them, and keeps its memory."""
    service = start(*DEADLINES, "--allow-unauthenticated")
    page = b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 200

    async def unread(ground):
        reader, writer = await ground.connect(receive_buffer=4096)
        reader._transport.pause_reading()
        with contextlib.suppress(OSError):
            writer.write(page)
        for _ in range(25):
            await asyncio.sleep(0.1)
            if not ground.going():
                break
        else:
            reader._transport.resume_reading()
            ground.counts["ended" if await ends(reader) is not None else "not ended"] += 1
        reset(writer)

    before = service.resident_bytes()
    counts = hold("slow read", Door(service.port), lambda ground: ground.crowd(100, lambda _: unread(ground)), 8)
    assert counts["ended"] >= 25
    assert not counts["not ended"]
    assert service.resident_bytes() - before < MOST_MEGABYTES_MORE << 20


HELLO = bytes.fromhex("1603010200010001fc0303") + b"\x00" * 80


def test_dribbled_tls_handshake(start, identity):
    """200 clients send the first bytes of a TLS hello. Each is ended at the handshake's deadline."""
    certificate, key = identity
    service = start("--tls-cert", certificate, "--tls-key", key, "--http-handshake-ms", 1000, "--http-sweep-ms", 100)

    async def attack(ground):
        await ground.crowd(200, lambda _: dribble(ground, b"", HELLO))

    counts = hold("dribbled TLS handshake", Door(service.port, tls=True), attack, least_seconds=6)
    assert_ended(counts, 0, 100)


def test_connection_flood(start):
    """Eight addresses open and reset connections as fast as they can; half of them leave half a request."""
    service = start()

    async def come_and_go(ground, number):
        _, writer = await ground.connect(f"127.0.1.{number % 8 + 1}")
        if number % 2:
            writer.write(b"POST /analyze HT")
            await writer.drain()
        ground.counts["opened"] += 1
        reset(writer)
        await asyncio.sleep(0)

    counts = hold("connection flood", Door(service.port), lambda g: g.crowd(64, lambda n: come_and_go(g, n)))
    assert counts["opened"] > 2000


def test_connections_held_by_one_address(start):
    """One address tries to hold 2,000 connections: what is above its 1,024 is closed at once, others get in."""
    # They send nothing: no deadline may end them while they are counted.
    service = start("--http-header-ms", "600000")

    async def attack(ground):
        held = []
        with contextlib.suppress(OSError):
            for _ in range(2000):
                held.append(await ground.connect(ATTACKER))
        while ground.going():
            await asyncio.sleep(0.1)
        for reader, writer in held:
            with contextlib.suppress(OSError):
                reader._transport.resume_reading()
            ground.counts["closed" if reader.at_eof() else "open"] += 1
            writer.close()

    counts = hold("connections held by one address", Door(service.port), attack)
    assert counts["open"] % 1024 == 0
    assert counts["closed"] == counts["open"] // 1024 * 976


def test_tls_handshake_flood(start, identity):
    """Whole TLS handshakes without a request, as many as the attacker can: what costs most for a few bytes."""

    certificate, key = identity
    service = start("--tls-cert", certificate, "--tls-key", key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    async def shake(ground):
        _, writer = await asyncio.open_connection("127.0.0.1", ground.port, ssl=context, local_addr=(ATTACKER, 0))
        ground.counts["handshakes"] += 1
        reset(writer)

    counts = hold("TLS handshake flood", Door(service.port, tls=True), lambda g: g.crowd(16, lambda _: shake(g)))
    assert counts["handshakes"] > 200
