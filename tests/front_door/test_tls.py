"""TLS with real clients: Python's ssl, `openssl s_client` and curl."""

import json
import re
import socket
import ssl
import subprocess
import time

import pytest
from identity import make_identity
from service import BINARY, MODELS, clean_environment

HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
BODY = json.dumps({"text": "you are a fool"}).encode()
ANALYZE = (
    b"POST /analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
    + str(len(BODY)).encode()
    + b"\r\n\r\n"
    + BODY
)
VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


def client_context(certificate, version=None):
    context = ssl.create_default_context(cafile=certificate)
    if version:
        context.minimum_version = context.maximum_version = VERSIONS[version]
    return context


def connect(service, context, session=None):
    plain = socket.create_connection(("127.0.0.1", service.port), timeout=20)
    return context.wrap_socket(plain, server_hostname="localhost", session=session)


def read_answer(stream):
    """(status, head, body) of the next answer."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = stream.recv(65536)
        assert part, f"the connection ended: {received!r}"
        received += part
    head, body = received.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"Content-Length: (\d+)", head)[1])
    while len(body) < length:
        body += stream.recv(65536)
    return int(head[9:12]), head, body


@pytest.fixture
def service(start, identity):
    certificate, key = identity
    return start("--tls-cert", certificate, "--tls-key", key, "--http-handshake-ms", 1000)


@pytest.mark.parametrize("version", VERSIONS)
def test_python_talks_to_it(service, identity, version):
    with connect(service, client_context(identity[0], version)) as stream:
        assert stream.version() == f"TLSv{version}"
        for _ in range(3):
            stream.sendall(ANALYZE)
            status, _, body = read_answer(stream)
            assert status == 200
            assert json.loads(body)["model_used"] == "simple"


@pytest.mark.parametrize("version", VERSIONS)
def test_sessions_are_resumed_by_tickets(service, identity, version):
    context = client_context(identity[0], version)
    with connect(service, context) as first:
        assert not first.session_reused
        first.sendall(HEALTH)
        read_answer(first)  # in TLS 1.3 the ticket comes behind the handshake
        session = first.session
        assert session.has_ticket
    with connect(service, context, session) as second:
        assert second.session_reused
        second.sendall(HEALTH)
        assert read_answer(second)[0] == 200


def test_openssl_resumes_its_session_from_a_file(service, identity, tmp_path):
    def run(*options):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{service.port}", "-CAfile", identity[0], *options]
        request = b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        return subprocess.run(
            [*command, "-ign_eof"], input=request, capture_output=True, timeout=20, check=True
        ).stdout.decode()

    kept = tmp_path / "session"
    for version in ("-tls1_2", "-tls1_3"):
        first = run(version, "-sess_out", kept)
        assert "New, TLS" in first
        assert "200 OK" in first
        second = run(version, "-sess_in", kept)
        assert "Reused, TLS" in second
        assert "200 OK" in second
        assert "Verify return code: 0 (ok)" in second


def test_older_protocols_are_refused(service):
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{service.port}", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
        input=b"",
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode != 0
    assert b"alert protocol version" in done.stderr


def test_every_cipher_is_forward_secret_and_authenticated(service, identity):
    for old in ("AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA256"):
        context = client_context(identity[0], "1.2")
        context.set_ciphers(old)
        with pytest.raises(ssl.SSLError):
            connect(service, context)


def test_curl_with_an_rsa_certificate_and_a_large_answer(start, tmp_path):
    certificate, key = make_identity(tmp_path, kind="rsa")
    service = start("--tls-cert", certificate, "--tls-key", key)
    url = f"https://localhost:{service.port}"
    for _ in range(2):
        done = subprocess.run(
            ["curl", "-sS", "--cacert", certificate, f"{url}/openapi.json", f"{url}/docs", "-w", "%{http_code}\n"],
            capture_output=True,
            timeout=20,
            check=True,
        )
        assert done.stdout.count(b"200\n") == 2
        assert len(done.stdout) > 20000


def test_alpn_offers_http_1_1_only(service, identity):
    context = client_context(identity[0])
    context.set_alpn_protocols(["h2", "http/1.1"])
    with connect(service, context) as stream:
        assert stream.selected_alpn_protocol() == "http/1.1"
    context = client_context(identity[0])
    context.set_alpn_protocols(["h2"])
    with pytest.raises(ssl.SSLError, match="NO_APPLICATION_PROTOCOL|no application protocol"):
        connect(service, context)


def test_plain_http_gets_a_plain_400(service):
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as stream:
        stream.sendall(HEALTH)
        status, head, body = read_answer(stream)
        assert status == 400
        assert b"Connection: close" in head
        assert b"HTTPS" in body
        assert stream.recv(1) == b""


def test_a_hello_on_a_plain_port_gets_no_handshake(start, identity):
    service = start()
    with pytest.raises((ssl.SSLError, OSError)):
        connect(service, client_context(identity[0]))


@pytest.mark.parametrize("trickle", [False, True])
def test_the_handshake_has_an_absolute_deadline(service, trickle):
    """A byte now and then renews nothing: here the deadline is 1 s."""
    hello = bytes.fromhex("160301020001000001fc0303") + bytes(500)
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as stream:
        stream.settimeout(0.1)
        for byte in hello:
            if trickle:
                try:
                    stream.send(bytes([byte]))
                except OSError:
                    break
            try:
                if stream.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
    assert 0.9 < time.monotonic() - begin < 3


def test_bytes_of_a_record_that_come_one_by_one(service, identity):
    """TLS records cut anywhere, and many requests in one record."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = client_context(identity[0]).wrap_bio(incoming, outgoing, server_hostname="localhost")
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as stream:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def pump(act):
            while True:
                try:
                    result = act()
                except ssl.SSLWantReadError:
                    result = None
                for byte in outgoing.read():
                    stream.send(bytes([byte]))
                if result is not None:
                    return result
                incoming.write(stream.recv(65536))

        pump(lambda: tls.do_handshake() or True)
        tls.write(HEALTH * 8)
        answers = b""
        while answers.count(b"HTTP/1.1 200 OK") < 8:
            answers += pump(lambda: tls.read(65536))


