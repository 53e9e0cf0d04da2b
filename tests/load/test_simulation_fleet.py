"""The fleet: nothing is lost in the counting, pods come and go as they should, both engines say the same."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from load.simulation import stories
from load.simulation.arrivals import burst, steady
from load.simulation.autoscaler import Spec
from load.simulation.cluster import Cluster
from load.simulation.fluid import Fluid
from load.simulation.parameters import SERVICES, Service, Shape, Times
from load.simulation.requests import Requests
from load.simulation.timeline import Timeline

BERT = SERVICES["bert"]
SLOW = Service("slow", 0.1, 0.5, 20, 1000)  # 10 requests/s on a core
SMALL = stories.Setting(BERT, 10_000, budget=1.5e5)


TIMES, SPEC, CALM = Times(), Spec(), steady(30)


def cluster(engine=Requests, rate=CALM, replicas=2, times=TIMES, spec=SPEC, **options):
    of_engine = {name: options.pop(name) for name in ("balancing", "batch", "seed", "weight") if name in options}
    return Cluster(engine(SLOW, Shape(), rate, Timeline(), **of_engine), spec, Shape(), times, replicas, **options)


def counted(one: Cluster) -> float:
    timeline = one.engine.timeline
    return sum(timeline.total(name) for name in ("answered", "refused", "failed")) + one.engine.in_flight()


@settings(max_examples=60, deadline=None)
@given(
    engine=st.sampled_from([Requests, Fluid]),
    rate=st.floats(0, 200),
    factor=st.floats(0, 6),
    replicas=st.integers(1, 5),
    lost=st.integers(0, 6),
    balancing=st.sampled_from(["round-robin", "least-connections"]),
    batch=st.sampled_from([1, 7]),
    readiness=st.sampled_from([None, 0.5]),
    until=st.floats(1, 150),
    seed=st.integers(0, 1000),
)
def test_arrivals_are_answered_refused_failed_or_in_flight(
    engine, rate, factor, replicas, lost, balancing, batch, readiness, until, seed
):
    times = Times(unreachable=10, toleration=20)
    one = cluster(
        engine,
        burst(rate, factor, 20, 60),
        replicas,
        times,
        balancing=balancing,
        batch=batch,
        seed=seed,
        readiness=readiness,
    )
    one.at(30.0, lambda: one.lose_node(lost))
    one.run(until)
    assert counted(one) == pytest.approx(one.engine.timeline.total("offered"), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("story", ["burst", "node-loss"])
def test_the_same_seed_gives_the_same_result_and_another_one_does_not(story):
    first, again, other = (stories.play(story, replace(SMALL, seed=seed)) for seed in (4, 4, 5))
    assert first == again
    assert first.rows != other.rows


@pytest.mark.parametrize("story", ["burst", "node-loss"])
def test_the_fluid_agrees_with_single_requests(story):
    """Refusals within 1.5 % of what is sent, replicas and the end of the trouble within one step of either."""
    by_request = stories.play(story, replace(SMALL, engine="requests", budget=6e5))
    fluid = stories.play(story, replace(SMALL, engine="fluid"))
    assert fluid.refused / fluid.offered == pytest.approx(by_request.refused / by_request.offered, abs=0.015)
    assert abs(fluid.replicas_most - by_request.replicas_most) <= 1
    assert abs(fluid.trouble - by_request.trouble) <= 15
    assert fluid.pod_hours == pytest.approx(by_request.pod_hours, rel=0.05)


def test_a_slice_agrees_with_the_whole():
    """One request for 12 against one for 4: what the weight leaves alone, stays. Queues still have 30 places."""
    short = replace(SMALL, rate=2_000, length=60.0, spec=Spec(minimum=1), engine="requests")
    whole = stories.play("burst", replace(short, budget=6e5))
    part = stories.play("burst", replace(short, budget=2e5))
    assert int(part.method.split()[-1]) >= 3 * int(whole.method.split()[-1])
    assert part.refused / part.offered == pytest.approx(whole.refused / whole.offered, abs=0.015)
    assert abs(part.replicas_most - whole.replicas_most) <= 1


def test_a_new_pod_answers_after_its_start_and_not_before():
    one = cluster(rate=steady(300), times=Times(schedule=5, pull=20))
    decided = next(at for at in range(1, 60) if (one.run(at), one.replicas > 2)[1])
    wanted = one.replicas
    one.run(decided + one.times.ready() - 2)
    assert len(one._ready()) == 2
    one.run(decided + one.times.ready() + 1)
    assert len(one._ready()) == wanted


def test_pods_without_room_wait_for_a_node():
    one = cluster(rate=steady(300), room=3, phase=0.9)
    one.run(80)
    assert len(one._ready()) == 3 < one.replicas
    one.run(80 + one.times.node)
    assert len(one._ready()) > 3


def test_scaling_down_loses_nothing():
    one = cluster(rate=burst(30, 6, 0, 60), replicas=10)
    one.run(700)
    assert one.replicas < 10
    assert one.engine.timeline.total("failed") == 0


@pytest.mark.parametrize("engine", [Requests, Fluid])
def test_a_lost_node_costs_what_it_was_given_until_it_is_noticed(engine):
    one = cluster(
        engine, steady(30), 3, Times(detect=10, toleration=300), balancing="round-robin", spec=Spec(maximum=3)
    )
    one.at(60.0, lambda: one.lose_node(1))
    one.run(300)
    assert one.engine.timeline.total("failed") == pytest.approx(30 * 10 / 3, abs=25)
    assert len(one._ready()) == 2, "the taint is tolerated for five minutes"
    one.run(60 + 350 + 15)
    assert len(one._ready()) == 3


def test_least_connections_soon_avoids_a_pod_that_hangs():
    lost = {}
    for balancing in ("round-robin", "least-connections"):
        one = cluster(rate=steady(30), replicas=3, balancing=balancing, spec=Spec(maximum=3))
        one.at(60.0, lambda one=one: one.lose_node(1))
        one.run(90)
        lost[balancing] = one.engine.timeline.total("failed")
    assert lost["least-connections"] < lost["round-robin"] / 3


@pytest.mark.parametrize("engine", [Requests, Fluid])
def test_with_nobody_to_ask_everything_fails(engine):
    one = cluster(engine, steady(20), 2, spec=Spec(maximum=2))
    one.at(0.0, lambda: one.lose_node(2))
    one.run(60)
    timeline = one.engine.timeline
    assert timeline.total("failed") == pytest.approx(timeline.total("offered"))


def test_cpu_alone_sees_no_reason_to_replace_a_lost_node():
    """Pods that are missing count as idle, so the load of the others looks bearable on average."""
    alone = replace(SMALL, spec=Spec(queue=None))
    assert stories.play("node-loss", alone).replicas_most == 4
    assert stories.play("node-loss", SMALL).replicas_most > 4


def test_a_readiness_that_looks_at_the_queue_takes_pods_out_of_a_full_fleet():
    ready, looking = (stories.play("burst", replace(SMALL, readiness=part)) for part in (None, 0.8))
    assert ready.failed == 0
    assert looking.failed > 0.01 * looking.offered
    assert min(row["ready"] for row in looking.rows) == 0


@pytest.mark.parametrize("engine", ["requests", "fluid"])
@pytest.mark.parametrize("story", ["burst", "node-loss"])
def test_no_pod_works_more_than_all_the_time(story, engine):
    busy = [row["busy"] for row in stories.play(story, replace(SMALL, engine=engine)).rows]
    assert 0.95 < max(busy) < 1.15, "what a bin answers was begun in the one before it, in part"


def test_a_day_follows_its_wave():
    day = stories.play("wave", stories.Setting(BERT, 10_000))
    noon, midnight = day.rows[len(day.rows) // 2], day.rows[0]
    assert (midnight["replicas"], noon["replicas"]) == (2, 7)
    assert day.refused == 0
    assert 24 * 2 < day.pod_hours < 24 * 7
