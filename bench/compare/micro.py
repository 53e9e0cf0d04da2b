"""Google Benchmark programs of two builds, run in turns."""

import json
import re
import subprocess

from verdict import Comparison

# Several threads and very long texts tell more of the machine than of the code.
LEFT_OUT = re.compile(r"threads:[2-9]|/100000|FetchAdd|Locked|lower_case_only")
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def times_of(output):
    """{name: CPU time in ns} of a program's JSON."""
    return {
        run["name"]: run["cpu_time"] * NANOSECONDS[run["time_unit"]]
        for run in json.loads(output)["benchmarks"]
        if not run.get("error_occurred") and not LEFT_OUT.search(run["name"])
    }


def names_of(program):
    if not program.exists():
        return []
    listed = subprocess.check_output([program, "--benchmark_list_tests"], text=True, stderr=subprocess.DEVNULL)
    return [name for name in listed.split() if not LEFT_OUT.search(name)]


def run_once(program, names, core):
    exact = "|".join(f"^{re.escape(name)}$" for name in names)
    command = [program, f"--benchmark_filter={exact}", "--benchmark_format=json", "--benchmark_min_time=0.03"]
    output = subprocess.check_output(["taskset", "-c", str(core), *map(str, command)], stderr=subprocess.DEVNULL)
    return times_of(output)


def compare(base, head, rooms, rounds, core, only=None):
    """`base` and `head`: build folders. `only`: names `room: benchmark`, all when None."""
    comparisons = []
    for room in rooms:
        programs = [folder / "src" / room / f"bench_{room}" for folder in (base, head)]
        common = set(names_of(programs[0])) & set(names_of(programs[1]))
        names = [name for name in names_of(programs[1]) if name in common]
        if only is not None:
            names = [name for name in names if f"{room}: {name}" in only]
        if not names:
            continue
        taken = ([], [])
        for number in range(rounds):
            for side in (0, 1) if number % 2 == 0 else (1, 0):
                taken[side].append(run_once(programs[side], names, core))
        for name in names:
            base_times, head_times = (tuple(times[name] for times in side) for side in taken)
            comparisons.append(Comparison(f"{room}: {name}", "ns", base_times, head_times))
    return comparisons
