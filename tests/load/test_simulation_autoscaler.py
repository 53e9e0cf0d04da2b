"""The autoscaler against cases computed by hand from the rules of kube-controller-manager."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load.simulation.autoscaler import Autoscaler, Policy, Rules, Seen, Spec, wanted

ROOT = Path(__file__).resolve().parents[2]
CPU_ALONE = Spec(queue=None)


def cpu(*values, unready=0, missing=0):
    return [*(Seen(v) for v in values), *[Seen(None)] * missing, *[Seen(None, unready=True)] * unready]


@pytest.mark.parametrize(
    ("seen", "current", "expected"),
    [
        (cpu(0.65, 0.65), 2, 2),
        (cpu(0.71, 0.71), 2, 2),  # 1.09 of the target: within the tolerance
        (cpu(0.72, 0.72), 2, 3),  # 1.108 × 2
        (cpu(1.0, 1.0, 1.0, 1.0), 4, 7),  # 1.54 × 4
        (cpu(0.1, 0.1, 0.1, 0.1), 4, 1),
        (cpu(1.0, 1.0, unready=2), 4, 4),  # with those at 0: 0.77, which would turn the direction
        (cpu(1.0, 1.0, 1.0, unready=1), 4, 5),  # 0.75 / 0.65 × 4
        (cpu(0.3, 0.3, unready=2), 4, 1),  # scaling down ignores them: 0.46 × 2
        (cpu(1.0, 1.0, missing=2), 4, 4),  # missing ones count 0 when scaling up
        (cpu(0.3, 0.3, missing=2), 4, 4),  # and the whole request when scaling down: 0.65
        (cpu(0.1, 0.1, 0.1, missing=1), 4, 2),  # 0.325 / 0.65 × 4
        (cpu(missing=2), 2, None),
    ],
)
def test_replicas_by_one_metric(seen, current, expected):
    assert wanted(current, seen, 0.65, 1.0, 0.1) == expected


def test_the_metric_that_wants_more_wins():
    full = [Seen(32000.0)] * 4
    assert Autoscaler(Spec()).decide(0, 4, cpu(1, 1, 1, 1), full) == 8  # 16 wanted, 8 the limit of 15 s
    assert Autoscaler(Spec()).decide(0, 4, cpu(1, 1, 1, 1), [Seen(0.0)] * 4) == 7


def test_cpu_counts_in_whole_per_cents():
    assert Autoscaler(CPU_ALONE).decide(0, 10, cpu(*[0.7199] * 10), []) == 10  # 71 %, within the tolerance
    assert Autoscaler(CPU_ALONE).decide(0, 10, cpu(*[0.72] * 10), []) == 12


def test_scaling_up_is_limited_to_twice_or_four_more_in_15_seconds():
    scaler = Autoscaler(Spec(maximum=1000))
    flooded = [Seen(1e6)]
    assert scaler.decide(0, 2, cpu(1), flooded) == 6
    assert scaler.decide(10, 6, cpu(1), flooded * 6) == 6, "the same 15 seconds"
    assert scaler.decide(15, 6, cpu(1), flooded * 6) == 12
    assert scaler.decide(30, 12, cpu(1), flooded * 12) == 24


def test_bounds():
    assert Autoscaler(Spec(maximum=5)).decide(0, 4, cpu(1), [Seen(1e6)] * 4) == 5
    scaler = Autoscaler(replace(CPU_ALONE, down=Rules(0, (Policy(100, 15, True),))))
    assert scaler.decide(0, 9, cpu(*[0.01] * 9), []) == 2


def test_scaling_down_waits_300_seconds_and_then_takes_a_quarter_a_minute():
    scaler, replicas, steps = Autoscaler(CPU_ALONE), 20, []
    scaler.decide(0, 20, cpu(*[0.65] * 20), [])
    for now in range(15, 600, 15):
        new = scaler.decide(now, replicas, cpu(*[0.05] * replicas), [])
        if new != replicas:
            steps.append((now, new))
        replicas = new
    assert steps == [(300, 15), (360, 11), (420, 8), (480, 6), (540, 4)]


def test_a_metric_that_cannot_be_read_stops_scaling_down_but_not_up():
    scaler = Autoscaler(replace(Spec(), down=Rules(0, (Policy(100, 15, True),))))
    assert scaler.decide(0, 8, cpu(*[0.1] * 8), [Seen(None)] * 8) == 8
    assert scaler.decide(15, 8, cpu(*[1.0] * 8), [Seen(None)] * 8) == 13


@given(st.integers(2, 20), st.lists(st.floats(0, 3), min_size=1, max_size=20), st.integers(0, 5), st.integers(0, 5))
def test_a_decision_stays_within_bounds_and_never_against_its_metric(current, values, unready, missing):
    new = Autoscaler(CPU_ALONE).decide(0, current, cpu(*values, unready=unready, missing=missing), [])
    assert 2 <= new <= 20 and abs(new - current) <= max(4, current)
    if max(values) <= 0.65:
        assert new <= current


def test_the_defaults_are_those_of_the_deployment():
    yaml = pytest.importorskip("yaml")
    spec = yaml.safe_load((ROOT / "deploy/k8s/base/hpa.yaml").read_text())["spec"]
    resource, pods = spec["metrics"]
    assert (spec["minReplicas"], spec["maxReplicas"]) == (Spec.minimum, Spec.maximum)
    assert resource["containerResource"]["target"]["averageUtilization"] == round(100 * Spec.cpu)
    assert float(pods["pods"]["target"]["averageValue"]) == Spec.queue
    for ours, theirs in ((Spec.up, spec["behavior"]["scaleUp"]), (Spec.down, spec["behavior"]["scaleDown"])):
        assert ours.window == theirs["stabilizationWindowSeconds"] and theirs.get("selectPolicy", "Max") == "Max"
        policies = [Policy(one["value"], one["periodSeconds"], one["type"] == "Percent") for one in theirs["policies"]]
        assert list(ours.policies) == policies
