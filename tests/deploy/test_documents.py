"""What the guides name exists: files, make targets, overlays, Kubernetes objects, metrics; the local commands run."""

import re
import subprocess

import pytest
from conftest import OVERLAYS, ROOT, render
from test_monitoring import catalogue, names

GUIDES = [ROOT / "docs" / name for name in ("kubernetes.md", "gke.md", "fr/prometheus.md")]
guide = pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
MADE_BY_THE_READER = {"deploy/docker/metrics-token"}


def blocks(path, language: str) -> list[str]:
    """The fenced blocks of one language, without the indentation of their list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", path.read_text(), re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


@guide
def test_files_and_links_exist(path):
    text = path.read_text()
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", text)) - MADE_BY_THE_READER
    assert [name for name in named if not (ROOT / name).exists()] == []
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


@guide
def test_make_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", "\n".join(blocks(path, "sh")))) <= targets


@guide
def test_objects_exist(path):
    known = {
        f"{document['kind'].lower()}/{document['metadata']['name']}"
        for overlay in OVERLAYS
        for document in render(f"overlays/{overlay}")
    }
    text = "\n".join(blocks(path, "sh"))
    named = re.findall(r"\b(deployment|podmonitoring|service)[ /]([a-z-]*toxicity-api[a-z-]*)", text)
    assert named and {f"{kind}/{name}" for kind, name in named} <= known


@guide
def test_shell_blocks_parse(path):
    for block in blocks(path, "sh"):
        done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True)
        assert done.returncode == 0, f"{block}{done.stderr}"


def test_queries_name_exported_metrics():
    lines = [line for block in blocks(GUIDES[2], "promql") for line in block.splitlines()]
    assert len(lines) == 4 and all(names(line) <= catalogue() for line in lines)


def test_the_local_commands_work_as_written(server):
    (commands,) = [block for block in blocks(GUIDES[2], "sh") if "grep toxicity\n" in block]
    for line in commands.splitlines():
        line = line.replace("localhost:8000", f"localhost:{server}").replace("curl", "curl --fail -sS")
        done = subprocess.run(["bash", "-o", "pipefail", "-c", line], text=True, capture_output=True, timeout=20)
        assert done.returncode == 0 and "toxic" in done.stdout, (line, done.stderr)
