"""Requests at given moments over keep-alive connections; latencies count from the moment a request was due."""

import asyncio
import time


async def ask(reader, writer, request):
    """Whether the answer was a 200."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return head.startswith(b"HTTP/1.1 200 ")


async def run(port, requests, connections=64):
    """(latencies in seconds, requests without a 200) of `requests`, [(second, bytes)] in order."""
    due, latencies, failed = asyncio.Queue(), [], 0

    async def work():
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (one := await due.get()) is not None:
            moment, request = one
            failed += not await ask(reader, writer, request)
            latencies.append(time.perf_counter() - moment)
        writer.close()

    workers = [asyncio.create_task(work()) for _ in range(connections)]
    begin = time.perf_counter() + 0.2
    for second, request in requests:
        pause = begin + second - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        due.put_nowait((begin + second, request))
    for _ in workers:
        due.put_nowait(None)
    await asyncio.gather(*workers)
    return latencies, failed


def request_of(body):
    content = body.encode()
    head = "POST /analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
