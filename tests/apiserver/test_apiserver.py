"""Every overlay and the chart, applied server-side to a real API server: it takes them, keeps every field, and a second
time changes nothing."""

import copy
import json
import pathlib
import subprocess
import sys

import pytest
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from control_plane import ROOT, ControlPlane
from definitions import all_definitions

sys.path.insert(0, str(ROOT / "tests/deploy"))
from conftest import DEPLOY, OVERLAYS, find, render
from test_helm import CHART, NAMESPACE, helm
from test_helm import of as chart_of

NAMESPACE_OBJECT = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    plane = ControlPlane(tmp_path_factory.mktemp("control-plane"))
    try:
        definitions = all_definitions()
        plane.apply(yaml.safe_dump_all(definitions))
        names = [f"crd/{item['metadata']['name']}" for item in definitions]
        plane.kubectl("wait", "--for=condition=Established", "--timeout=60s", *names)
        plane.apply(yaml.safe_dump(NAMESPACE_OBJECT))
        yield plane
    finally:
        plane.stop()


def source(name: str) -> list[dict]:
    form, _, overlay = name.partition("/")
    return render(f"overlays/{overlay}") if form == "overlay" else chart_of(overlay)


ALL = [f"{form}/{name}" for form in ("overlay", "chart") for name in OVERLAYS]


def missing(wanted, stored, path=""):
    """Where `stored` lacks something of `wanted` or has it otherwise."""
    if isinstance(wanted, dict) and isinstance(stored, dict):
        return [fault for key in wanted for fault in missing(wanted[key], stored.get(key), f"{path}.{key}")]
    if isinstance(wanted, list) and isinstance(stored, list) and len(wanted) == len(stored):
        pairs = enumerate(zip(wanted, stored, strict=True))
        return [fault for index, (one, other) in pairs for fault in missing(one, other, f"{path}[{index}]")]
    return [] if wanted == stored else [f"{path}: {wanted!r} became {stored!r}"]


@pytest.mark.parametrize("name", ALL)
def test_is_taken_whole_and_a_second_time_changes_nothing(cluster, name):
    documents = source(name)
    text = yaml.safe_dump_all(documents)
    try:
        assert cluster.apply(text).count("serverside-applied") == len(documents)
        first = [cluster.get(document) for document in documents]
        for document, stored in zip(documents, first, strict=True):
            assert missing(document, stored) == [], document["kind"]
        cluster.apply(text)
        second = [cluster.get(document) for document in documents]
        for before, after in zip(first, second, strict=True):
            assert before["metadata"]["resourceVersion"] == after["metadata"]["resourceVersion"], before["kind"]
    finally:
        rest = [document for document in documents if document["kind"] != "Namespace"]
        cluster.try_kubectl("delete", "--ignore-not-found", "-f", "-", text=yaml.safe_dump_all(rest))


@pytest.mark.parametrize(
    ("overlay", "kind", "path", "value", "cause"),
    [
        ("gke", "Deployment", ("spec", "template", "spec", "containers", 0, "readinesProbe"), {}, "readinesProbe"),
        ("gke", "Deployment", ("spec", "selector", "matchLabels"), {"app": "other"}, "selector"),
        ("gke", "HorizontalPodAutoscaler", ("spec", "minReplicas"), 50, "minReplicas"),
        ("gke", "PodMonitoring", ("spec", "endpoints", 0, "bearerToken"), "x", "bearerToken"),
        ("staging", "PodMonitor", ("spec", "podMetricsEndpoints", 0, "interval"), "often", "interval"),
        ("staging", "PrometheusRule", ("spec", "groups", 0, "rules", 0, "exprr"), "1", "exprr"),
    ],
)
def test_the_server_sees_mistakes(cluster, overlay, kind, path, value, cause):
    broken = copy.deepcopy(find(render(f"overlays/{overlay}"), kind))
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    done = cluster.try_kubectl("apply", "--server-side", "--validate=strict", "-f", "-", text=json.dumps(broken))
    assert done.returncode != 0 and cause in done.stderr


def test_helm_installs_upgrades_and_removes(cluster):
    def run_helm(*arguments):
        command = [helm(), f"--kubeconfig={cluster.kubeconfig}", "--namespace", NAMESPACE, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    values = ["--values", str(CHART / "values-gke.yaml")]
    notes = run_helm("install", "dss", str(CHART), *values)
    assert "create secret generic toxicity-api-metrics-token" in notes
    documents = chart_of("gke")
    first = [cluster.get(document)["metadata"]["resourceVersion"] for document in documents]
    run_helm("upgrade", "dss", str(CHART), *values)
    assert [cluster.get(document)["metadata"]["resourceVersion"] for document in documents] == first
    run_helm("upgrade", "dss", str(CHART), *values, "--set", "autoscaling.maxReplicas=7")
    assert cluster.get(find(documents, "HorizontalPodAutoscaler"))["spec"]["maxReplicas"] == 7
    run_helm("uninstall", "dss")
    left = json.loads(cluster.kubectl("get", "deployments,services,configmaps", "-n", NAMESPACE, "-o", "json"))["items"]
    assert [item["metadata"]["name"] for item in left if item["metadata"]["name"].startswith("toxicity")] == []


def test_every_folder_of_overlays_is_covered():
    assert {path.name for path in (DEPLOY / "k8s/overlays").iterdir()} == set(OVERLAYS)
