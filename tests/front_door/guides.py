"""The commands of a guide: ```console blocks, `$ COMMAND` and below it what it prints, with … for what differs."""

import re
import shlex
from dataclasses import dataclass, field


@dataclass
class Step:
    """One command and the lines that it is to print."""

    command: str
    lines: list = field(default_factory=list)

    def fits(self, printed):
        pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", "\n".join(self.lines)))
        return re.fullmatch(pattern, printed.rstrip("\n")) is not None


def steps(path):
    """All commands of the file, in order."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", path.read_text(), re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:]))
            else:
                found[-1].lines.append(line)
    return found


def serve_arguments(command):
    """The flags behind `dss serve`; None for other commands."""
    words = shlex.split(command)
    return words[2:] if words[:2] == ["dss", "serve"] else None
