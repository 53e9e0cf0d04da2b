"""The module's own exposition against the golden files, client_python and promtool."""

import shutil
import struct
import subprocess

import exposition
import pytest
from conftest import GOLDEN, ROOT
from prometheus_client.openmetrics import parser as openmetrics_parser
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.utils import floatToGoString


def original_shape() -> set:
    """The oracle, without what Python alone has and without `_created`."""
    families = exposition.parse((GOLDEN / "original-settings_ENABLE_METRICS-true.prom").read_text())
    kept = [f for f in families if not f.name.startswith("python_") and not f.name.endswith("_created")]
    in_progress = ("http_requests_inprogress", "gauge", ("handler", "method"), None)
    return exposition.shape(kept) | {in_progress}


def test_holds_every_series_of_the_original(dump):
    oracle = original_shape()
    assert len(oracle) > 60
    assert oracle - exposition.shape(exposition.parse(dump("text"))) == set()


def test_no_family_of_the_original_has_other_labels_or_buckets(dump):
    """Beyond the oracle there are only families of our own and series that the oracle's traffic did not make."""
    oracle = original_shape()
    known = {entry[0] for entry in oracle if len(entry) == 4}
    extra = {e for e in exposition.shape(exposition.parse(dump("text"))) - oracle if len(e) == 4}
    assert {e for e in extra if e[0] in known} == set()


def test_created_series_are_those_of_the_original_when_asked_for(dump):
    families = exposition.parse((GOLDEN / "original-settings_ENABLE_METRICS-true.prom").read_text())
    wanted = {e for e in exposition.shape(families) if e[0].endswith("_created")}
    assert wanted and wanted <= exposition.shape(exposition.parse(dump("created")))


def test_the_documented_sample_is_there_line_by_line(dump):
    lines = dump("text").splitlines()
    for line in (GOLDEN / "documented_sample.prom").read_text().splitlines():
        assert lines.count(line) == 1, line


def test_families_come_in_the_order_of_the_original(dump):
    ours = [f.name for f in exposition.parse(dump("text"))]
    golden = exposition.parse((GOLDEN / "original-settings_ENABLE_METRICS-true.prom").read_text())
    shared = [f.name for f in golden if f.name in ours]
    assert shared == [name for name in ours if name in shared]


def test_help_texts_are_those_of_the_library(dump):
    golden = (GOLDEN / "original-settings_ENABLE_METRICS-true.prom").read_text().splitlines()
    wanted = [li for li in golden if li.startswith(("# HELP http_", "# HELP process_")) and "_created " not in li]
    assert len(wanted) == 11
    assert set(wanted) <= set(dump("text").splitlines())


@pytest.mark.parametrize("mode", ["text", "created"])
def test_text_obeys_the_format(dump, mode):
    families = exposition.parse(dump(mode))
    assert exposition.duplicates(families) == []
    assert exposition.histogram_faults(families) == []
    assert len(list(text_string_to_metric_families(dump(mode)))) == len(families)


def test_openmetrics_obeys_the_format(dump):
    text = dump("openmetrics")
    families = list(openmetrics_parser.text_string_to_metric_families(text))
    samples = [s for f in families for s in f.samples]
    keys = [(s.name, tuple(sorted(s.labels.items()))) for s in samples]
    assert len(keys) == len(set(keys)) > 500
    exemplars = [s for s in samples if s.exemplar]
    assert {s.name for s in exemplars} == {
        "http_request_duration_highr_seconds_bucket",
        "dss_request_duration_seconds_bucket",
    }
    assert all(len(s.exemplar.labels["trace_id"]) == 32 and s.exemplar.timestamp for s in exemplars)


def test_both_formats_say_the_same(dump):
    def changing(name):
        return name.startswith(("process_", "dss_cpu_pressure", "dss_cgroup", "dss_heap"))

    def numbers(families):
        samples = [s for f in families for s in f.samples if not changing(s.name)]
        return {(s.name, tuple(sorted(s.labels.items()))): repr(s.value) for s in samples}

    text = numbers(text_string_to_metric_families(dump("text")))
    openmetrics = numbers(openmetrics_parser.text_string_to_metric_families(dump("openmetrics")))
    assert text == openmetrics


def test_numbers_are_spelled_as_client_python_spells_them(dump):
    values = [struct.unpack("<d", struct.pack("<Q", (i * 0x9E3779B97F4A7C15) % 2**64))[0] for i in range(20000)]
    values += [v / 7 * 10.0**e for v in range(-20, 20) for e in range(-8, 10)]
    values = [v for v in values if v == v and not 1e10 <= v < 1e16]
    spelled = dump("numbers", "\n".join(map(repr, values)) + "\n").splitlines()
    assert spelled == [floatToGoString(v) for v in values]


@pytest.mark.parametrize("mode", ["text", "created"])
def test_promtool_finds_nothing(dump, mode):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    done = subprocess.run([promtool, "check", "metrics"], input=dump(mode), capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_document_is_made_from_the_catalogue(dump):
    document = (ROOT / "docs/metrics.md").read_text()
    begin, end = "<!-- catalogue: exposition_dump catalogue -->\n", "<!-- end of catalogue -->"
    assert document.split(begin)[1].split(end)[0] == dump("catalogue")
