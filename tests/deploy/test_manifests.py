"""The rendered overlays: valid for the API server, restricted, and agreeing with each other and with the server."""

import copy

import jsonschema
import kubernetes_validate
import pytest
from conftest import OVERLAYS, find, render
from validate import validate

overlay = pytest.mark.parametrize("name", OVERLAYS)


def documents(name: str) -> list[dict]:
    return render(f"overlays/{name}")


def pod(name: str) -> dict:
    return find(documents(name), "Deployment")["spec"]["template"]


def container(name: str) -> dict:
    return pod(name)["spec"]["containers"][0]


@overlay
def test_every_manifest_follows_its_schema(name):
    for document in documents(name):
        validate(document)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Deployment", ("spec", "template", "spec", "containers", 0, "readinesProbe"), {}),
        ("HorizontalPodAutoscaler", ("spec", "minReplicas"), "two"),
        ("PodMonitoring", ("spec", "endpoints", 0, "bearerToken"), "x"),
        ("PodMonitor", ("spec", "podMetricsEndpoints", 0, "intervall"), "30s"),
        ("Rules", ("spec", "groups", 0, "rules", 0, "alert"), "Both"),
        ("PrometheusRule", ("spec", "groups", 0, "rules", 0, "exprr"), "1"),
    ],
)
def test_the_validation_sees_mistakes(kind, path, value):
    name = "staging" if kind in ("PodMonitor", "PrometheusRule") else "gke"
    broken = copy.deepcopy(find(documents(name), kind))
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises((jsonschema.ValidationError, kubernetes_validate.ValidationError)):
        validate(broken)


@overlay
def test_pods_meet_the_restricted_standard(name):
    spec = pod(name)["spec"]
    assert spec["securityContext"]["runAsNonRoot"] and spec["securityContext"]["runAsUser"] >= 10000
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    for item in spec["containers"]:
        context = item["securityContext"]
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert context["allowPrivilegeEscalation"] is False and context["readOnlyRootFilesystem"] is True
    labels = find(documents(name), "Namespace")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


@overlay
def test_resources_have_no_cpu_limit_and_images_a_fixed_version(name):
    resources = container(name)["resources"]
    assert "cpu" not in resources["limits"] and resources["limits"]["memory"] == resources["requests"]["memory"]
    assert not container(name)["image"].endswith(":latest") and ":" in container(name)["image"]
    assert "replicas" not in find(documents(name), "Deployment")["spec"]


@overlay
def test_the_grace_period_covers_pre_stop_and_drain(name):
    config = next(item for item in documents(name) if item["kind"] == "ConfigMap")["data"]["dss.toml"]
    drain = next(int(line.split("=")[1]) for line in config.splitlines() if line.startswith("drain-seconds"))
    wait = container(name)["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert wait + drain + 5 <= pod(name)["spec"]["terminationGracePeriodSeconds"]


@overlay
def test_pods_of_a_lost_node_are_replaced_after_30_s(name):
    tolerated = {
        item["key"]: item["tolerationSeconds"]
        for item in pod(name)["spec"].get("tolerations", [])
        if item["effect"] == "NoExecute"
    }
    assert tolerated == {"node.kubernetes.io/unreachable": 30, "node.kubernetes.io/not-ready": 30}


@overlay
def test_ports_and_labels_agree(name):
    ports = {port["name"]: port["containerPort"] for port in container(name)["ports"]}
    assert ports == {"http": 8000, "metrics": 9464}
    service = find(documents(name), "Service")
    assert [(port["port"], port["targetPort"]) for port in service["spec"]["ports"]] == [(80, "http")]
    labels = pod(name)["metadata"]["labels"]
    for kind in ("Service", "PodDisruptionBudget", "PodMonitor", "PodMonitoring"):
        for item in (item for item in documents(name) if item["kind"] == kind):
            selector = item["spec"]["selector"].get("matchLabels", item["spec"]["selector"])
            assert selector.items() <= labels.items(), kind
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container(name)[probe]["httpGet"]["port"] in ports


@overlay
def test_no_secret_is_in_the_tree(name):
    assert [item["metadata"]["name"] for item in documents(name) if item["kind"] == "Secret"] == []


def test_the_documented_annotations_are_there():
    annotations = find(documents("gke"), "Service")["metadata"]["annotations"]
    assert annotations["cloud.google.com/prometheus-scrape"] == "true"
    assert annotations["cloud.google.com/prometheus-scrape-port"] == "8000"
    assert annotations["cloud.google.com/prometheus-scrape-path"] == "/metrics"


def test_only_the_trial_component_has_a_public_route_to_metrics():
    def paths(name):
        rule = find(documents(name), "Ingress", "toxicity-api-ingress")["spec"]["rules"][0]
        return [(path["path"], path["pathType"]) for path in rule["http"]["paths"]]

    assert paths("gke") == paths("staging") == [("/", "Prefix")]
    assert paths("local") == [("/metrics", "Exact"), ("/", "Prefix")]


def test_the_collectors_may_read_the_token_and_nothing_else():
    role = find(documents("gke"), "Role", "toxicity-api-metrics-token")
    assert [(rule["resources"], rule["resourceNames"]) for rule in role["rules"]] == [
        (["secrets"], ["toxicity-api-metrics-token"])
    ]
    binding = find(documents("gke"), "RoleBinding", "toxicity-api-metrics-token-collector")
    subjects = {(subject["name"], subject["namespace"]) for subject in binding["subjects"]}
    assert subjects == {("collector", "gmp-system"), ("collector", "gke-gmp-system")}
