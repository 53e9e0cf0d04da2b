"""The set-up: what counts as missing, what is said when it cannot be had, and what unpacking mends."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted((ROOT / "tools").glob("packages-*.txt"))


def bash(script, path="", **environment):
    """Runs a script that begins by sourcing setup.sh; programs in the folder `path` hide the system's."""
    settings = dict(os.environ, DSS_TOOL="here", **environment)
    settings.pop("SKIP_SETUP", None)
    settings["PATH"] = f"{path}:{settings['PATH']}" if path else settings["PATH"]
    command = ["bash", "-c", f"set -euo pipefail; . {ROOT}/tools/setup.sh; {script}"]
    return subprocess.run(command, capture_output=True, text=True, env=settings, stdin=subprocess.DEVNULL)


def program(folder, name, text):
    path = folder / name
    path.write_text(f"#!/bin/bash\n{text}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_lists_are_well_formed(path):
    line = re.compile(r"[a-z0-9][a-z0-9.+-]*(\s+or:\S+)?(\s+unpack)?")
    for text in path.read_text().splitlines():
        text = text.split("#")[0].strip()
        assert not text or line.fullmatch(text), text


def test_a_daemon_is_never_installed():
    for path in LISTS:
        for line in path.read_text().splitlines():
            if re.match(r"(nginx|prometheus)\b", line):
                assert line.split()[-1] == "unpack", f"{path.name}: {line}"


def test_missing_are_those_neither_installed_nor_replaced_by_a_command(tmp_path):
    program(tmp_path, "dpkg-query", "echo 'installed=g++ deinstall=cmake '")
    program(tmp_path, "git", "true")
    script = "package_lines() { printf '%s\\n' g++ cmake 'git or:git' 'nothing or:no-such-command unpack'; }"
    found = bash(f'{script}; find_missing run; echo "${{MISSING[*]}} / ${{MISSING_UNPACK[*]}}"', tmp_path)
    assert found.stdout == "cmake / nothing\n"


def test_says_so_when_this_is_not_debian():
    shown = bash('command() { [ "$2" != dpkg-query ]; }; setup_is_fresh() { false; }; setup_packages run')
    assert shown.returncode == 1
    assert "not Debian" in shown.stderr and "SKIP_SETUP=1" in shown.stderr and "libicu-dev" in shown.stderr
    assert shown.stdout == ""


def test_a_locked_apt_is_tried_again(tmp_path):
    program(tmp_path, "sleep", "true")
    counter = tmp_path / "count"
    third = f'echo x >>{counter}; [ "$(wc -l <{counter})" = 3 ]'
    program(tmp_path, "flaky", f'{third} || {{ echo "E: Could not get lock"; exit 100; }}')
    shown = bash("apt_retry flaky && echo done", tmp_path)
    assert shown.stdout == "done\n"
    assert shown.stderr.count("trying again") == 2


def test_a_fault_that_stays_is_shown_at_once(tmp_path):
    program(tmp_path, "broken", "echo 'E: no such thing'; exit 100")
    shown = bash("apt_retry broken || echo given up", tmp_path)
    assert shown.stdout == "given up\n"
    assert "no such thing" in shown.stderr and "trying again" not in shown.stderr


def test_without_a_network_the_error_names_cause_and_cure(tmp_path):
    program(tmp_path, "sleep", "true")
    program(tmp_path, "apt-get", "echo 'Err: Temporary failure resolving'; exit 100")
    program(tmp_path, "apt-cache", "true")
    shown = bash("APT_PREFIX=(); apt_install g++", tmp_path)
    assert shown.returncode == 1
    assert "Temporary failure" in shown.stderr and "is the network up" in shown.stderr


def test_what_would_remove_a_package_is_unpacked_instead(tmp_path):
    program(tmp_path, "apt-cache", "echo '  Candidate: 1.81'")
    program(tmp_path, "apt-get", '[[ "$*" != "-s "*libboost* ]] || echo "Remv libboost1.74-dev [1.74]"')
    unpack = 'unpack_packages() { echo "unpacked: $*"; }'
    shown = bash(f"APT_PREFIX=(); {unpack}; apt_install g++ libboost1.81-dev", tmp_path)
    assert shown.stdout == "unpacked: libboost1.81-dev\n", shown.stderr
    assert "libboost1.81-dev would remove libboost1.74-dev" in shown.stderr
    assert "installing with apt: g++\n" in shown.stderr


def test_unpacked_links_and_linker_scripts_point_to_where_the_files_are(tmp_path):
    libraries = tmp_path / "usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    (libraries / "libz.so.1").write_bytes(b"library")
    (libraries / "libc_nonshared.a").write_bytes(b"archive")
    (libraries / "absolute.so").symlink_to("/usr/lib/x86_64-linux-gnu/libz.so.1")
    (libraries / "system.so").symlink_to("libc.so.6")
    (libraries / "libc.so").write_text("GROUP ( /lib/none/libc.so.6 /usr/lib/x86_64-linux-gnu/libc_nonshared.a )\n")
    shown = bash(f"DSS_DEPS={tmp_path}; multiarch() {{ echo x86_64-linux-gnu; }}; mend_links; mend_linker_scripts")
    assert shown.returncode == 0, shown.stderr
    assert (libraries / "absolute.so").resolve() == libraries / "libz.so.1"
    assert (libraries / "libc.so").read_text() == f"GROUP ( /lib/none/libc.so.6 {libraries}/libc_nonshared.a )\n"
    if Path("/lib/x86_64-linux-gnu/libc.so.6").exists():
        assert (libraries / "system.so").exists()


def test_the_compiler_is_wrapped_only_where_it_must_look_into_what_is_unpacked(tmp_path):
    """Else a daemon that is unpacked for the tests would leave its place in the program that ships."""
    (tmp_path / ".unpacked").mkdir()
    for folder, expected in (("usr/sbin", ""), ("usr/include", f"{tmp_path}/bin")):
        (tmp_path / folder).mkdir(parents=True)
        shown = bash(f'DSS_DEPS={tmp_path}; write_compiler_wrappers; use_unpacked; echo "${{PATH%%:*}}"; type -P g++')
        assert shown.returncode == 0, shown.stderr
        first, compiler = shown.stdout.split()
        assert (first == expected) == bool(expected) and compiler.startswith(str(tmp_path)) == bool(expected)


def test_a_full_disk_is_named_as_such(tmp_path):
    log = tmp_path / "log"
    log.write_text("fatal error: error writing to /tmp/x.s: No space left on device\n")
    shown = bash(f". {ROOT}/tools/build.sh; build_failed {log} 'the build of release failed'")
    assert shown.returncode == 1
    assert "the disk is full" in shown.stderr and "make room" in shown.stderr


def test_a_missing_compiler_is_named_as_such(tmp_path):
    log = tmp_path / "log"
    log.write_text("CMake Error: CMAKE_CXX_COMPILER not set, after EnableLanguage\n")
    shown = bash(f". {ROOT}/tools/build.sh; build_failed {log} 'CMake could not configure release'")
    assert "no C++ compiler" in shown.stderr and "apt-get install g++" in shown.stderr
