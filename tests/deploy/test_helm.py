"""The chart, rendered by the real Helm: valid, and the same objects as the overlays of deploy/k8s."""

import copy
import json
import shutil

import pytest
import yaml
from conftest import DEPLOY, OVERLAYS, ROOT, find, render, run
from validate import validate

CHART = DEPLOY / "helm/dss"
NAMESPACE = "toxicity-api"
# What Helm's conventions add to the labels of every object.
HELM_LABELS = (
    "app.kubernetes.io/instance",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/version",
    "helm.sh/chart",
)
# What the base puts on its own objects, the chart on all; the overlays' further objects go without.
COMMON_LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/part-of")
overlay = pytest.mark.parametrize("name", OVERLAYS)


def helm() -> str:
    built = ROOT / "build/deploy/bin/helm"
    return str(built) if built.exists() else shutil.which("helm")


def chart(*arguments: str) -> list[dict]:
    done = run([helm(), "template", "dss", CHART, "--namespace", NAMESPACE, "--kube-version", "1.37", *arguments])
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def of(name: str) -> list[dict]:
    return chart("--values", str(CHART / f"values-{name}.yaml"))


def without(labels: tuple[str, ...], metadata: dict) -> None:
    for label in labels:
        metadata.get("labels", {}).pop(label, None)
    if metadata.get("labels") == {}:
        del metadata["labels"]


def comparable(document: dict) -> dict:
    """The object without what may differ: Helm's labels, the common labels of the object itself, and the checksum by
    which Helm replaces the pods when the configuration changes, where kustomize renames the ConfigMap."""
    document = copy.deepcopy(document)
    template = document.get("spec", {}).get("template", {}).get("metadata", {})
    template.get("annotations", {}).pop("checksum/config", None)
    if template.get("annotations") == {}:
        del template["annotations"]
    without(HELM_LABELS + COMMON_LABELS, document["metadata"])
    without(HELM_LABELS, template)
    return document


def with_plain_config_name(document: dict, generated: str) -> dict:
    return json.loads(json.dumps(document).replace(generated, "toxicity-api-config"))


def by_name(documents: list[dict]) -> dict[tuple[str, str], dict]:
    out = {(item["kind"], item["metadata"]["name"]): item for item in documents}
    assert len(out) == len(documents)
    return out


def overlay_objects(name: str) -> dict[tuple[str, str], dict]:
    """Without the Namespace, which is Helm's --create-namespace."""
    documents = [item for item in render(f"overlays/{name}") if item["kind"] != "Namespace"]
    generated = next(item["metadata"]["name"] for item in documents if item["kind"] == "ConfigMap")
    return by_name([comparable(with_plain_config_name(item, generated)) for item in documents])


@overlay
def test_the_chart_is_the_overlay(name):
    expected = overlay_objects(name)
    actual = by_name([comparable(item) for item in of(name)])
    assert actual.keys() == expected.keys()
    for key, document in expected.items():
        assert actual[key] == document, key


@overlay
def test_every_object_of_the_chart_follows_its_schema(name):
    for document in of(name):
        validate(document)


def test_the_comparison_sees_a_difference():
    changed = chart("--values", str(CHART / "values-gke.yaml"), "--set", "autoscaling.minReplicas=3")
    hpa = find([comparable(item) for item in changed], "HorizontalPodAutoscaler")
    assert hpa != overlay_objects("gke")[("HorizontalPodAutoscaler", "toxicity-api")]


def test_a_changed_configuration_replaces_the_pods():
    def checksum(*arguments):
        return find(chart(*arguments), "Deployment")["spec"]["template"]["metadata"]["annotations"]["checksum/config"]

    assert checksum() == checksum()
    assert checksum() != checksum("--set", "config=drain-seconds = 3")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("--set", "image.tag=latest"), "/image/tag"),
        (("--set", "autoscaling.minReplicas=0"), "/autoscaling/minReplicas"),
        (("--set", "resource.cpu=1"), "'resource' not allowed"),
        (("--set", "monitoring.gmp=yes please"), "/monitoring/gmp"),
        (("--set", "resources.cpu=two"), "/resources/cpu"),
    ],
)
def test_wrong_values_are_refused_by_name(arguments, cause):
    with pytest.raises(AssertionError, match=cause):
        chart(*arguments)


def test_another_name_reaches_pods_selectors_and_rules():
    documents = chart("--set", "name=tox,monitoring.gmp=true,monitoring.prometheusOperator=true,gke=true")
    text = yaml.safe_dump_all(documents)
    assert 'job="tox"' in text and 'job="toxicity-api"' not in text
    deployment = find(documents, "Deployment", "tox")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"].items() <= labels.items()
    for item in documents:
        validate(item)
        assert item["metadata"]["name"].startswith("tox") or item["metadata"]["name"] == "default-deny"


def test_every_switch_can_be_turned_off():
    documents = chart("--set", "ingress.enabled=false,networkPolicy.enabled=false,autoscaling.queueDepth.enabled=false")
    kinds = {item["kind"] for item in documents}
    assert kinds == {
        *("ServiceAccount", "ConfigMap", "Service", "Deployment"),
        *("HorizontalPodAutoscaler", "PodDisruptionBudget"),
    }


def test_options_that_the_overlays_do_not_use(tmp_path):
    values = {
        "imagePullSecrets": ["registry"],
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [{"key": "a", "operator": "Exists"}],
        "priorityClassName": "high",
        "extraArgs": ["--tracing-endpoint=http://collector.monitoring:4318"],
        "service": {"annotations": {"a": "b"}},
        "networkPolicy": {
            "extraEgress": [{"to": [{"namespaceSelector": {}}], "ports": [{"port": 4318, "protocol": "TCP"}]}]
        },
    }
    (tmp_path / "values.yaml").write_text(yaml.safe_dump(values))
    documents = chart("--values", str(tmp_path / "values.yaml"))
    for document in documents:
        validate(document)
    pod = find(documents, "Deployment")["spec"]["template"]["spec"]
    assert pod["imagePullSecrets"] == [{"name": "registry"}] and pod["priorityClassName"] == "high"
    assert pod["containers"][0]["args"][-1] == values["extraArgs"][0]
    egress = find(documents, "NetworkPolicy", "toxicity-api-egress")
    assert egress["spec"]["egress"] == values["networkPolicy"]["extraEgress"]


def test_keys_come_from_a_secret_by_reference():
    documents = chart("--set", "auth.mode=keys", "--set", "auth.keysSecretName=dss-keys")
    for document in documents:
        validate(document)
    pod = find(documents, "Deployment")["spec"]["template"]["spec"]
    arguments = pod["containers"][0]["args"]
    assert "--auth=keys" in arguments and "--allow-unauthenticated" not in arguments
    store = next(one for one in arguments if one.startswith("--auth-store=file:"))
    mount = next(one for one in pod["containers"][0]["volumeMounts"] if one["name"] == "keys")
    assert store == f"--auth-store=file:{mount['mountPath']}/keys.txt"
    volume = next(one for one in pod["volumes"] if one["name"] == "keys")
    assert volume["secret"]["secretName"] == "dss-keys"


def test_every_object_has_the_labels_of_helm():
    for item in of("gke"):
        assert {*HELM_LABELS, *COMMON_LABELS} <= item["metadata"]["labels"].keys(), item["metadata"]["name"]


def test_helm_finds_no_fault():
    for name in OVERLAYS:
        run([helm(), "lint", "--strict", CHART, "--values", CHART / f"values-{name}.yaml"])
