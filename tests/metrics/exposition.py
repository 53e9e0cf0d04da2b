"""A strict little reader of the text format, independent of client_python, and what the tests compare."""

import re
from typing import NamedTuple

SAMPLE = re.compile(r"^(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?P<labels>.*?)\})? (?P<value>\S+)(?P<exemplar> # .*)?$")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"')
SUFFIXES = {
    "counter": ("",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
    "summary": ("_count", "_sum"),
}


class Sample(NamedTuple):
    name: str
    labels: tuple
    value: str


class Family(NamedTuple):
    name: str
    type: str
    samples: list


def parse_sample(line: str) -> Sample:
    match = SAMPLE.match(line)
    assert match, f"not a sample: {line!r}"
    text = match["labels"] or ""
    labels = tuple(LABEL.findall(text))
    assert ",".join(f'{name}="{value}"' for name, value in labels) == text, line
    return Sample(match["name"], labels, match["value"])


def parse(text: str) -> list[Family]:
    """Families of an exposition in format 0.0.4. Fails on whatever the format forbids."""
    assert text.endswith("\n") and "\r" not in text
    families, helps = [], set()
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            name = line.split(" ", 3)[2]
            assert name not in helps, f"second HELP of {name}"
            helps.add(name)
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert all(name != family.name for family in families), f"second TYPE of {name}"
            families.append(Family(name, kind, []))
        else:
            sample = parse_sample(line)
            family = families[-1]
            assert sample.name in {family.name + suffix for suffix in SUFFIXES[family.type]}, line
            family.samples.append(sample)
    return families


def duplicates(families: list[Family]) -> list:
    """Samples that stand there twice; client_python's parser lets them pass."""
    seen, twice = set(), []
    for family in families:
        for sample in family.samples:
            key = (sample.name, frozenset(sample.labels))
            if key in seen:
                twice.append(key)
            seen.add(key)
    return twice


def shape(families: list[Family]) -> set:
    """What dashboards depend on: {(sample name, type, label names, le)}, and each family by itself."""
    out = {(family.name, family.type) for family in families}
    for family in families:
        for sample in family.samples:
            names = tuple(name for name, _ in sample.labels)
            assert list(names) == sorted(names), f"labels out of order: {sample}"
            out.add((sample.name, family.type, names, dict(sample.labels).get("le")))
    return out


def histogram_faults(families: list[Family]) -> list[str]:
    """Histograms without +Inf, with falling buckets, or whose +Inf is not their count."""
    faults = []
    for family in families:
        if family.type != "histogram":
            continue
        children = {}
        for sample in family.samples:
            rest = tuple(label for label in sample.labels if label[0] != "le")
            children.setdefault(rest, []).append(sample)
        for labels, samples in children.items():
            buckets = [s for s in samples if s.name.endswith("_bucket")]
            bounds = [float(dict(s.labels)["le"].replace("Inf", "inf")) for s in buckets]
            counts = [float(s.value) for s in buckets]
            count = [float(s.value) for s in samples if s.name.endswith("_count")]
            if bounds != sorted(set(bounds)) or counts != sorted(counts):
                faults.append(f"{family.name}{labels}: buckets out of order")
            if dict(buckets[-1].labels)["le"] != "+Inf" or count != counts[-1:]:
                faults.append(f"{family.name}{labels}: +Inf and count differ")
    return faults
