"""The front door over minutes: what a unit test is too short for. Prints figures; fails when a promise is broken.

soak.py restarts [--times 20]          reloads and restarts under load
soak.py slow-clients [--seconds 75]    500 slow clients beside normal ones
soak.py connections [--count 10000]    idle connections, many connections
soak.py rude-clients [--seconds 60]    clients that leave, send halves and rubbish, during reloads and restarts
"""

import argparse
import json
import sys

import soak_connections
import soak_restarts
import soak_rude_clients
import soak_slow_clients


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run, option, default in (
        ("restarts", soak_restarts.run, "times", 20),
        ("slow-clients", soak_slow_clients.run, "seconds", 75),
        ("connections", soak_connections.run, "count", 10_000),
        ("rude-clients", soak_rude_clients.run, "seconds", 60),
    ):
        command = commands.add_parser(name)
        command.add_argument(f"--{option}", type=int, default=default, dest="size")
        command.set_defaults(run=run)
    arguments = parser.parse_args()
    broken = 0
    for what, figures, holds in arguments.run(arguments.size):
        broken += not holds
        print(f"{'holds ' if holds else 'BROKEN'} {what}: {json.dumps(figures)}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
