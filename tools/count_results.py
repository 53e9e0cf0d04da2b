"""Counts what ./test ran: GoogleTest's and pytest's cases one by one, every other check as one.

    count_results.py FOLDER SECONDS

FOLDER holds a folder for each check, with `status` (its exit status) and perhaps gtest/*.xml, ctest.xml or pytest.xml.
The last line is `N passed, N failed`; the exit status is 0 when something ran and nothing failed.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def count_cases(path):
    """The test cases of a JUnit file as GoogleTest, ctest and pytest write it."""
    count = Count()
    for case in ElementTree.parse(path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            count.failed += 1
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            count.skipped += 1
        else:
            count.passed += 1
    return count


def program_of(entry):
    """The GoogleTest program that an entry may stand for: test_text for unit.text, test_http_conformance for
    conformance.http."""
    kind, _, subject = entry.partition(".")
    return f"test_{subject}" if kind == "unit" else f"test_{subject}_{kind}"


def count_ctest(path, gtest_folder):
    """An entry that runs a GoogleTest program counts as that program's cases; every other entry as one."""
    results = {file.stem: count_cases(file) for file in gtest_folder.glob("*.xml") if file.stat().st_size}
    count = sum(results.values(), Count())
    for case in ElementTree.parse(path).iter("testcase"):
        cases = results.get(program_of(case.get("name")))
        failed = case.find("failure") is not None or case.get("status") == "fail"
        if failed:
            count.failed += 1 if cases is None or not cases.failed else 0
        elif cases is None:
            skipped = case.get("status") in ("notrun", "disabled")
            count += Count(skipped=1) if skipped else Count(passed=1)
    return count


def count_check(folder):
    """One check's cases; a failure outside all of them (a crash, a build that broke) counts as one more."""
    status = int((folder / "status").read_text())
    count = Count()
    if (folder / "ctest.xml").exists():
        count = count_ctest(folder / "ctest.xml", folder / "gtest")
    elif (folder / "pytest.xml").exists():
        count = count_cases(folder / "pytest.xml")
    elif status == 0:
        count.passed = 1
    if status != 0 and count.failed == 0:
        count.failed = 1
    return count


def main(root, seconds):
    total = Count()
    failing = []
    print("\n== summary")
    for folder in sorted(root.iterdir(), key=lambda entry: entry.stat().st_ctime):
        if not (folder / "status").exists():
            continue
        count = count_check(folder)
        total += count
        if count.failed:
            failing.append(folder.name)
        skipped = f", {count.skipped} skipped" if count.skipped else ""
        print(f"   {folder.name:<16} {count.passed} passed, {count.failed} failed{skipped}")
    print(f"   in {int(seconds) // 60} min {int(seconds) % 60} s")
    if failing:
        print(f"   failing: {' '.join(failing)}")
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"{total.passed} passed, {total.failed} failed{skipped}")
    return 0 if total.passed and not total.failed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
