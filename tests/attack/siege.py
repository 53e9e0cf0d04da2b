"""The promise under attack: no legitimate request is lost, and P99.9 stays within 50 ms of what it was just before."""

import asyncio
import collections
import contextlib
import json
import multiprocessing
import os
import queue
import socket
import struct
import time

from soak_slow_clients import Standstills
from steady import BASELINE_REQUESTS, REQUESTS, Steady, percentile

MOST_ADDED_MS = 50
ATTEMPTS = 3
ATTACKER = "127.0.0.66"  # the quota of connections is an address's: legitimate clients come from another one
REPORTED = []  # (name, figures) of this run, in their order


class Ground:
    """What an attack is given: where to attack, until when, and where to count what came of it."""

    def __init__(self, port, stop):
        self.port, self.stop = port, stop
        self.counts = collections.Counter()

    def going(self):
        return not self.stop.is_set()

    async def connect(self, source=ATTACKER, receive_buffer=None):
        """(reader, writer) from that address."""
        door = socket.socket()
        if receive_buffer:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        door.setblocking(False)
        door.bind((source, 0))
        try:
            await asyncio.get_running_loop().sock_connect(door, ("127.0.0.1", self.port))
        except OSError:
            door.close()
            raise
        return await asyncio.open_connection(sock=door, limit=1 << 20)

    async def ask(self, request, source=ATTACKER):
        """Sends it on a connection of its own; (status, everything that was answered); 0: closed without a word."""
        reader, writer = await self.connect(source)
        try:
            with contextlib.suppress(OSError):
                writer.write(request)
                await writer.drain()
            answer = b""
            with contextlib.suppress(OSError):
                answer = await asyncio.wait_for(reader.read(-1), 20)
            status = int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0
            self.counts[status] += 1
            return status, answer
        finally:
            writer.close()

    async def crowd(self, size, one):
        """`size` times one(number), each again and again, until the end."""

        async def again(number):
            while self.going():
                try:
                    await one(number)
                except OSError:
                    self.counts["refused"] += 1
                    await asyncio.sleep(0.05)

        await asyncio.gather(*(again(number) for number in range(size)))


def reset(writer):
    """Ends a connection by a reset."""
    door = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        door.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()


def attack_process(attack, port, stop, results):
    os.setpriority(os.PRIO_PROCESS, 0, 10)
    ground = Ground(port, stop)
    try:
        asyncio.run(attack(ground))
        results.put(ground.counts)
    except Exception as error:  # the test wants to see whatever it was
        results.put(repr(error))


def besiege(door, attack, least_seconds):
    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    attacker = multiprocessing.Process(target=attack_process, args=(attack, door.port, stop, results))
    attacker.start()
    begin = time.monotonic()
    time.sleep(0.3)
    measured = Steady(door, REQUESTS).result()
    time.sleep(max(0.0, begin + least_seconds - time.monotonic()))
    stop.set()
    try:
        counts = results.get(timeout=60)
    except queue.Empty:
        counts = "the attack did not end"
    attacker.join(5)
    attacker.kill()
    return measured, counts


def hold(name, door, attack, least_seconds=0.0):
    """Runs the attack beside the legitimate clients, asserts the promise, and returns what the attack counted.

    A loss fails at once. The time may be measured anew twice, with a baseline of its own each time: other programs
    of this machine delay requests as well. Where the machine itself stood still, nothing was measured.
    """
    total, standstills = collections.Counter(), Standstills()
    standstills.start()
    for _ in range(ATTEMPTS):
        stood = standstills.seconds
        before, lost_before = Steady(door, BASELINE_REQUESTS).result()
        (during, lost), counts = besiege(door, attack, least_seconds)
        if standstills.seconds > stood:
            report(name, standstill_seconds=round(standstills.seconds - stood, 1))
            continue
        assert not isinstance(counts, str), counts
        total += counts
        baseline, attacked = percentile(before, 0.999), percentile(during, 0.999)
        report(
            name,
            requests=len(during),
            lost=len(lost),
            baseline_ms=round(baseline, 2),
            attacked_ms=round(attacked, 2),
            p50_ms=round(percentile(during, 0.5), 2),
            attack={str(key): value for key, value in sorted(counts.items(), key=str)},
        )
        assert not lost_before + lost, f"{name}: lost {(lost_before + lost)[:5]}"
        if attacked <= baseline + MOST_ADDED_MS:
            return total
    raise AssertionError(f"{name}: not within {MOST_ADDED_MS} ms of the baseline in {ATTEMPTS} attempts")


def report(name, **figures):
    line = json.dumps({"attack" if "requests" in figures else "fault": name, "figures": figures})
    print(line, flush=True)
    REPORTED.append((name, figures))
