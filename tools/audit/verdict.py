"""What is said of one component, and of all: pure, so that tests need no registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """From good to bad."""

    NEWEST = "newest"
    BEHIND = "behind"
    UNSEEN = "not seen"
    SECURITY = "security update"


@dataclass(frozen=True)
class Component:
    """Something that ships, builds or trains. `source`: debian, npm or pypi."""

    source: str
    name: str
    version: str
    role: str


@dataclass(frozen=True)
class Offer:
    """A version that a source has; `security`: it stands in the archive of security updates."""

    version: str
    security: bool = False


@dataclass(frozen=True)
class Finding:
    """A component with what its source offers."""

    component: Component
    verdict: Verdict
    newest: str = ""
    why: str = ""


def judge(
    component: Component, offers: Iterable[Offer], newer: Callable[[str, str], bool], advisories: Iterable[str] = ()
) -> Finding:
    """`newer(a, b)`: is a newer than b? `advisories`: names of known faults in this very version."""
    above = [offer for offer in offers if newer(offer.version, component.version)]
    newest = component.version
    for offer in above:
        newest = offer.version if newer(offer.version, newest) else newest
    if named := ", ".join(sorted(advisories)):
        return Finding(component, Verdict.SECURITY, newest, named)
    if any(offer.security for offer in above):
        return Finding(component, Verdict.SECURITY, newest, "in the security archive")
    return Finding(component, Verdict.BEHIND if above else Verdict.NEWEST, newest)


def unseen(component: Component, why: str) -> Finding:
    """A component whose source could not be asked."""
    return Finding(component, Verdict.UNSEEN, why=why)


def exit_status(findings: Iterable[Finding]) -> int:
    """1: a security update is pending. 2: something that ships could not be looked up and is not the newest. Else 0."""
    kept = list(findings)
    if any(one.verdict is Verdict.SECURITY for one in kept):
        return 1
    newest = {one.component for one in kept if one.verdict is Verdict.NEWEST}
    unknown = {one.component for one in kept if one.verdict is Verdict.UNSEEN and one.component.role == "ships"}
    return 2 if unknown - newest else 0
