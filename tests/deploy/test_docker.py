"""What Docker is given, checked as far as that goes without it: it agrees with the image made here, its files exist."""

import json
import re

import yaml
from conftest import BINARY, DEPLOY, ROOT, run
from test_image import files, image, manifest  # noqa: F401  (a fixture)

DOCKER = DEPLOY / "docker"


def last_stage() -> dict[str, str]:
    """{instruction: arguments} of the Dockerfile's last stage."""
    text = (DOCKER / "Dockerfile").read_text().replace("\\\n", " ")
    stage = text.rsplit("\nFROM ", 1)[1]
    return dict(line.split(" ", 1) for line in ("FROM " + stage).splitlines() if line)


def test_the_dockerfile_configures_what_the_image_configures(image):  # noqa: F811
    digest = manifest(image)["config"]["digest"].removeprefix("sha256:")
    config = json.loads((image / "blobs/sha256" / digest).read_text())["config"]
    stage = last_stage()
    assert stage["FROM"] == "scratch"
    assert stage["USER"] == config["User"] and stage["STOPSIGNAL"] == config["StopSignal"]
    assert json.loads(stage["ENTRYPOINT"]) == config["Entrypoint"] and json.loads(stage["CMD"]) == config["Cmd"]
    assert {f"{port}/tcp" for port in stage["EXPOSE"].split()} == set(config["ExposedPorts"])


def test_the_folder_for_docker_holds_the_files_of_the_image(image, tmp_path):  # noqa: F811
    run([DEPLOY / "image/build.py", "--binary", BINARY, "--rootfs", tmp_path])
    here = {str(path.relative_to(tmp_path)): path for path in tmp_path.rglob("*")}
    members = files(image)
    assert set(here) == set(members)
    assert all(here[name].stat().st_size == member.size for name, member in members.items() if member.isfile())


def test_what_compose_mounts_is_there():
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            assert (DOCKER / volume.split(":")[0]).exists(), (name, volume)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
    build = compose["services"]["dss"]["build"]
    assert ((DOCKER / build["context"]).resolve(), build["dockerfile"]) == (ROOT, "deploy/docker/Dockerfile")


def test_the_flags_of_compose_are_flags_of_the_server():
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    help_text = run([BINARY, "serve", "--help"]).stdout
    for word in compose["services"]["dss"]["command"][1:]:
        assert re.search(rf"^  {word.split('=')[0]}( |$)", help_text, re.MULTILINE), word


def test_prometheus_takes_its_configuration():
    run(["promtool", "check", "config", "--syntax-only", DOCKER / "prometheus.yml"])
