"""/openapi.json, /docs and the files vendored for it."""

import gzip
import hashlib
import pathlib
import re

import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENDORED = ROOT / "web" / "swagger-ui" / "third_party"


def raw(server, path, accept_encoding):
    """(headers, body as sent) without decompression."""
    request = requests.Request("GET", server.url + path, headers={"Accept-Encoding": accept_encoding}).prepare()
    answer = server.session.send(request, stream=True, timeout=10)
    assert answer.status_code == 200
    return answer.headers, answer.raw.read(decode_content=False)


def test_the_vendored_files_are_what_the_list_says():
    for line in (VENDORED / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest, name


def test_the_document_is_the_one_in_the_repository(server):
    answer = server.get("/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == (ROOT / "openapi" / "openapi.json").read_bytes()


def test_the_page_and_its_files_come_from_this_server_only(server):
    page = server.get("/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 5
    for link in links:
        assert not link.startswith(("http", "/", "data:"))
        assert server.get("/" + link).status_code == 200


def test_big_files_come_compressed_or_plain_as_the_client_likes(server):
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        original = (VENDORED / name).read_bytes()
        headers, plain = raw(server, f"/docs/{name}", "identity")
        assert "Content-Encoding" not in headers and plain == original
        headers, packed = raw(server, f"/docs/{name}", "gzip")
        assert headers["Content-Encoding"] == "gzip" and gzip.decompress(packed) == original
        assert headers["Vary"] == "Accept-Encoding"
