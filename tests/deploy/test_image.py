"""The image: made twice the same, small, complete, and run by a real container runtime."""

import json
import os
import pathlib
import re
import shutil
import tarfile

import pytest
import requests
from conftest import BINARY, DEPLOY, free_port, ready, run, wait_until
from container import container, unpack

LARGEST = 60_000_000


def build(folder, sbom):
    run([DEPLOY / "image/build.py", "--binary", BINARY, "--sbom", sbom, "--output", folder])
    return folder


def blob(image, digest):
    return image / "blobs/sha256" / digest.removeprefix("sha256:")


def manifest(image):
    index = json.loads((image / "index.json").read_text())
    return json.loads(blob(image, index["manifests"][0]["digest"]).read_text())


def files(image):
    """{name: member} of all layers."""
    members = {}
    for layer in manifest(image)["layers"]:
        with tarfile.open(blob(image, layer["digest"])) as archive:
            members |= {member.name: member for member in archive}
    return members


def content(image, sought):
    """The bytes of a file in the layers."""
    for layer in manifest(image)["layers"]:
        with tarfile.open(blob(image, layer["digest"])) as archive:
            if sought in archive.getnames():
                return archive.extractfile(sought).read()
    raise AssertionError(f"no {sought}")


@pytest.fixture(scope="module")
def image(tmp_path_factory, sbom):
    return build(tmp_path_factory.mktemp("image") / "layout", sbom)


@pytest.fixture(scope="module")
def bundle(image, tmp_path_factory):
    if os.geteuid() != 0 or not shutil.which("runc") or not shutil.which("umoci"):
        pytest.skip("needs root, runc and umoci")
    return unpack(image, tmp_path_factory.mktemp("bundle"))


def test_is_the_same_every_time(image, sbom, tmp_path):
    again = build(tmp_path / "again", sbom)
    assert (image / "index.json").read_bytes() == (again / "index.json").read_bytes()
    assert sorted(path.name for path in image.rglob("*")) == sorted(path.name for path in again.rglob("*"))


def test_is_small(image):
    assert sum(layer["size"] for layer in manifest(image)["layers"]) < LARGEST


def test_runs_as_a_user_without_rights(image):
    config = json.loads(blob(image, manifest(image)["config"]["digest"]).read_text())["config"]
    assert config["User"] == "10001:10001" and config["Entrypoint"] == ["/usr/bin/dss"]


def test_every_library_in_it_is_in_its_list_of_parts(image, sbom):
    (listed,) = [name for name in files(image) if name.endswith("sbom.cdx.json")]
    assert listed == "usr/share/doc/dss/sbom.cdx.json"
    held = content(image, listed)
    assert held == sbom.read_bytes()
    packages = {one["name"] for one in json.loads(held)["components"] if one["bom-ref"].startswith("deb:")}
    libraries = {pathlib.PurePath(name).name for name in files(image) if ".so" in name}
    for stem in ("libssl", "libcrypto", "libsqlite3", "libre2", "libsimdjson", "libfmt", "libz", "libstdc++", "libc"):
        assert [name for name in libraries if re.match(rf"{re.escape(stem)}[-.]", name)], stem
    for package in ("libssl3", "libsqlite3-0", "zlib1g", "libstdc++6", "libc6"):
        assert package in packages


def test_holds_no_shell_and_nothing_that_others_may_write(image):
    members = files(image)
    assert "usr/bin/dss" in members and "usr/share/dss/models/bert/model.safetensors" in members
    assert not [name for name in members if name.endswith(("/sh", "/bash", "/busybox"))]
    writable = [name for name, member in members.items() if member.mode & 0o002]
    assert writable == ["tmp"]
    assert {(member.uid, member.gid, member.mtime) for member in members.values()} == {(0, 0, 0)}


def test_another_folder_is_not_replaced(sbom, tmp_path):
    (tmp_path / "precious").write_text("x")
    with pytest.raises(AssertionError, match="left alone"):
        build(tmp_path, sbom)
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize("model", ["simple", "bert"])
def test_scores_in_a_container(bundle, model):
    with container(bundle, "score", "--model", model, "you are a fool") as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert any(character.isdigit() for character in output), output


def test_serves_in_a_container_and_ends_on_sigterm(bundle):
    port = free_port()
    with container(bundle, "serve", "--port", str(port), "--drain-seconds", "0") as process:
        wait_until(lambda: ready(port), 30, "the container's start")
        answer = requests.post(
            f"http://127.0.0.1:{port}/analyze", json={"text": "you fool", "model": "bert"}, timeout=10
        )
        assert answer.status_code == 200 and answer.json()["model_used"] == "bert"
        process.signal_container("TERM")
        assert process.wait(20) == 0, process.stderr.read()
