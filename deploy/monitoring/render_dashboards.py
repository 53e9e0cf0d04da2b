"""The dashboard for Grafana (classic JSON, Grafana 9 to 13) and for Cloud Monitoring."""

import re

from panels import Panel, Query, Row
from rules import JOB

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
PLACE = 'cluster=~"$cluster",namespace=~"$namespace",job=~"$job"'
GRAFANA = {"@S": PLACE, "@M": PLACE + ',model_type=~"$model_type"', "@R": "$__rate_interval"}
CLOUD = {"@S": f'job="{JOB}"', "@M": f'job="{JOB}"', "@R": "5m"}
WIDTH, HEIGHT = 8, 8
LABEL = re.compile(r"{{\w+}}")
# Cloud Monitoring's units are UCUM; panels of other units are plain numbers there.
CLOUD_UNITS = {"s": "s", "bytes": "By", "percentunit": "10^2.%", "reqps": "1/s"}
CLOUD_PLOTS = {"lines": "LINE", "stacked": "STACKED_AREA", "heatmap": "HEATMAP", "number": "LINE"}


def substitute(expr: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        expr = expr.replace(name, value)
    return expr


def _variable(name: str, label: str, metric: str) -> dict:
    query = f"label_values({metric}, {label})"
    return {
        "name": name,
        "label": name,
        "type": "query",
        "datasource": DATASOURCE,
        "query": {"query": query, "refId": name},
        "definition": query,
        "refresh": 2,
        "includeAll": True,
        "multi": True,
        "allValue": ".*",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        "sort": 1,
    }


def _grafana_options(panel: Panel) -> dict:
    if panel.kind == "heatmap":
        return {"type": "heatmap", "options": {"calculate": False, "yAxis": {"unit": "short"}}}
    if panel.kind == "number":
        return {"type": "stat", "options": {"reduceOptions": {"calcs": ["lastNotNull"]}}}
    legend = {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"]}
    return {"type": "timeseries", "options": {"legend": legend, "tooltip": {"mode": "multi", "sort": "desc"}}}


def _grafana_panel(panel: Panel, number: int, x: int, y: int) -> dict:
    custom = {"fillOpacity": 10}
    if panel.kind == "stacked":
        custom = {"fillOpacity": 40, "stacking": {"mode": "normal", "group": "A"}}
    return {
        "id": number,
        "title": panel.title,
        "description": " ".join(filter(None, [panel.description, panel.needs and f"Empty without {panel.needs}."])),
        "datasource": DATASOURCE,
        "gridPos": {"x": x, "y": y, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "custom": custom}, "overrides": []},
        "targets": [
            {
                "refId": chr(ord("A") + index),
                "datasource": DATASOURCE,
                "expr": substitute(query.expr, GRAFANA),
                "legendFormat": query.legend,
                "format": "heatmap" if panel.kind == "heatmap" else "time_series",
                "exemplar": "dss_request_duration_seconds_bucket" in query.expr,
            }
            for index, query in enumerate(panel.queries)
        ],
        **_grafana_options(panel),
    }


def _grafana_panels(rows: tuple[Row, ...]) -> list[dict]:
    panels, y = [], 0
    for row in rows:
        position = {"x": 0, "y": y, "w": 24, "h": 1}
        heading = {"type": "row", "title": row.title, "collapsed": False, "panels": []}
        panels.append({"id": len(panels) + 1, "gridPos": position, **heading})
        y += 1
        for index, panel in enumerate(row.panels):
            x = index % 3 * WIDTH
            panels.append(_grafana_panel(panel, len(panels) + 1, x, y + index // 3 * HEIGHT))
        y += -(-len(row.panels) // 3) * HEIGHT
    return panels


def grafana(rows: tuple[Row, ...]) -> dict:
    starts = {
        "name": "Starts",
        "datasource": DATASOURCE,
        "enable": True,
        "iconColor": "blue",
        "expr": f"changes(process_start_time_seconds{{{PLACE}}}[2m]) > 0",
        "titleFormat": "start of {{instance}}",
    }
    return {
        "id": None,
        "uid": "toxicity-api",
        "title": "Toxicity API",
        "tags": ["toxicity-api", "dss"],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-1h", "to": "now"},
        "annotations": {"list": [starts]},
        "templating": {
            "list": [
                {"name": "datasource", "type": "datasource", "query": "prometheus", "current": {}},
                _variable("cluster", "cluster", "dss_build_info"),
                _variable("namespace", "namespace", "dss_build_info"),
                _variable("job", "job", "dss_build_info"),
                _variable("model_type", "model_type", "dss_model_loaded"),
            ]
        },
        "panels": _grafana_panels(rows),
    }


def _cloud_series(query: Query) -> tuple[str, str]:
    """The expression and its legend. The product shows labels by itself; other words become one."""
    expr, words = substitute(query.expr, CLOUD), LABEL.sub("", query.legend).strip()
    if not words or not LABEL.search(query.legend):
        return expr, words
    return f'label_replace({expr}, "series", "{words}", "", "")', ""


def _cloud_data_set(panel: Panel, query: Query) -> dict:
    expr, legend = _cloud_series(query)
    series = {"prometheusQuery": expr}
    if panel.unit in CLOUD_UNITS:
        series["unitOverride"] = CLOUD_UNITS[panel.unit]
    data = {"timeSeriesQuery": series, "plotType": CLOUD_PLOTS[panel.kind], "targetAxis": "Y1"}
    if legend:
        data["legendTemplate"] = legend
    return data


def cloud(rows: tuple[Row, ...]) -> dict:
    tiles, y = [], 0
    for row in rows:
        tiles.append({"yPos": y, "width": 48, "height": 4, "widget": {"title": row.title, "sectionHeader": {}}})
        y += 4
        for index, panel in enumerate(row.panels):
            chart = {
                "dataSets": [_cloud_data_set(panel, query) for query in panel.queries],
                "yAxis": {"scale": "LINEAR"},
            }
            tile = {"xPos": index % 3 * 16, "yPos": y + index // 3 * 16, "width": 16, "height": 16}
            tiles.append({**tile, "widget": {"title": panel.title, "xyChart": chart}})
        y += -(-len(row.panels) // 3) * 16
    return {
        "displayName": "Toxicity API",
        "labels": {"dss": ""},
        "mosaicLayout": {"columns": 48, "tiles": tiles},
    }
