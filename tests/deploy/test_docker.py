"""What Docker is given, checked as far as that goes without it: it agrees with the image made here, its files exist."""

import json
import pathlib
import re
import shutil
import subprocess

import requests
import yaml
from alerts import all_groups
from conftest import BINARY, DEPLOY, ROOT, free_port, run, wait_until
from rules import Alert
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


def test_the_folder_for_docker_holds_the_files_of_the_image(image, sbom, tmp_path):  # noqa: F811
    run([DEPLOY / "image/build.py", "--binary", BINARY, "--sbom", sbom, "--rootfs", tmp_path])
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


def mounted(service: str, folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """{place in the container: its file in `folder`}, as compose mounts them."""
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    places = {}
    for volume in compose["services"][service]["volumes"]:
        source, place, _mode = volume.split(":")
        places[place] = folder / place.removeprefix("/")
        places[place].parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DOCKER / source, places[place])
    return places


def test_monitoring_is_a_profile_with_the_rules_of_the_tree():
    services = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    optional = {name for name, service in services.items() if service.get("profiles") == ["monitoring"]}
    assert optional == {"prometheus", "alertmanager", "grafana"} == set(services) - {"dss"}
    assert "profiles" not in services["dss"]
    assert any(one.startswith("../monitoring/prometheus/rules.yaml:") for one in services["prometheus"]["volumes"])
    for name, service in services.items():
        assert set(service.get("depends_on", [])) <= set(services), name


def test_prometheus_takes_its_configuration_with_the_rules(tmp_path):
    config = mounted("prometheus", tmp_path)["/etc/prometheus/prometheus.yml"]
    token = tmp_path / "token"
    token.write_text("0123456789abcdef0123456789abcdef")
    config.write_text(config.read_text().replace("/run/secrets/metrics-token", str(token)))
    checked = run(["promtool", "check", "config", config])
    assert re.search(r"[1-9][0-9]+ rules found", checked.stdout + checked.stderr)


def test_prometheus_finds_the_services_by_their_names():
    services = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    config = yaml.safe_load((DOCKER / "prometheus.yml").read_text())
    named = [config["scrape_configs"][0], *config["alerting"]["alertmanagers"]]
    targets = [target for one in named for entry in one["static_configs"] for target in entry["targets"]]
    assert {target.split(":")[0] for target in targets} == {"dss", "alertmanager"} <= set(services)


def test_alertmanager_starts_with_its_configuration(tmp_path):
    config = mounted("alertmanager", tmp_path)["/etc/alertmanager/alertmanager.yml"]
    address = f"127.0.0.1:{free_port()}"
    flags = [f"--config.file={config}", f"--storage.path={tmp_path}/data", "--cluster.listen-address="]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            ["alertmanager", *flags, f"--web.listen-address={address}"],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_until(lambda: requests.get(f"http://{address}/-/ready", timeout=5).ok, 20, "Alertmanager's start")
        receivers = requests.get(f"http://{address}/api/v2/receivers", timeout=5).json()
        assert {one["name"] for one in receivers} == {"pages", "tickets"}
    finally:
        process.terminate()
        process.wait(15)


def test_alertmanager_knows_the_alerts_that_it_holds_back():
    config = yaml.safe_load((DOCKER / "alertmanager.yml").read_text())
    alerts = {rule.alert for group in all_groups() for rule in group.rules if isinstance(rule, Alert)}
    for rule in config["inhibit_rules"]:
        for matcher in rule["source_matchers"] + rule["target_matchers"]:
            pattern = re.fullmatch(r'alertname=~?"(.*)"', matcher)[1]
            assert any(re.fullmatch(pattern, alert) for alert in alerts), matcher
