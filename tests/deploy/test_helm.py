"""The chart, rendered by the real Helm: valid, and the same objects as the overlays of deploy/k8s."""

import copy
import json
import re
import shutil

import pytest
import yaml
from conftest import BINARY, DEPLOY, OVERLAYS, ROOT, find, render, run
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


JWT = ("auth.mode=jwt", "auth.jwt.issuer=https://id.example/realms/main", "auth.jwt.audience=dss")


def with_settings(*settings: str) -> list[dict]:
    documents = chart(*(word for setting in settings for word in ("--set", setting)))
    for document in documents:
        validate(document)
    return documents


@pytest.mark.parametrize("source", ["ConfigMap", "Secret"])
def test_tokens_are_checked_with_keys_by_reference(source):
    documents = with_settings(
        *JWT, f"auth.jwt.jwks{source}Name=provider", "auth.jwt.jwksKey=certs", "auth.jwt.alg=ES256"
    )
    pod = find(documents, "Deployment")["spec"]["template"]["spec"]
    arguments = pod["containers"][0]["args"]
    assert "--allow-unauthenticated" not in arguments and not any("--auth-store" in one for one in arguments)
    mount = next(one for one in pod["containers"][0]["volumeMounts"] if one["name"] == "jwks")
    assert {
        "--auth=jwt",
        f"--jwt-jwks={mount['mountPath']}/jwks.json",
        "--jwt-issuer=https://id.example/realms/main",
        "--jwt-audience=dss",
        "--jwt-alg=ES256",
    } <= set(arguments)
    volume = next(one for one in pod["volumes"] if one["name"] == "jwks")
    reference = volume["configMap"]["name"] if source == "ConfigMap" else volume["secret"]["secretName"]
    items = volume["configMap" if source == "ConfigMap" else "secret"]["items"]
    assert reference == "provider" and items == [{"key": "certs", "path": "jwks.json"}]


def test_tokens_and_keys_together_with_claims():
    claims = ("auth.jwt.rolesClaim=scope", "auth.jwt.tenantClaim=org", "auth.keysSecretName=dss-keys")
    documents = with_settings(*JWT, "auth.jwt.jwksSecretName=provider", *claims)
    pod = find(documents, "Deployment")["spec"]["template"]["spec"]
    expected = {"--auth-store=file:/run/secrets/keys/keys.txt", "--jwt-roles-claim=scope", "--jwt-tenant-claim=org"}
    assert expected <= set(pod["containers"][0]["args"])
    assert {"keys", "jwks"} <= {volume["name"] for volume in pod["volumes"]}


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        (("auth.mode=keys",), "auth.keysSecretName is needed"),
        (JWT, "needs one of auth.jwt.jwksConfigMapName and"),
        ((*JWT, "auth.jwt.jwksSecretName=a", "auth.jwt.jwksConfigMapName=b"), "not both"),
        (("auth.mode=jwt", "auth.jwt.jwksSecretName=a", "auth.jwt.audience=b"), "auth.jwt.issuer is needed"),
        (("auth.mode=jwt", "auth.jwt.jwksSecretName=a", "auth.jwt.issuer=b"), "auth.jwt.audience is needed"),
        ((*JWT, "auth.jwt.jwksSecretName=a", "auth.jwt.alg=HS256"), "/auth/jwt/alg"),
    ],
)
def test_incomplete_authentication_is_refused(settings, cause):
    with pytest.raises(AssertionError, match=cause):
        with_settings(*settings)


@pytest.mark.parametrize(
    "settings",
    [(), ("auth.mode=keys", "auth.keysSecretName=a"), (*JWT, "auth.jwt.jwksSecretName=a", "auth.jwt.tenantClaim=org")],
    ids=["none", "keys", "jwt"],
)
def test_the_flags_of_the_pods_are_flags_of_the_server(settings):
    arguments = find(with_settings(*settings), "Deployment")["spec"]["template"]["spec"]["containers"][0]["args"]
    help_text = run([BINARY, "serve", "--help"]).stdout
    for word in arguments[1:]:
        assert re.search(rf"^  {word.split('=')[0]}( |$)", help_text, re.MULTILINE), word


@pytest.fixture
def notes(tmp_path):
    """notes(SETTING...) is what `helm install` would show. Helm shows it to those with a cluster only, so a copy of the
    chart renders it as a value."""
    copy_of_chart = shutil.copytree(CHART, tmp_path / "dss")
    templates = copy_of_chart / "templates"
    text = (templates / "NOTES.txt").read_text()
    (templates / "NOTES.txt").unlink()
    (templates / "_notes.tpl").write_text('{{- define "notes" -}}' + text + "{{- end }}")
    (templates / "notes.yaml").write_text('notes: {{ include "notes" . | toJson }}\n')

    def render_notes(*settings: str) -> str:
        flags = [word for setting in settings for word in ("--set", setting)]
        command = [helm(), "template", "dss", copy_of_chart, "--namespace", NAMESPACE, "--kube-version", "1.37", *flags]
        return yaml.safe_load(run([*command, "--show-only", "templates/notes.yaml"]).stdout)["notes"]

    return render_notes


def test_the_notes_warn_when_the_pods_are_open(notes):
    assert "WARNING: the pods are open." in notes() and "everybody who reaches toxicity.example.com" in notes()
    assert "no network policy" in notes("networkPolicy.enabled=false")
    assert "no network policy" not in notes()
    keys = notes("auth.mode=keys", "auth.keysSecretName=dss-keys")
    assert "WARNING" not in keys and "create secret generic dss-keys --from-file=keys.txt" in keys
    tokens = notes(*JWT, "auth.jwt.jwksConfigMapName=provider")
    assert "WARNING" not in tokens and "create configmap provider --from-file=jwks.json=jwks.json" in tokens


def test_every_object_has_the_labels_of_helm():
    for item in of("gke"):
        assert {*HELM_LABELS, *COMMON_LABELS} <= item["metadata"]["labels"].keys(), item["metadata"]["name"]


def test_helm_finds_no_fault():
    for name in OVERLAYS:
        run([helm(), "lint", "--strict", CHART, "--values", CHART / f"values-{name}.yaml"])
