"""API keys and tokens for servers under attack."""

import base64
import json
import subprocess
import time

from service import BINARY, clean_environment


def dss(*arguments):
    command = [BINARY, *map(str, arguments)]
    return subprocess.run(
        command, env=clean_environment(), capture_output=True, text=True, timeout=60, check=True
    ).stdout


def new_key(store, role, *more):
    return dss("keys", "create", "--store", store, "--role", role, "--name", f"test {role}", *more).strip()


def encoded(data):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Issuer:
    """An identity provider with a key made by the openssl program."""

    def __init__(self, folder, kid="one"):
        self.kid, self.key = kid, folder / f"{kid}.pem"
        self.openssl("genrsa", "-out", self.key, "2048")
        self.public = self.openssl("rsa", "-in", self.key, "-pubout")
        self.certificate = self.openssl("req", "-x509", "-new", "-key", self.key, "-subj", "/CN=evil", "-days", "9")
        modulus = self.openssl("rsa", "-in", self.key, "-noout", "-modulus").decode().split("=")[1]
        self.jwk = {"kty": "RSA", "kid": kid, "alg": "RS256", "n": encoded(bytes.fromhex(modulus.strip())), "e": "AQAB"}

    @staticmethod
    def openssl(*arguments, data=b""):
        command = ["openssl", *map(str, arguments)]
        return subprocess.run(command, input=data, capture_output=True, timeout=60, check=True).stdout

    def sign(self, data):
        return self.openssl("dgst", "-sha256", "-sign", self.key, data=data)

    def token(self, head=None, sign=None, raw_head=None, **claims):
        body = {"sub": "a", "iss": "https://id.example", "aud": "dss", "exp": time.time() + 3600, "roles": ["admin"]}
        body = {name: value for name, value in (body | claims).items() if value is not None}
        whole_head = raw_head or {"alg": "RS256", "typ": "JWT", "kid": self.kid} | (head or {})
        signed = f"{encoded(whole_head)}.{encoded(body)}"
        return f"{signed}.{encoded((sign or self.sign)(signed.encode()))}"
