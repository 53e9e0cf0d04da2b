"""Requests that two HTTP implementations may take differently, made from a seed.

Each is a request with the id `a`, bent in one to three places, whose body (if the reader sees one) holds another
request with the id `x`. Before it goes a plain request `s1`, behind it `s2`, which closes.
"""

import random

FIRST = b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: s1\r\n\r\n"
LAST = b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: s2\r\nConnection: close\r\n\r\n"
HIDDEN = b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: x\r\n\r\n"

TRANSFER_ENCODINGS = [
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: Chunked",
    b"transfer-encoding:chunked",
    b"Transfer-Encoding:  chunked ",
    b"Transfer-Encoding:\tchunked",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: identity, chunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunkedx",
    b"Transfer-Encoding: chunked\x0b",
    b"Transfer-Encoding: \x0bchunked",
    b'Transfer-Encoding: "chunked"',
    b"Transfer-Encoding: chunked;q=1",
    b"Transfer-Encoding: ,chunked",
    b"Transfer-Encoding: chunked,",
    b"Transfer-Encoding:",
    b"Transfer-Encoding : chunked",
    b"Transfer_Encoding: chunked",
    b" Transfer-Encoding: chunked",
    b"Transfer-Encoding:\r\n chunked",
    b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    b"X: y\nTransfer-Encoding: chunked",
    b"X: y\rTransfer-Encoding: chunked",
]
LENGTHS = [
    b"Content-Length: %d",
    b"content-length:%d",
    b"Content-Length: 0%d",
    b"Content-Length: +%d",
    b"Content-Length: -%d",
    b"Content-Length: 0x%x",
    b"Content-Length: %d ",
    b"Content-Length:\t%d",
    b"Content-Length: %d,%d",
    b"Content-Length: %d, 0",
    b"Content-Length: %d.0",
    b"Content-Length: %d\x0b",
    b"Content-Length: \xc2\xa0%d",
    b"Content-Length: 1 %d",
    b"Content-Length : %d",
    b"Content_Length: %d",
    b" Content-Length: %d",
    b"Content-Length:\r\n %d",
    b"Content-Length: %d\r\nContent-Length: %d",
    b"Content-Length: %d\r\nContent-Length: 0",
    b"Content-Length: 0\r\nContent-Length: %d",
    b"Content-Length: 18446744073709551616%d",
    b"Content-Length: ",
    b"X: y\nContent-Length: %d",
    b"X: y\rContent-Length: %d",
    b'Content-Length: "%d"',
]
CHUNK_SIZES = [
    b"%x\r\n",
    b"%X\r\n",
    b"000%x\r\n",
    b"0x%x\r\n",
    b"+%x\r\n",
    b" %x\r\n",
    b"%x \r\n",
    b"%x\t\r\n",
    b"%x;a=b\r\n",
    b"%x ; a\r\n",
    b'%x;a="\r\n"\r\n',
    b"%x;\n\r\n",
    b"%x\n",
    b"%x\r",
    b"%x\r\r\n",
    b"%xg\r\n",
    b"%x,\r\n",
    b"1000000000000000%x\r\n",
    b"%x\x00\r\n",
]
LAST_CHUNKS = [
    b"0\r\n\r\n",
    b"00000\r\n\r\n",
    b"0;a=b\r\n\r\n",
    b"0 \r\n\r\n",
    b"0\n\n",
    b"0\r\n\n",
    b"0\n\r\n",
    b"0\r\nX: y\r\n\r\n",
    b"0\r\nContent-Length: 50\r\n\r\n",
    b"0\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"0\r\n X: y\r\n\r\n",
    b"0\r\nnonsense\r\n\r\n",
    b"0\r\n",
    b"0\r\r\n\r\n",
    b"-0\r\n\r\n",
]
CHUNK_ENDS = [b"\r\n", b"\r\n", b"\r\n", b"\r\n", b"\n", b"", b"\r", b"\r\n\r\n", b"xx"]
REQUEST_LINES = [
    b"%(m)s /livez HTTP/1.1\r\n",
    b"%(m)s  /livez HTTP/1.1\r\n",
    b"%(m)s\t/livez HTTP/1.1\r\n",
    b"%(m)s /livez HTTP/1.1 \r\n",
    b"%(m)s /livez  HTTP/1.1\r\n",
    b" %(m)s /livez HTTP/1.1\r\n",
    b"\r\n%(m)s /livez HTTP/1.1\r\n",
    b"\r\n\r\n\r\n%(m)s /livez HTTP/1.1\r\n",
    b"\n%(m)s /livez HTTP/1.1\r\n",
    b"%(m)s /livez HTTP/1.1\n",
    b"%(m)s /livez HTTP/1.1\r",
    b"%(m)s /livez HTTP/1.0\r\n",
    b"%(m)s /livez HTTP/1.2\r\n",
    b"%(m)s /livez HTTP/2.0\r\n",
    b"%(m)s /livez HTTP/1.01\r\n",
    b"%(m)s /livez http/1.1\r\n",
    b"%(m)s /livez\r\n",
    b"%(m)s /livez?a#b HTTP/1.1\r\n",
    b"%(m)s /li\x00vez HTTP/1.1\r\n",
    b"%(m)s /li vez HTTP/1.1\r\n",
    b"%(m)s /\xc3\xa9 HTTP/1.1\r\n",
    b"%(m)s \\livez HTTP/1.1\r\n",
    b"%(m)s livez HTTP/1.1\r\n",
    b"%(m)s http://b/livez HTTP/1.1\r\n",
    b"%(m)s http:///livez HTTP/1.1\r\n",
    b"%(m)s ?a HTTP/1.1\r\n",
    b"%(m)s * HTTP/1.1\r\n",
    b"%(m)s a:80 HTTP/1.1\r\n",
]
METHODS = [b"POST", b"GET", b"PUT", b"DELETE", b"OPTIONS", b"get", b"FOO", b"PO ST", b"TRACE", b"CONNECT", b"M-SEARCH"]
HOSTS = [
    b"Host: a",
    b"",
    b"Host:",
    b"Host: a\r\nHost: b",
    b"Host: a\r\nHost: a",
    b"Host: a, b",
    b"Host: a/b",
    b"Host: u@a",
    b"Host : a",
    b" Host: a",
    b"Host: a b",
    b"Host\x00: a",
]
OTHER_FIELDS = [
    b"X: a\r\n b",
    b"X: a\x00b",
    b": a",
    b"X",
    b"X a: b",
    b"X\x0b: b",
    b"X:\x7fb",
    b"X: a\nY: b",
    b"X: a\rY: b",
    b"Expect: 100-continue",
    b"Expect: 200-ok",
    b"Expect: 100-continue, 100-continue",
    b"Connection: close",
    b"Connection: keep-alive",
    b"Connection: close, keep-alive",
    b"Connection: Content-Length",
    b"Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    b"Connection: upgrade\r\nUpgrade: websocket",
    b"Content-Encoding: chunked",
    b"TE: chunked",
]
HEAD_ENDS = [b"\r\n\r\n", b"\n\n", b"\r\n\n", b"\n\r\n", b"\r\r\n\r\n", b"\r\n \r\n\r\n"]
BENT = [
    "method",
    "line",
    "host",
    "te",
    "length",
    "te and length",
    "size",
    "last chunk",
    "chunk end",
    "field",
    "head end",
]


