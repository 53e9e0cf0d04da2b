"""The checks themselves: each must be able to fail."""

import exposition
import pytest

HISTOGRAM = """# HELP h H.
# TYPE h histogram
h_bucket{le="1.0"} 1.0
h_bucket{le="+Inf"} 2.0
h_count 2.0
h_sum 3.0
"""


def test_reads_labels_with_escapes_and_commas():
    sample = exposition.parse_sample(r'x{a="1,\"2\"",b="}\\"} 3.0')
    assert sample.labels == (("a", r"1,\"2\""), ("b", r"}\\"))


@pytest.mark.parametrize("line", ["x", "x{a=1} 2", 'x{a="1"b="2"} 3', "9x 1", "x  1", ""])
def test_refuses_malformed_samples(line):
    with pytest.raises(AssertionError):
        exposition.parse_sample(line)


def test_refuses_a_family_in_two_places():
    with pytest.raises(AssertionError):
        exposition.parse("# TYPE a gauge\na 1.0\n# TYPE b gauge\nb 1.0\n# TYPE a gauge\na 2.0\n")


def test_finds_a_duplicated_sample():
    families = exposition.parse('# TYPE a gauge\na{x="1"} 1.0\na{x="1"} 2.0\n')
    assert len(exposition.duplicates(families)) == 1


def test_finds_faulty_histograms():
    assert exposition.histogram_faults(exposition.parse(HISTOGRAM)) == []
    for good, bad in [("h_count 2.0", "h_count 3.0"), ("+Inf", "9.0"), ('"1.0"} 1.0', '"1.0"} 5.0')]:
        assert exposition.histogram_faults(exposition.parse(HISTOGRAM.replace(good, bad))), bad


def test_refuses_unsorted_labels():
    with pytest.raises(AssertionError):
        exposition.shape(exposition.parse('# TYPE a gauge\na{b="1",a="2"} 1.0\n'))
