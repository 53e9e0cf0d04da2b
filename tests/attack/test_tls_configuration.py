"""What TLS the server speaks: testssl.sh's findings, and openssl clients that ask for what must be refused."""

import json
import shutil
import subprocess

import pytest
from siege import report

WRONG = ("LOW", "MEDIUM", "HIGH", "CRITICAL", "FATAL", "WARN")
# Of a certificate made for the test, and of a port that is not a web site's: not the server's configuration.
NOT_OURS = (
    "cert",
    "HSTS",
    "HPKP",
    "service",
    "scanProblem",
    "engine_problem",
    "DNS_CAA",
    "OCSP",
    "overall_grade",
    "id",
)


@pytest.fixture
def service(start, identity):
    certificate, key = identity
    return start("--tls-cert", certificate, "--tls-key", key)


def client(service, *arguments, data=""):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{service.port}", *arguments]
    return subprocess.run(command, input=data, capture_output=True, text=True, timeout=20)


@pytest.mark.skipif(shutil.which("testssl") is None, reason="testssl.sh is not installed")
def test_testssl_finds_nothing(service, tmp_path):
    """Protocols, ciphers, forward secrecy, server defaults and all vulnerabilities that it knows."""
    found = tmp_path / "found.json"
    command = ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "min", "--jsonfile", found, "-p"]
    command += ["-s", "-f", "-P", "-U", f"127.0.0.1:{service.port}"]
    subprocess.run(command, capture_output=True, timeout=280, cwd=tmp_path)
    findings = json.loads(found.read_text())
    assert len(findings) > 40
    severities = {severity: sum(one["severity"] == severity for one in findings) for severity in ("OK", "INFO", *WRONG)}
    report("testssl.sh", findings=len(findings), **severities)
    assert [one for one in findings if one["severity"] in WRONG and not one["id"].startswith(NOT_OURS)] == []


@pytest.mark.parametrize("version", ["-ssl3", "-tls1", "-tls1_1"])
def test_old_versions_are_refused(service, version):
    told = client(service, version, "-cipher", "ALL:@SECLEVEL=0")
    assert "Cipher is (NONE)" in told.stdout or told.returncode != 0
    assert "BEGIN CERTIFICATE" not in told.stdout


@pytest.mark.parametrize(
    "cipher",
    ["aNULL", "eNULL", "RC4", "3DES", "DES", "MD5", "EXPORT", "kRSA", "AES128-SHA", "ECDHE+SHA1", "ECDHE+AESCBC"],
)
def test_weak_ciphers_are_refused(service, cipher):
    told = client(service, "-tls1_2", "-cipher", f"{cipher}:@SECLEVEL=0")
    assert "Cipher is (NONE)" in told.stdout or "no cipher match" in told.stderr, told.stdout


@pytest.mark.parametrize("version", [["-tls1_2", "-cipher"], ["-tls1_3", "-ciphersuites"]])
def test_the_server_chooses_the_cipher(service, version):
    """Whatever the client's order; only who prefers ChaCha20, for want of AES instructions, gets it."""
    prefix = {"-tls1_2": "ECDHE-ECDSA-AES{}-GCM-SHA{}", "-tls1_3": "TLS_AES_{}_GCM_SHA{}"}[version[0]]
    names = [prefix.format(128, 256), prefix.format(256, 384)]
    chosen = set()
    for order in (names, names[::-1]):
        told = client(service, *version, ":".join(order))
        chosen.add(next(line for line in told.stdout.splitlines() if ", Cipher is " in line))
    assert len(chosen) == 1
    assert "(NONE)" not in chosen.pop()


def test_neither_renegotiation_nor_compression(service):
    told = client(service, "-tls1_2", "-comp", data="R\n")
    assert "Compression: NONE" in told.stdout
    assert "RENEGOTIATING" in told.stderr + told.stdout
    assert "no renegotiation" in told.stderr or "handshake failure" in told.stderr or "unexpected" in told.stderr
