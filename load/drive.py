"""One scenario against a server of its own, and its report."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from load import analysis, bodies, checks, evidence, generator, output, report, scenarios, timeline
from load.analysis import Summary
from load.answers import NOT_SENT, Run
from load.evidence import Evidence
from load.server import Scrape, Server


@dataclass(frozen=True)
class Options:
    model: str
    scale: float
    time_scale: float
    generator: str
    connections: int
    out: Path


@dataclass(frozen=True)
class Measured:
    run: Run
    scrapes: list[Scrape]  # the first before the first request, the last after the last answer

    @property
    def parts(self) -> list[Summary]:
        every = zip(self.run.parts, self.run.segments, strict=True)
        return [analysis.summarise(answers, segment) for answers, segment in every]


def warm(server: Server, options: Options, mixed: str) -> None:
    """A second of calm traffic, which fills the caches."""
    generator.ours(server.port, bodies.documents(options.model, mixed), [(50.0, 1.0)], generator.cores()[1])


def measure(server: Server, options: Options, mixed: str, segments: list) -> Measured:
    documents = bodies.documents(options.model, mixed)
    before = server.scrape()
    run = generator.attack(options.generator, server.port, documents, segments, options.connections)
    after = server.scrape()
    return Measured(run, [one for one in server.scrapes if before.at <= one.at <= after.at])


def way(server: Server, options: Options, segments: list) -> float:
    """Seconds of a request's time, at about the mean rate, that are not the server's."""
    rate = min(2000.0, max(20.0, mean_segment(segments)[0]))
    return generator.way(options.generator, server.port, generator.cores()[1], rate)


def facts(chosen: scenarios.Scenario, options: Options, knee: float, found: Measured, seen: Evidence) -> list[str]:
    means = evidence.stages(found.scrapes[0], found.scrapes[-1])
    lines = [
        f"{chosen.title}; model {options.model}; rates × {options.scale:g}"
        + (f" × the knee, {knee:.0f}/s" if chosen.of_knee else "")
        + f"; durations ÷ {options.time_scale:g}, the hardest part {chosen.least:g} s at least. {output.machine()}.",
        f"What limits it: {evidence.bottleneck(seen)}.",
        evidence.stages_in_words(means),
        f"Generator: {options.generator}, {options.connections} connections at most, its core "
        f"{seen.generator_busy:.0%} busy. The server has no cache.",
    ]
    if options.generator == "vegeta":
        lines.append("vegeta pauses between parts, and does not tell whether a refusal had Retry-After.")
    dropped = int((found.run.whole.status == NOT_SENT).sum())
    if options.generator == "k6" and dropped:
        lines.append(f"k6 dropped {dropped} iterations: they count as never sent. --generator ours sends more.")
    return lines


def write(chosen: scenarios.Scenario, options: Options, knee: float, found: Measured, verdicts: list) -> list[str]:
    """The report's files; what was found, in words."""
    out = options.out / options.model
    out.mkdir(parents=True, exist_ok=True)
    run, parts = found.run, found.parts
    seen = evidence.gather(run, parts, found.scrapes)
    said = facts(chosen, options, knee, found, seen)
    named = zip(run.segments, parts, strict=True)
    rows = [{"part": f"{rate:.0f}/s for {seconds:g} s", **output.row_of(part)} for (rate, seconds), part in named]
    seconds = timeline.joined(run, found.scrapes)
    title = f"{chosen.number}. {chosen.name}, {options.model}"
    # Behind an overload a rate's figures tell of what was before it.
    curves = [] if chosen.overload else output.by_rate(parts)
    page = report.page(title, said, verdicts, rows, output.plots(seconds) + curves)
    (out / f"{chosen.name}.html").write_text(page, encoding="utf-8")
    output.write_table(out / f"{chosen.name}.csv", rows)
    output.write_table(out / f"{chosen.name}.seconds.csv", seconds)
    output.write_json(out / f"{chosen.name}.annotations.json", output.annotations(run, chosen.name, options.model))
    figures = {
        "scenario": dataclasses.asdict(chosen),
        "model": options.model,
        "scale": options.scale,
        "time_scale": options.time_scale,
        "generator": options.generator,
        "connections": options.connections,
        "machine": output.machine(),
        "knee": knee if chosen.of_knee else None,
        "evidence": dataclasses.asdict(seen),
        "limit": evidence.bottleneck(seen),
        "stages_seconds": evidence.stages(found.scrapes[0], found.scrapes[-1]),
        "checks": [{"holds": bool(fine), "what": what} for fine, what in verdicts],
        "parts": [dataclasses.asdict(part) for part in parts],
    }
    output.write_json(out / f"{chosen.name}.json", figures)
    return said


def drive(chosen: scenarios.Scenario, options: Options, knee: float | None) -> bool:
    """Whether all holds that must."""
    segments = scenarios.segments(chosen, options.scale, options.time_scale, knee or 0)
    with Server(generator.cores()[0]) as server:
        warm(server, options, chosen.mixed)
        before = way(server, options, segments)
        found = measure(server, options, chosen.mixed, segments)
        # It changes with whatever else the machine does: the dearer of both counts.
        outside = max(before, way(server, options, segments))
    reference = (knee or 0) * options.scale
    verdicts = checks.all_of(chosen, found.run, found.parts, found.scrapes, options.model, reference, outside)
    said = write(chosen, options, reference, found, verdicts)
    whole = analysis.summarise(found.run.whole, mean_segment(segments))
    figures = ", ".join(f"{name} {value}" for name, value in output.row_of(whole).items())
    print(f"{chosen.number}. {chosen.name}, {options.model}: {figures}\n  {said[1]}")
    for fine, what in verdicts:
        print(f"  {'holds' if fine else 'DOES NOT HOLD'}: {what}", flush=True)
    return all(fine for fine, _ in verdicts)


def mean_segment(segments: list) -> tuple[float, float]:
    """One segment as long as all together, at their mean rate."""
    seconds = sum(length for _, length in segments)
    return sum(rate * length for rate, length in segments) / seconds, seconds
