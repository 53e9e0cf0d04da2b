"""Rules and dashboards: what the data gives is what stands in the tree, and every name in every query is exported."""

import json
import re

import generate
import pytest
import yaml
from alerts import all_groups
from conftest import DEPLOY, ROOT, run
from panels import ROWS
from queries import PAIRS
from rules import Alert, Recording

# From other exporters, each named in the alert that needs it, and from Prometheus itself.
FOREIGN = {"up", "scrape_samples_scraped", "kube_pod_status_ready", "kube_pod_container_resource_limits"}
STRING = re.compile(r'"[^"]*"')
BRACES = re.compile(r"{[^}]*}|\[[^]]*\]")
GROUPING = re.compile(r"\b(by|ignoring|on|without|group_left|group_right)\s*\([^)]*\)")
NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
FUNCTIONS = {
    *("sum", "min", "max", "rate", "increase", "changes", "absent", "time", "topk", "histogram_quantile"),
    *("and", "or", "on", "group_left", "clamp_min", "ln"),
}


def names(expr: str) -> set[str]:
    """The metrics in an expression."""
    bare = GROUPING.sub(" ", BRACES.sub(" ", STRING.sub('""', expr)))
    return set(NAME.findall(re.sub(r"\b[0-9.e]+\b", " ", bare))) - FUNCTIONS


def catalogue() -> set[str]:
    """Every sample name of docs/metrics.md, which the server's own tests hold against its registry."""
    found = set()
    for name, kind in re.findall(r"^\| `(\w+)` \| (\w+) \|", (ROOT / "docs/metrics.md").read_text(), re.MULTILINE):
        suffixes = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("_sum", "_count")}.get(kind, ("",))
        found |= {name + suffix for suffix in suffixes}
    return found


def rules():
    return [rule for group in all_groups() for rule in group.rules]


def expressions() -> list[str]:
    panels = [query.expr for row in ROWS for panel in row.panels for query in panel.queries]
    pairs = [expr for pair in PAIRS for expr in pair.promql]
    return panels + pairs + [rule.expr for rule in rules()]


def test_the_files_are_made_from_the_data():
    assert generate.stale(DEPLOY) == []


def test_a_changed_file_is_told(tmp_path):
    for name, content in generate.documents().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert generate.stale(tmp_path) == []
    (tmp_path / "monitoring/queries.md").write_text("another")
    (tmp_path / "monitoring/cloud/policies/left-over.json").write_text("{}")
    assert len(generate.stale(tmp_path)) == 2


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ('sum by (le) (rate(a_bucket{b="c",d=~"e|f"}[5m])) / 2.5', {"a_bucket"}),
        ("job:x:rate5m > 14.4 and on (job) y == 0", {"job:x:rate5m", "y"}),
        ("absent(up{}) or time() - z < 14 * 86400", {"up", "z"}),
    ],
)
def test_names_are_found_in_expressions(expr, expected):
    assert names(expr) == expected


def test_every_metric_of_every_query_is_exported():
    known = catalogue() | FOREIGN | {rule.record for rule in rules() if isinstance(rule, Recording)}
    assert len(known) > 80
    unknown = {expr: names(expr) - known for expr in expressions() if names(expr) - known}
    assert unknown == {}
    assert all(names(expr) for expr in expressions())


# The documented twins of families that are shown, and what only helps when one already looks for something.
NOT_SHOWN = {
    *("http_requests_inprogress", "http_request_duration_highr_seconds", "http_request_duration_seconds"),
    *("http_request_size_bytes", "http_response_size_bytes", "dss_input_tokens"),
    *("process_virtual_memory_bytes", "process_max_fds", "dss_build_info", "model_load_seconds"),
    *("dss_cgroup_throttled_seconds_total", "dss_cpu_pressure_waiting_seconds_total"),
    # Of one process; panels and alert have the rule for all pods.
    *("dss_score_drift_psi", "dss_score_reference_ratio"),
}


def test_every_family_is_shown_or_known_not_to_be():
    used = set().union(*(names(expr) for expr in expressions()))
    bare = {re.sub(r"_(bucket|sum|count)$", "", name) for name in used} | used
    families = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/metrics.md").read_text(), re.MULTILINE)
    assert len(families) > 50
    assert set(families) - bare == NOT_SHOWN


def test_every_alert_has_a_test_in_which_it_fires():
    tests = yaml.safe_load((DEPLOY / "monitoring/prometheus/rules_test.yaml").read_text())["tests"]
    fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case["exp_alerts"]}
    assert {rule.alert for rule in rules() if isinstance(rule, Alert)} == fired


def cloud_queries() -> list[str]:
    tiles = json.loads((DEPLOY / "monitoring/cloud/dashboard.json").read_text())["mosaicLayout"]["tiles"]
    charts = [tile["widget"]["xyChart"] for tile in tiles if "xyChart" in tile["widget"]]
    return [data["timeSeriesQuery"]["prometheusQuery"] for chart in charts for data in chart["dataSets"]]


def test_every_query_parses_as_promql(tmp_path):
    values = {"@S": 'job="x"', "@M": 'job="x"', "@R": "5m"}
    rule_list = []
    for index, expr in enumerate(expressions() + cloud_queries()):
        for name, value in values.items():
            expr = expr.replace(name, value)
        rule_list.append({"record": f"x:y:z{index}", "expr": expr})
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "all", "rules": rule_list}]}))
    run(["promtool", "check", "rules", path])


def test_grafana_panels_have_their_own_ids_and_places():
    dashboard = json.loads((DEPLOY / "monitoring/grafana/toxicity-api.json").read_text())
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken and place["x"] + place["w"] <= 24, panel["title"]
        taken |= cells
        for target in panel.get("targets", []):
            assert "@" not in target["expr"]
            assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    assert [item["name"] for item in dashboard["templating"]["list"]][1:] == [
        "cluster",
        "namespace",
        "job",
        "model_type",
    ]


def test_the_cloud_dashboard_has_the_documented_widgets_and_no_overlap():
    layout = json.loads((DEPLOY / "monitoring/cloud/dashboard.json").read_text())["mosaicLayout"]
    titles = [tile["widget"]["title"] for tile in layout["tiles"]]
    for title in (
        *("Requests per second", "P95 processing time", "Score distribution", "Error ratio"),
        *("Requests in progress", "Requests by model"),
    ):
        assert title in titles
    places = [(tile.get("xPos", 0), tile.get("yPos", 0)) for tile in layout["tiles"]]
    assert len(set(places)) == len(places)
    assert all(tile.get("xPos", 0) + tile["width"] <= layout["columns"] for tile in layout["tiles"])
