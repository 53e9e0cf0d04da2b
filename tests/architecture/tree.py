"""What the architecture tests look at: the table src/rooms.txt, the sources, and their #include lines."""

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
PRUNED = {
    ".git",
    ".hypothesis",
    ".venv",
    ".venv-train",
    ".deps",
    ".cache",
    "build",
    "node_modules",
    "third_party",
    "__pycache__",
    "_vendor",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')

TEST_FRAMEWORKS = ("gtest/", "gmock/", "rapidcheck", "benchmark/")
POSIX_FOLDERS = ("sys/", "linux/", "net/", "netinet/", "arpa/", "asm/")
POSIX_HEADERS = frozenset(
    "cpuid fcntl immintrin arm_neon netdb poll pthread pwd sched signal spawn stdint syslog termios "
    "time unistd getopt malloc dirent dlfcn execinfo locale math string stdio stdlib errno ctype langinfo".split()
)


@dataclass
class Rooms:
    """src/rooms.txt: `room NAME: ROOM...` and `third-party PREFIX: ROOM...`."""

    includes: dict = field(default_factory=dict)
    third_party: dict = field(default_factory=dict)
    repeated: list = field(default_factory=list)


def parse_rooms(text):
    rooms = Rooms()
    for line in text.splitlines():
        match = re.match(r"(room|third-party)\s+(\S+?)\s*:(.*)", line)
        if not match:
            continue
        table = rooms.includes if match[1] == "room" else rooms.third_party
        if match[2] in table:
            rooms.repeated.append(match[2])
        table[match[2]] = match[3].split()
    return rooms


def load_rooms():
    return parse_rooms((SOURCES / "rooms.txt").read_text(encoding="utf-8"))


def files(folder, *suffixes):
    """All files below a folder with one of the suffixes, without what is generated or another's."""
    for path in sorted(folder.iterdir()):
        if path.name in PRUNED:
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from files(path, *suffixes)
        elif path.suffix in suffixes:
            yield path


def is_test(path):
    """foo_test.cc, foo_bench.cc, and what only they include: test_foo.h."""
    return path.stem.endswith(("_test", "_bench")) or path.stem.startswith("test_")


def includes(text):
    """(line number, header, whether it stood in quotes) of every #include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] or match[2], match[1] is not None


def is_system_header(header):
    """Of the C++ library, POSIX, Linux or the compiler; those need no line in the table."""
    if "/" in header:
        return header.startswith(POSIX_FOLDERS)
    return "." not in header or header.removesuffix(".h") in POSIX_HEADERS


def reachable(rooms, room):
    """The rooms below a room, at any distance: its tests may make what those need."""
    found, waiting = set(), [room]
    while waiting:
        for below in rooms.includes.get(waiting.pop(), []):
            if below not in found:
                found.add(below)
                waiting.append(below)
    return found


def include_fault(rooms, room, header, quoted, in_test):
    """Why a file of that room may not include that header, or None."""
    if in_test and header.startswith(TEST_FRAMEWORKS):
        return None
    owners = [prefix for prefix in rooms.third_party if header.startswith(prefix)]
    if owners:
        allowed = rooms.third_party[max(owners, key=len)]
        return None if room in allowed else f"<{header}> belongs to {', '.join(allowed)}, not to {room}"
    if not quoted:
        return None if is_system_header(header) else f"<{header}> has no third-party line in src/rooms.txt"
    target = header.split("/")[0]
    if "/" not in header or target not in rooms.includes:
        return f'"{header}" does not begin with the name of a room'
    allowed = reachable(rooms, room) if in_test else rooms.includes[room]
    if target != room and target not in allowed:
        return f"{room} may not include {target}"
    return None


def find_cycle(graph):
    """A list of rooms that leads back to its first, or None."""
    done = set()

    def walk(room, path):
        if room in path:
            return path[path.index(room) :] + [room]
        if room in done:
            return None
        for next_room in graph.get(room, []):
            cycle = walk(next_room, path + [room])
            if cycle:
                return cycle
        done.add(room)
        return None

    for room in graph:
        cycle = walk(room, [])
        if cycle:
            return cycle
    return None
