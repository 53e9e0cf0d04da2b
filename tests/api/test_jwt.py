"""Tokens of an identity provider over real sockets: who gets in, and the known ways to cheat."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import time

import pytest
import requests
from test_roles import keys, soon


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider:
    """An identity provider with one RSA key, made and used by the openssl command."""

    def __init__(self, folder, kid):
        self.kid = kid
        self.key = folder / f"{kid}.pem"
        self.openssl("genrsa", "-out", self.key, "2048")
        self.public = self.openssl("rsa", "-in", self.key, "-pubout")
        self.modulus = bytes.fromhex(self.openssl("rsa", "-in", self.key, "-noout", "-modulus").decode().split("=")[1])

    @staticmethod
    def openssl(*arguments, data=b""):
        command = ["openssl", *map(str, arguments)]
        return subprocess.run(command, input=data, capture_output=True, timeout=60, check=True).stdout

    def jwk(self):
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "n": base64url(self.modulus), "e": "AQAB"}

    def sign(self, data):
        return self.openssl("dgst", "-sha256", "-sign", self.key, data=data)

    def token(self, header=None, signature=None, **claims):
        head = {"alg": "RS256", "kid": self.kid, "typ": "JWT"} | (header or {})
        body = {"iss": "https://id.example", "aud": "dss", "sub": "forum", "exp": time.time() + 300, "roles": ["score"]}
        body = {name: value for name, value in (body | claims).items() if value is not None}
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (head, body))
        made = self.sign(signed.encode()) if signature is None else signature(signed.encode())
        return f"{signed}.{base64url(made)}"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    return Provider(tmp_path_factory.mktemp("provider"), "one")


@pytest.fixture(scope="module")
def jwks(provider, tmp_path_factory):
    path = tmp_path_factory.mktemp("jwks") / "jwks.json"
    path.write_text(json.dumps({"keys": [provider.jwk()]}))
    return path


FLAGS = ["--auth", "jwt", "--jwt-issuer", "https://id.example", "--jwt-audience", "dss", "--jwt-alg", "RS256"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return f"file:{tmp_path_factory.mktemp('keys') / 'keys'}"


@pytest.fixture(scope="module")
def key(store):
    return keys("create", "--store", store, "--role", "metrics", "--name", "prometheus").strip()


@pytest.fixture(scope="module")
def guarded(start, jwks, store, key):
    return start(*FLAGS, "--jwt-jwks", str(jwks), "--auth-store", store)


def ask(server, token, path="/analyze"):
    method = "POST" if path == "/analyze" else "GET"
    body = {"text": "hello you"} if method == "POST" else None
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, server.url + path, json=body, headers=headers, timeout=10).status_code


def test_a_token_has_the_roles_of_its_claim(guarded, provider):
    token = provider.token()
    assert [ask(guarded, token) for _ in range(3)] == [200] * 3
    assert ask(guarded, token, "/metrics") == 403
    assert ask(guarded, provider.token(roles="openid metrics"), "/metrics") == 200
    assert ask(guarded, provider.token(roles=["admin"]), "/stats") == 200
    assert ask(guarded, provider.token(roles=None)) == 403


def test_keys_are_taken_beside_tokens(guarded, key):
    assert ask(guarded, key, "/metrics") == 200
    assert ask(guarded, key) == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": time.time() - 61},
        {"exp": None},
        {"exp": "never"},
        {"nbf": time.time() + 3600},
        {"iss": "https://id.example/"},
        {"aud": "other"},
        {"aud": None},
        {"sub": None},
    ],
    ids=str,
)
def test_claims_are_checked(guarded, provider, claims):
    assert ask(guarded, provider.token(**claims)) == 401


def test_the_algorithm_is_ours_to_choose(guarded, provider):
    modulus, public = provider.modulus, provider.public
    for name in ("none", "None", "HS256", "RS512", "ES256"):
        for secret in (public, public.strip(), modulus, b""):
            token = provider.token({"alg": name}, lambda data, s=secret: hmac.digest(s, data, hashlib.sha256))
            assert ask(guarded, token) == 401, name
        assert ask(guarded, provider.token({"alg": name}, lambda _: b"")) == 401
    token = provider.token(signature=lambda data: hmac.digest(public, data, hashlib.sha256))
    assert ask(guarded, token) == 401


def test_the_key_is_ours_to_choose(guarded, provider, tmp_path):
    attacker = Provider(tmp_path, "one")
    assert ask(guarded, attacker.token()) == 401
    assert ask(guarded, attacker.token({"jwk": attacker.jwk()})) == 401
    assert ask(guarded, attacker.token({"jku": "http://127.0.0.1:1/jwks", "x5u": "http://127.0.0.1:1/x"})) == 401
    for kid in ("two", "../../../../dev/null", "one' OR '1'='1", "", None, 1, ["one"]):
        assert ask(guarded, attacker.token({"kid": kid})) == 401, kid
        assert ask(guarded, provider.token({"kid": kid})) == 401, kid


def test_a_reload_exchanges_the_keys(start, provider, tmp_path):
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [provider.jwk()]}))
    server = start(*FLAGS, "--jwt-jwks", str(path))
    old, fresh = provider, Provider(tmp_path, "two")
    assert ask(server, old.token()) == 200
    path.write_text(json.dumps({"keys": [old.jwk(), fresh.jwk()]}))
    os.kill(server.process.pid, signal.SIGHUP)
    assert soon(lambda: ask(server, fresh.token()) == 200)
    remembered = old.token()
    assert ask(server, remembered) == 200
    path.write_text(json.dumps({"keys": [fresh.jwk()]}))
    os.kill(server.process.pid, signal.SIGHUP)
    assert soon(lambda: ask(server, remembered) == 401)
    path.write_text("{}")
    os.kill(server.process.pid, signal.SIGHUP)
    assert ask(server, fresh.token()) == 200
