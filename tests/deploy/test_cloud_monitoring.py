"""Dashboard and alert policies of Cloud Monitoring against the product's own protocol definitions."""

import json

import pytest
from conftest import DEPLOY, ROOT
from proto_walk import Types

DASHBOARD = "google.monitoring.dashboard.v1.Dashboard"
POLICY = "google.monitoring.v3.AlertPolicy"
POLICIES = sorted((DEPLOY / "monitoring/cloud/policies").glob("*.json"))


def types_of(package: str) -> Types:
    path = ROOT / "build/deploy" / package / "package/build/protos/protos.json"
    return Types(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def types():
    return types_of("monitoring-dashboards")


@pytest.fixture(scope="module")
def alert_types():
    return types_of("monitoring")


@pytest.fixture
def dashboard():
    return json.loads((DEPLOY / "monitoring/cloud/dashboard.json").read_text(encoding="utf-8"))


def first_chart(dashboard):
    return next(tile["widget"]["xyChart"] for tile in dashboard["mosaicLayout"]["tiles"] if "xyChart" in tile["widget"])


def test_has_known_fields_and_values_only(types, dashboard):
    assert types.faults(dashboard, DASHBOARD) == []


def test_an_unknown_field_is_seen(types, dashboard):
    first_chart(dashboard)["dataSets"][0]["timeSeriesQuery"]["promQuery"] = "up"
    assert [fault for fault in types.faults(dashboard, DASHBOARD) if "promQuery: no such field" in fault]


def test_a_wrong_enum_value_is_seen(types, dashboard):
    first_chart(dashboard)["dataSets"][0]["plotType"] = "LINES"
    assert [fault for fault in types.faults(dashboard, DASHBOARD) if "'LINES' is no PlotType" in fault]


def test_two_of_a_choice_are_seen(types, dashboard):
    first_chart(dashboard)["dataSets"][0]["timeSeriesQuery"]["timeSeriesQueryLanguage"] = "fetch x"
    assert [fault for fault in types.faults(dashboard, DASHBOARD) if "exclude each other" in fault]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_policies_have_known_fields_and_values_only(alert_types, path):
    policy = json.loads(path.read_text(encoding="utf-8"))
    assert alert_types.faults(policy, POLICY) == []
    (condition,) = policy["conditions"]
    # Both are multiples of 30 seconds, says the definition.
    assert int(condition["conditionPrometheusQueryLanguage"]["duration"].removesuffix("s")) % 30 == 0
    assert int(condition["conditionPrometheusQueryLanguage"]["evaluationInterval"].removesuffix("s")) % 30 == 0


def test_a_policy_with_an_unknown_field_is_seen(alert_types):
    policy = json.loads(POLICIES[0].read_text(encoding="utf-8"))
    policy["conditions"][0]["conditionPrometheusQueryLanguage"]["promql"] = "up"
    assert alert_types.faults(policy, POLICY) == [
        "$.conditions[0].conditionPrometheusQueryLanguage.promql: no such field"
    ]
