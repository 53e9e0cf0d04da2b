"""Self-signed certificates for 127.0.0.1, made by the openssl program."""

import subprocess


def make_identity(folder, name="server", kind="ec"):
    """(certificate file, key file) of a new key."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    key_options = {
        "ec": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        "rsa": ["-newkey", "rsa:2048"],
    }[kind]
    subprocess.run(
        ["openssl", "req", "-x509", *key_options, "-nodes", "-keyout", key, "-out", certificate, "-days", "30"]
        + ["-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )
    return certificate, key
