"""bench/checkperf: its verdict, and which revisions it compares."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "compare"))

import builds  # noqa: E402
import micro  # noqa: E402
from verdict import Comparison, merged, table  # noqa: E402


def compare(base, head):
    return Comparison("json: parse", "ns", tuple(base), tuple(head))


def test_equal_times_with_noise_are_not_slower():
    assert not compare([100, 103, 98, 110, 101], [104, 97, 102, 100, 112]).is_slower()


def test_six_percent_in_every_round_is_slower():
    assert compare([100, 102, 99, 101], [106, 108.2, 105.1, 107.2]).is_slower()


def test_four_percent_in_every_round_is_allowed():
    assert not compare([100, 102, 99, 101], [104, 106, 103, 105]).is_slower()


def test_a_difference_within_the_noise_is_not_slower():
    assert not compare([100, 100, 100, 100], [108, 103, 109, 103]).is_slower()


def test_one_lucky_round_of_the_base_is_not_enough():
    assert not compare([100], [104]).is_slower()
    assert not compare([100, 60, 100], [101, 101, 101]).is_slower()


def test_more_rounds_are_added_to_those_of_the_same_name():
    other = Comparison("text: run", "ns", (1,), (1,))
    first, second = merged([compare([100], [120]), other], [compare([100, 100], [100, 100])])
    assert first.base == (100, 100, 100) and first.head == (120, 100, 100)
    assert not first.is_slower() and second == other


def test_the_table_marks_what_is_slower():
    lines = table([compare([100, 100], [120, 120]), compare([100, 100], [90, 90])]).splitlines()
    assert lines[1].endswith("SLOWER") and "1.200" in lines[1]
    assert "SLOWER" not in lines[2] and "0.900" in lines[2]


def test_times_are_in_nanoseconds_and_threads_are_left_out():
    runs = [
        {"name": "parse", "cpu_time": 12.5, "time_unit": "ns"},
        {"name": "scrape", "cpu_time": 3, "time_unit": "us"},
        {"name": "add/threads:2", "cpu_time": 9, "time_unit": "ns"},
    ]
    assert micro.times_of(json.dumps({"benchmarks": runs})) == {"parse": 12.5, "scrape": 3000}


@pytest.fixture
def repository(tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    for number in range(3):
        (tmp_path / "file").write_text(str(number))
        git("add", "file")
        git("commit", "-m", str(number))
    return tmp_path, git


def test_the_base_is_the_commit_before_without_an_origin(repository):
    assert builds.default_base(repository[0]) == "HEAD~1"


def test_the_base_is_where_the_branch_left_the_origin(repository):
    folder, git = repository
    git("update-ref", "refs/remotes/origin/main", "HEAD~2")
    assert builds.default_base(folder) == builds.git("rev-parse", "HEAD~2", root=folder)


def test_a_base_that_is_this_commit_would_compare_nothing(repository):
    folder, git = repository
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert builds.default_base(folder) == "HEAD~1"


def test_the_base_is_checked_out_beside_and_changed_when_another_is_asked_for(repository):
    folder, _ = repository
    base = folder / "build" / "base"
    for revision, content in (("HEAD~1", "1"), ("HEAD~2", "0"), ("HEAD", "2")):
        assert builds.check_out(revision, folder, base) == builds.git("rev-parse", revision, root=folder)
        assert (base / "file").read_text() == content
    assert (folder / "file").read_text() == "2"


def test_an_unknown_revision_is_named_with_the_cure(repository):
    with pytest.raises(SystemExit, match="no revision 'nosuch'"):
        builds.check_out("nosuch", repository[0], repository[0] / "base")
