"""Which package a file belongs to, where packages are only unpacked: the record that the set-up leaves."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.debian_packages import UnknownOwner, owning_packages  # noqa: E402


@pytest.fixture
def deps(tmp_path):
    """A folder like .deps/ with one package in it, unpacked and recorded by the set-up's own functions."""
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: libnice-dev\nVersion: 1:2.3+dfsg-4\nArchitecture: all\nMaintainer: A <a@b.c>\nDescription: b\n"
    )
    (tree / "usr/include/nice").mkdir(parents=True)
    (tree / "usr/include/nice/nice.h").write_text("")
    folder = tmp_path / "deps"
    script = 'DSS_DEPS=$1; . "$2/tools/setup_unpack.sh"; dpkg -x "$3" "$1"; record_unpacked "$3"'
    for command in (
        ["dpkg-deb", "--root-owner-group", "--build", tree, tmp_path / "nice.deb"],
        ["bash", "-euo", "pipefail", "-c", script, "unpack", folder, ROOT, tmp_path / "nice.deb"],
    ):
        subprocess.run(command, check=True, capture_output=True)
    return folder


def test_an_unpacked_file_has_its_package_and_version(deps):
    header = f"{deps}/usr/include/nice/nice.h"
    assert os.path.exists(header)
    assert owning_packages({header}, deps) == {"libnice-dev": "1:2.3+dfsg-4"}


def test_a_file_of_the_system_is_asked_of_dpkg(deps):
    found = owning_packages({"/usr/bin/dpkg", f"{deps}/usr/include/nice/nice.h"}, deps)
    assert set(found) == {"dpkg", "libnice-dev"} and found["dpkg"][0].isdigit()


def test_a_file_of_nobody_is_an_error_and_not_left_out(deps):
    for nobody in (f"{deps}/usr/include/other.h", "/usr/lib/nobody.so.1"):
        with pytest.raises(UnknownOwner, match=os.path.basename(nobody)):
            owning_packages({nobody}, deps)
