"""The dashboard of Cloud Monitoring against the product's own protocol definition."""

import json

import pytest
from conftest import DEPLOY, ROOT
from proto_walk import Types

PROTOS = ROOT / "build/deploy/monitoring-dashboards/package/build/protos/protos.json"
DASHBOARD = "google.monitoring.dashboard.v1.Dashboard"


@pytest.fixture(scope="module")
def types():
    return Types(json.loads(PROTOS.read_text(encoding="utf-8")))


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
