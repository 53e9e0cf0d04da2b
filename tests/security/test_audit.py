"""The verdicts of `make audit`, on answers as apt, npm and pip-audit give them."""

import json
import pathlib
import sys
from datetime import UTC, datetime

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.audit import debian, registries  # noqa: E402
from tools.audit.__main__ import report  # noqa: E402
from tools.audit.verdict import Component, Offer, Verdict, exit_status, judge, unseen  # noqa: E402

POLICY = """libssl3:
  Installed: 3.0.19-1~deb12u2
  Candidate: 3.0.22-1~deb12u2
  Version table:
     3.0.22-1~deb12u2 500
        500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
     3.0.20-1~deb12u2 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
 *** 3.0.19-1~deb12u2 100
        100 /var/lib/dpkg/status
libre2-9:
  Installed: 20220601+dfsg-1+b1
  Candidate: 20220601+dfsg-1+b1
  Version table:
 *** 20220601+dfsg-1+b1 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
        100 /var/lib/dpkg/status
local-only:
  Installed: 1
  Candidate: 1
  Version table:
 *** 1 100
        100 /var/lib/dpkg/status
"""

RELEASE = "Label: Debian-Security\nCodename: bookworm-security\nValid-Until: Sat, 28 Nov 2026 00:53:02 UTC\n"


def ships(name, version="1", source="debian"):
    return Component(source, name, version, "ships")


def judged(version, *offers, advisories=()):
    return judge(ships("libssl3", version), offers, debian.newer, advisories)


def test_policy_is_read_with_the_archive_of_each_version():
    offers = debian.read_policy(POLICY)
    assert offers["libssl3"] == [Offer("3.0.22-1~deb12u2", True), Offer("3.0.20-1~deb12u2", False)]
    assert offers["libre2-9"] == [Offer("20220601+dfsg-1+b1", False)]
    assert offers["local-only"] == []


@pytest.mark.parametrize(
    ("version", "verdict", "newest"),
    [
        ("3.0.19-1~deb12u2", Verdict.SECURITY, "3.0.22-1~deb12u2"),
        ("3.0.21-1", Verdict.SECURITY, "3.0.22-1~deb12u2"),
        ("3.0.22-1~deb12u2", Verdict.NEWEST, "3.0.22-1~deb12u2"),
        ("1:1.0", Verdict.NEWEST, "1:1.0"),  # an epoch is newer than any version without one
    ],
)
def test_a_newer_version_in_the_security_archive_is_a_security_update(version, verdict, newest):
    finding = judged(version, *debian.read_policy(POLICY)["libssl3"])
    assert (finding.verdict, finding.newest) == (verdict, newest)


def test_a_newer_version_elsewhere_is_only_behind():
    assert judged("1.0", Offer("1.1")).verdict is Verdict.BEHIND
    assert judged("1.0", Offer("1.1"), Offer("0.9", security=True)).verdict is Verdict.BEHIND


def test_an_advisory_counts_even_where_nothing_newer_is_offered():
    finding = judged("1.0", advisories=["CVE-2026-1"])
    assert finding.verdict is Verdict.SECURITY and "CVE-2026-1" in finding.why


def test_numbers_are_compared_as_numbers():
    assert registries.newer("5.10.0", "5.9.9") and not registries.newer("5.9.0-rc.1", "5.9.0")


def test_exit_status_tells_pending_from_unknown():
    pending, known = judged("1.0", Offer("2", security=True)), judged("2")
    unknown = unseen(ships("libother"), "why")
    assert exit_status([known]) == 0
    assert exit_status([known, judged("1.0", Offer("1.1"))]) == 0
    assert exit_status([known, unknown]) == 2
    assert exit_status([unknown, pending]) == 1
    assert exit_status([unseen(Component("pypi", "numpy", "1", "trains"), "why")]) == 0
    # Without advisories, but of the newest version: there is nothing that could be done.
    assert exit_status([known, unseen(known.component, "no advisories")]) == 0


def test_old_or_missing_lists_of_security_updates_are_said(tmp_path):
    before, after = datetime(2026, 11, 27, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)
    (tmp_path / "main_InRelease").write_text("Codename: bookworm\n")
    assert "no list" in debian.lists_fault(tmp_path, before)
    (tmp_path / "security_InRelease").write_text(RELEASE)
    assert debian.lists_fault(tmp_path, before) == ""
    assert "out of date" in debian.lists_fault(tmp_path, after)
    (finding,) = debian.audit([ships("libssl3")], tmp_path, "out of date")
    assert exit_status([finding]) == 2


def test_silence_of_a_registry_is_not_taken_for_health():
    skipped = {"name": "requests", "skip_reason": "Dependency not found on PyPI and could not be audited"}
    sound = {"name": "numpy", "version": "2.0", "vulns": [{"id": "PYSEC-1"}]}
    answer = json.dumps({"dependencies": [skipped, sound]})
    assert registries.read_pip_audit(answer) == {("numpy", "2.0"): {"PYSEC-1"}}
    assert registries.read_pip_audit("not JSON") == {}
    for refused in (None, "", json.dumps({"message": "405 Method Not Allowed"})):
        assert registries.read_npm_audit(refused, "a") is None
    assert registries.read_npm_audit(json.dumps({"vulnerabilities": {}}), "a") == set()
    faults = {"a": {"via": [{"url": "https://example.org/GHSA-1"}, "b"]}}
    assert registries.read_npm_audit(json.dumps({"vulnerabilities": faults}), "a") == {"https://example.org/GHSA-1"}


def test_the_report_names_what_is_pending_and_what_is_not_looked_at():
    text = report([judged("1.0", Offer("2", security=True)), unseen(ships("libother"), "the network is down")])
    assert "security update ships  debian libssl3 1.0 -> 2 in the security archive" in text
    assert "the network is down" in text
    assert "not looked at:" in text
