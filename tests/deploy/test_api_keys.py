"""The component that makes the pods ask for API keys: valid on every overlay, and its flags do it on a real server."""

import os
import subprocess

import pytest
import requests
import yaml
from conftest import BINARY, DEPLOY, OVERLAYS, ROOT, clean_environment, find, free_port, ready, render, run, wait_until
from validate import validate


@pytest.fixture(params=OVERLAYS)
def documents(request, tmp_path):
    folders = {name: os.path.relpath(DEPLOY / "k8s" / name, tmp_path.resolve()) for name in ("overlays", "components")}
    kustomization = {
        "resources": [f"{folders['overlays']}/{request.param}"],
        "components": [f"{folders['components']}/api-keys"],
    }
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return render(str(tmp_path))


def pod(documents) -> dict:
    return find(documents, "Deployment")["spec"]["template"]["spec"]


def test_keys_come_from_a_secret_by_reference(documents):
    for document in documents:
        validate(document)
    assert not [document for document in documents if document["kind"] == "Secret"]
    container = pod(documents)["containers"][0]
    (volume,) = [one for one in pod(documents)["volumes"] if one["name"] == "keys"]
    (mount,) = [one for one in container["volumeMounts"] if one["name"] == "keys"]
    assert volume["secret"]["secretName"] == "dss-keys"
    assert f"--auth-store=file:{mount['mountPath']}/keys.txt" in container["args"]
    assert "--auth=keys" in container["args"] and "--allow-unauthenticated" not in container["args"]


@pytest.mark.parametrize("documents", ["gke"], indirect=True)
def test_a_server_with_these_flags_asks_for_a_key(documents, tmp_path):
    store = tmp_path / "keys.txt"
    key = run([BINARY, "keys", "create", "--store", f"file:{store}", "--role", "score", "--name", "a"]).stdout.strip()
    token = tmp_path / "token"
    token.write_text("0123456789abcdef0123456789abcdef")
    port, admin = free_port(), free_port()
    # All addresses, as in the pod, would listen beyond this machine.
    here = {
        "0.0.0.0:8000": f"127.0.0.1:{port}",
        "0.0.0.0:9464": f"127.0.0.1:{admin}",
        "/run/secrets/keys/keys.txt": str(store),
        "/run/secrets/metrics/token": str(token),
    }
    arguments = pod(documents)["containers"][0]["args"]
    for there, place in here.items():
        assert any(there in word for word in arguments), there
        arguments = [word.replace(there, place) for word in arguments]
    command = [BINARY, *arguments, "--models", ROOT / "models"]
    process = subprocess.Popen(command, env=clean_environment(), stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: ready(admin), 30, "the server's start")
        url, body = f"http://127.0.0.1:{port}/analyze", {"text": "you are a fool"}
        assert requests.post(url, json=body, timeout=10).status_code == 401
        bearer = {"Authorization": f"Bearer {key}"}
        assert requests.post(url, json=body, headers=bearer, timeout=10).status_code == 200
        metrics = f"http://127.0.0.1:{admin}/metrics"
        assert requests.get(metrics, timeout=10).status_code == 401
        scraper = {"Authorization": f"Bearer {token.read_text()}"}
        assert requests.get(metrics, headers=scraper, timeout=10).status_code == 200
    finally:
        process.terminate()
        process.wait(15)
