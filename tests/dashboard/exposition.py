"""The metrics as client_python reads them, and percentiles computed apart from the page."""

from prometheus_client.parser import text_string_to_metric_families


class Exposition:
    def __init__(self, server, **headers):
        text = server.get("/metrics", headers=headers).text
        self.samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    def sums(self, name, label):
        """{value of the label: sum of the samples}."""
        found = {}
        for sample in self.samples:
            if sample.name == name:
                key = sample.labels.get(label, "")
                found[key] = found.get(key, 0) + sample.value
        return found

    def total(self, name, **labels):
        return sum(
            sample.value for sample in self.samples if sample.name == name and labels.items() <= sample.labels.items()
        )

    def labels(self, name):
        return [sample.labels for sample in self.samples if sample.name == name]

    def quantile(self, q, name):
        """Linear within a bucket, as Prometheus' histogram_quantile."""
        buckets = sorted((float(le), count) for le, count in self.sums(name + "_bucket", "le").items())
        rank = q * buckets[-1][1]
        below, before = 0.0, 0.0
        for bound, count in buckets:
            if count >= rank:
                return below + (bound - below) * (rank - before) / (count - before)
            below, before = bound, count
        raise AssertionError("no bucket holds the rank")
