"""What load/fleet can be told, and the setting that it makes of it."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from load.simulation import sizing, stories
from load.simulation.autoscaler import Spec
from load.simulation.parameters import SERVICES, Prices, Shape, Times

STORIES = ("burst", "node-loss", "wave")
ROOT = Path(__file__).resolve().parents[2]


def parse(description: str, arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="load/fleet", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("what", choices=["sizing", *STORIES, "variants", "all"], metavar="WHAT")
    add("--model", choices=sorted(SERVICES), default="bert", help="of the stories (%(default)s)")
    add("--rate", type=float, default=10_000, help="requests/s of a story, before anything happens (%(default)s)")
    add("--rates", type=float, nargs="+", default=[100, 1_000, 10_000, 1_000_000], help="of sizing")
    add("--service-us", type=float, help="µs of one core for a request, instead of what was measured")
    add("--variation", type=float, help="coefficient of variation of the service time; 0 constant, 1 exponential")
    add("--cores", type=int, default=Shape.cores, help="of a pod (%(default)s)")
    add("--target", type=float, default=Spec.cpu, help="CPU utilisation the autoscaler aims at (%(default)s)")
    add("--min-replicas", type=int, default=Spec.minimum, help="(%(default)s)")
    add("--max-replicas", type=int, default=Spec.maximum, help="(%(default)s; raised with a message if too few)")
    add("--cpu-alone", action="store_true", help="without the metric dss_queue_depth")
    add("--metric-lag", type=float, default=0, help="seconds before a reading reaches the autoscaler (%(default)s)")
    add("--schedule", type=float, default=Times.schedule, help="seconds until a pod has its node (%(default)s)")
    add("--pull", type=float, default=Times.pull, help="seconds to fetch the image (%(default)s)")
    add("--room", type=int, help="pods that fit on the nodes there are (no limit)")
    add("--new-node", type=float, default=Times.node, help="seconds until there is another node (%(default)s)")
    add("--toleration", type=float, default=Times.toleration, help="tolerationSeconds of the pods (%(default)s)")
    add("--detect", type=float, default=Times.detect, help="seconds until balancers leave dead pods out (%(default)s)")
    add("--factor", type=float, default=5, help="of the burst (%(default)s)")
    add("--lost", type=int, default=2, help="pods on the node that is lost (%(default)s)")
    add("--balancing", choices=["least-connections", "round-robin"], default="least-connections", help="(%(default)s)")
    add("--batch", type=float, default=1, help="requests that come at one moment, on average: 1 is Poisson")
    add("--engine", choices=["auto", "requests", "fluid"], default="auto", help="(%(default)s)")
    add("--requests", type=float, default=1e6, help="most requests that are simulated one by one (%(default)g)")
    add("--core-hour", type=float, default=Prices.core_hour, help="price of a vCPU-hour: an assumption (%(default)s)")
    add("--gibibyte-hour", type=float, default=Prices.gibibyte_hour, help="and of a GiB-hour (%(default)s)")
    add("--runs", type=int, default=3, help="of each variant, with other seeds (%(default)s)")
    add("--seed", type=int, default=1, help="(%(default)s)")
    add("--out", type=Path, default=ROOT / "build/fleet", help="(build/fleet)")
    add("--json", action="store_true", help="print JSON instead of tables")
    return parser.parse_args(arguments)


def service_of(arguments: argparse.Namespace, model: str):
    service = SERVICES[model]
    if arguments.service_us:
        service = replace(service, seconds=arguments.service_us * 1e-6)
    return service if arguments.variation is None else replace(service, variation=arguments.variation)


def setting_of(arguments: argparse.Namespace) -> stories.Setting:
    service, shape = service_of(arguments, arguments.model), Shape(cores=arguments.cores)
    peak = arguments.rate * max(arguments.factor, 2)
    needed = sizing.pods_for(peak, service, shape, arguments.target, arguments.min_replicas)
    if needed > arguments.max_replicas:
        print(f"load/fleet: maxReplicas raised from {arguments.max_replicas} to {needed}", file=sys.stderr)
    spec = Spec(
        minimum=arguments.min_replicas,
        maximum=max(arguments.max_replicas, needed),
        cpu=arguments.target,
        queue=None if arguments.cpu_alone or not service.tokens else Spec.queue,
    )
    delays = {name: getattr(arguments, name) for name in ("schedule", "pull", "toleration", "detect")}
    times = Times(node=arguments.new_node, **delays)
    taken = ("factor", "lost", "balancing", "batch", "room", "engine", "seed")
    same = {name: getattr(arguments, name) for name in taken}
    return stories.Setting(
        service, arguments.rate, spec, shape, times, lag=arguments.metric_lag, budget=arguments.requests, **same
    )