def test_a_body_of_many_records_and_a_slow_reader(service, identity):
    with connect(service, client_context(identity[0])) as stream:
        body = json.dumps({"text": "a" * 4000}).encode()
        head = f"POST /analyze HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        for begin in range(0, len(head + body), 700):
            stream.sendall((head + body)[begin : begin + 700])
        assert read_answer(stream)[0] == 200
        stream.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 200)
        time.sleep(0.5)
        received = 0
        stream.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        while part := stream.recv(65536):
            received += len(part)
        assert received > 200 * 10000


def test_the_expiry_stands_in_the_metrics(service, identity):
    with connect(service, client_context(identity[0])) as stream:
        stream.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
        text = read_answer(stream)[2].decode()
    expiry = float(re.search(r"^dss_tls_certificate_expiry_timestamp_seconds (\S+)$", text, re.M)[1])
    assert expiry == pytest.approx(time.time() + 30 * 86400, abs=120)


def test_an_expired_certificate_is_warned_of(start, tmp_path):
    certificate, key = make_identity(tmp_path)
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    begin, end = [match.end() for match in re.finditer(rb"\x17\x0d", der)][:2]  # the two times
    # Nobody looks at the signature of his own certificate.
    certificate.write_text(ssl.DER_cert_to_PEM_cert(der[:end] + der[begin : begin + 13] + der[end + 13 :]))
    service = start("--tls-cert", certificate, "--tls-key", key)
    assert service.messages("the certificate has expired; clients will refuse it")


def test_a_reload_takes_the_new_certificate_and_keeps_connections(service, identity):
    old = client_context(identity[0])
    with connect(service, old) as kept:
        kept.sendall(HEALTH)
        read_answer(kept)
        make_identity(identity[0].parent)
        service.reload()
        with connect(service, client_context(identity[0])) as stream:
            stream.sendall(HEALTH)
            assert read_answer(stream)[0] == 200
        with pytest.raises(ssl.SSLError):
            connect(service, old)
        kept.sendall(HEALTH)
        assert read_answer(kept)[0] == 200


def test_a_bad_certificate_keeps_the_old_one_and_says_so(service, identity):
    good = client_context(identity[0])
    identity[0].write_text("nonsense")
    line = service.failing_reload()
    assert line["part"] == "certificate"
    assert line["cause"].startswith(f"{identity[0]}: holds no whole PEM certificate")
    with connect(service, good) as stream:
        stream.sendall(HEALTH)
        assert read_answer(stream)[0] == 200


def cut(file):
    file.write_bytes(file.read_bytes()[:-40])


def swap(file):
    file.write_bytes(make_identity(file.parent / "other")[1].read_bytes())


@pytest.mark.parametrize(
    ("which", "damage", "cause"),
    [
        (0, lambda file: file.unlink(), "No such file or directory"),
        (1, lambda file: file.unlink(), "No such file or directory"),
        (0, cut, "holds no whole PEM certificate"),
        (1, cut, "holds no whole PEM key"),
        (1, swap, "is not the key of the certificate in"),
    ],
)
def test_damaged_files_stop_the_start_with_one_line(identity, which, damage, cause):
    damage(identity[which])
    done = subprocess.run(
        [BINARY, "serve", "--port", "0", "--tls-cert", identity[0], "--tls-key", identity[1], "--models", MODELS]
        + ["--log-level", "error"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env=clean_environment(),
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"dss: {identity[which]}: ")
    assert cause in done.stderr
