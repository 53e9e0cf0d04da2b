"""The counting behind the last line of ./test."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

GTEST = """<testsuites><testsuite name="Utf8">
  <testcase name="A" status="run"/><testcase name="B" status="run"><failure message="no"/></testcase>
  <testcase name="C" status="notrun"/></testsuite></testsuites>"""
GTEST_GOOD = """<testsuites><testsuite name="Utf8"><testcase name="A" status="run"/></testsuite></testsuites>"""
CTEST = """<testsuite name="x">
  <testcase name="unit.base" status="{base}"/><testcase name="other" status="run"/></testsuite>"""
PYTEST = """<testsuites><testsuite>
  <testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite></testsuites>"""


def count(folder):
    command = [sys.executable, ROOT / "tools/count_results.py", folder, "61"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines()[-1]


def make(folder, name, status, **files):
    place = folder / name
    (place / "gtest").mkdir(parents=True)
    (place / "status").write_text(f"{status}\n")
    for path, text in files.items():
        (place / path.replace("__", "/").replace("_xml", ".xml")).write_text(text)


def test_nothing_that_ran_is_a_failure(tmp_path):
    assert count(tmp_path) == (1, "0 passed, 0 failed")


def test_a_plain_check_counts_as_one(tmp_path):
    make(tmp_path, "a", 0)
    assert count(tmp_path) == (0, "1 passed, 0 failed")
    make(tmp_path, "b", 3)
    assert count(tmp_path) == (1, "1 passed, 1 failed")


def test_the_cases_of_a_program_replace_its_ctest_entry(tmp_path):
    make(tmp_path, "unit", 8, ctest_xml=CTEST.format(base="fail"), gtest__test_base_xml=GTEST)
    assert count(tmp_path) == (1, "2 passed, 1 failed, 1 skipped")


def test_a_program_that_crashes_after_its_cases_still_fails(tmp_path):
    make(tmp_path, "unit", 8, ctest_xml=CTEST.format(base="fail"), gtest__test_base_xml=GTEST_GOOD)
    assert count(tmp_path) == (1, "2 passed, 1 failed")


def test_a_program_that_left_no_cases_fails_once(tmp_path):
    make(tmp_path, "unit", 8, ctest_xml=CTEST.format(base="fail"))
    assert count(tmp_path) == (1, "1 passed, 1 failed")


def test_a_pytest_run_that_ends_badly_without_a_failing_case_fails(tmp_path):
    make(tmp_path, "api", 0, pytest_xml=PYTEST)
    assert count(tmp_path) == (0, "1 passed, 0 failed, 1 skipped")
    make(tmp_path, "app", 2, pytest_xml=PYTEST)
    assert count(tmp_path) == (1, "2 passed, 1 failed, 2 skipped")
