"""What the compiler and the linker were told to guard, read from the program itself."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("DSS_BINARY", "build/release/dss")


built_for_the_system = pytest.mark.skipif(
    (ROOT / ".deps/usr/include").is_dir(),
    reason="packages are only unpacked here: the program is told to look for its libraries in .deps/",
)


def readelf(*flags, file=BINARY):
    return subprocess.run(["readelf", "-W", *flags, file], check=True, capture_output=True, text=True).stdout


def segments():
    """Name and flags of each program header: [("LOAD", "R E"), …]."""
    row = re.compile(r"^  (\w+) +0x\w+ 0x\w+ 0x\w+ 0x\w+ 0x\w+ ([RWE ]{3}) ", re.MULTILINE)
    return row.findall(readelf("--segments"))


def symbols(undefined, file=BINARY):
    """Names of the dynamic symbols that a file asks for, or that it offers."""
    rows = re.findall(r" (UND|\d+) ([A-Za-z_]\w*)", readelf("--dyn-syms", file=file))
    return {name for section, name in rows if (section == "UND") == undefined}


def c_library():
    loaded = subprocess.run(["ldd", BINARY], check=True, capture_output=True, text=True).stdout
    return re.search(r"libc\.so\S* => (\S+)", loaded).group(1)


@pytest.fixture(scope="module")
def stripped(tmp_path_factory):
    path = tmp_path_factory.mktemp("binary") / "dss"
    subprocess.run(["strip", "-o", path, BINARY], check=True)
    return path.read_bytes()


def test_it_is_loaded_at_another_address_each_time():
    assert "DYN (Position-Independent Executable file)" in readelf("--file-header")
    assert "PIE" in readelf("--dynamic")


def test_what_the_linker_filled_in_is_read_only_afterwards():
    assert "GNU_RELRO" in dict(segments())
    assert re.search(r"FLAGS\).*BIND_NOW", readelf("--dynamic"))


def test_no_memory_is_both_written_and_executed():
    found = segments()
    assert any(name == "LOAD" and "E" in flags for name, flags in found)
    assert dict(found)["GNU_STACK"].strip() == "RW"
    assert not [name for name, flags in found if "W" in flags and "E" in flags]


def test_text_relocations_are_not_needed():
    assert "TEXTREL" not in readelf("--dynamic")


def test_stacks_have_a_guard():
    assert "__stack_chk_fail" in symbols(undefined=True)


def test_calls_of_the_c_library_are_checked_where_sizes_are_known():
    used = symbols(undefined=True)
    checked = {name for name in used if name.startswith("__") and name.endswith("_chk")}
    assert len(checked - {"__stack_chk_fail"}) >= 3, checked
    # The same list read from the library: that a name ends in _chk there is no accident of ours.
    assert checked - {"__stack_chk_fail"} <= symbols(undefined=False, file=c_library())


@built_for_the_system
def test_libraries_are_found_by_the_system_alone():
    assert "RPATH" not in readelf("--dynamic")
    assert "RUNPATH" not in readelf("--dynamic")


@built_for_the_system
def test_the_program_does_not_know_where_it_was_built(stripped):
    assert str(ROOT).encode() not in stripped


def test_release_builds_ask_for_the_guards():
    """Stack clash protection leaves no mark in the file: the command of every source must say it."""
    commands = (BINARY.parent / "compile_commands.json").read_text()
    ours = [line for line in commands.splitlines() if '"command"' in line and "/src/" in line]
    assert len(ours) > 100
    for flag in ("-fstack-clash-protection", "-fstack-protector-strong", "-D_FORTIFY_SOURCE=2"):
        assert all(flag in line for line in ours), flag
