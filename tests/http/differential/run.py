"""Do dss, nginx and Node see the same requests in ambiguous bytes?

    run.py [--count 2000] [--seed 1] [--show N]

For each stream (s1, the ambiguous request, s2) the ids that a server answered are what it saw. Where two servers
differ, the one that saw less must have refused: an error status, or the end of the connection before s2. Otherwise a
request could be smuggled past one of them to the other. Prints the counts; fails if there is such a case between dss
and a peer.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import pathlib
import re
import socket
import sys
import tempfile

import ambiguous
import peers

QUIET_SECONDS = 0.4
ID = re.compile(rb"\r\nx-request-id: *([^\r\n]*)", re.I)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
# Statuses of requests that were read whole; everything else refuses.
SEEN = {200, 204, 301, 302, 307, 404, 405, 415, 422}


class Reading(collections.namedtuple("Reading", "seen refused statuses")):
    """What a server made of a stream: ids in order, and whether it refused to go on."""


def exchange(port, stream):
    """(all bytes received, whether the server ended the connection)."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        try:
            connection.sendall(stream)
            connection.settimeout(QUIET_SECONDS)
            while part := connection.recv(65536):
                received += part
        except TimeoutError:
            return received, False
        except OSError:
            pass
    return received, True


def read(port, stream):
    received, ended = exchange(port, stream)
    seen, statuses, refused = [], [], False
    while received.startswith(b"HTTP/1.") and b"\r\n\r\n" in received:
        head, rest = received.split(b"\r\n\r\n", 1)
        status = int(head[9:12])
        statuses.append(status)
        if status < 200:
            received = rest
            continue
        length = LENGTH.search(head)
        received = rest[int(length[1]) if length else 0 :]
        if status in SEEN:
            own = ID.search(head)
            seen.append(own[1].decode() if own else "")
        else:
            refused = True
    if received:
        seen.append("HTTP/0.9")
    return Reading(seen, refused or (ended and "s2" not in seen), statuses)


def is_safe(one, other):
    """Whether the same was seen, or the side that saw less refused."""
    for less, more in ((one, other), (other, one)):
        if less.seen == more.seen[: len(less.seen)]:
            return less.seen == more.seen or less.refused
    return False


def verdict(ours, theirs):
    if not is_safe(ours, theirs):
        return "SMUGGLING POSSIBLE"
    if ours.seen == theirs.seen:
        return "the same requests"
    if ours.refused and theirs.refused:
        return "both refuse, one of them earlier"
    return "dss refuses, the peer does not" if ours.refused else "the peer refuses, dss does not"


def compare(ports, case):
    bent, request = case
    stream = ambiguous.FIRST + request + ambiguous.LAST
    return bent, request, {name: read(port, stream) for name, port in ports.items()}


def report(results, show):
    broken = 0
    for name in peers.PEERS:
        counts, kinds = collections.Counter(), collections.Counter()
        for bent, request, readings in results:
            ours, theirs = readings["dss"], readings[name]
            what = verdict(ours, theirs)
            counts[what] += 1
            if what == "the peer refuses, dss does not":
                kinds[bent] += 1
            if what == "SMUGGLING POSSIBLE" or (show and what.startswith("the peer refuses")):
                print(f"{what}: {bent}: {request!r}\n    dss {ours}\n    {name} {theirs}")
        broken += counts["SMUGGLING POSSIBLE"]
        print(f"dss and {name}: {dict(counts.most_common())}")
        if kinds:
            print(f"    {name} refuses, dss does not, by what is bent: {dict(kinds.most_common(8))}")
    return broken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what dss takes and a peer refuses")
    arguments = parser.parse_args()
    cases = ambiguous.requests(arguments.count, arguments.seed)
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = {name: stack.enter_context(peer(folder)) for name, peer in {"dss": peers.dss, **peers.PEERS}.items()}
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            results = list(pool.map(lambda case: compare(ports, case), cases))
    whole = sum("s2" in readings["dss"].seen for _, _, readings in results)
    print(f"{len(results)} requests, seed {arguments.seed}; dss reads {whole} streams to the end, refuses the rest")
    return 1 if report(results, arguments.show) or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