def lengths(choice, size):
    return choice % ((size,) * choice.count(b"%"))


def chunked(chance, bent, body):
    size = chance.choice(CHUNK_SIZES) if "size" in bent else b"%x\r\n"
    end = chance.choice(CHUNK_ENDS) if "chunk end" in bent else b"\r\n"
    last = chance.choice(LAST_CHUNKS) if "last chunk" in bent else b"0\r\n\r\n"
    return size % len(body) + body + end + last


def framing(chance, bent, body):
    """(fields, bytes of the body)."""
    te_bent = bool({"te", "te and length"} & bent)
    uses_chunks = te_bent or bool({"size", "last chunk", "chunk end"} & bent)
    te = chance.choice(TRANSFER_ENCODINGS) if te_bent else b"Transfer-Encoding: chunked"
    if "length" in bent or "te and length" in bent:
        payload = chunked(chance, bent, body) if uses_chunks else body
        length = lengths(chance.choice(LENGTHS), chance.choice([len(payload), len(payload), 0, 4]))
        if not uses_chunks:
            return [length], payload
        return chance.sample([te, length], 2), payload
    if uses_chunks:
        return [te], chunked(chance, bent, body)
    return chance.choice([([], b""), ([b"Content-Length: %d" % len(body)], body)])


def request(chance):
    """(what is bent, bytes)."""
    bent = set(chance.sample(BENT, chance.choice([1, 1, 2, 2, 3])))
    method = chance.choice(METHODS) if "method" in bent else chance.choice([b"POST", b"POST", b"GET"])
    line = chance.choice(REQUEST_LINES) if "line" in bent else REQUEST_LINES[0]
    fields = [chance.choice(HOSTS) if "host" in bent else b"Host: a", b"X-Request-Id: a"]
    more, body = framing(chance, bent, chance.choice([HIDDEN, HIDDEN, b"hello", b"0\r\n\r\n" + HIDDEN]))
    fields += more
    if "field" in bent:
        fields.append(chance.choice(OTHER_FIELDS))
    if chance.random() < 0.3:
        chance.shuffle(fields)
    end = chance.choice(HEAD_ENDS) if "head end" in bent else b"\r\n\r\n"
    return "+".join(sorted(bent)), line % {b"m": method} + b"\r\n".join(filter(None, fields)) + end + body


def requests(count, seed):
    chance = random.Random(seed)
    return [request(chance) for _ in range(count)]
