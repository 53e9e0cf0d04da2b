"""The guides' examples do what the guides say."""

import os
import shutil
import subprocess

import pytest
from guides import serve_arguments, steps
from service import BINARY, ROOT, clean_environment


@pytest.fixture
def folder(tmp_path):
    """A folder with the program `dss` on the path and the guides' files."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "dss").symlink_to(BINARY)
    shutil.copytree(ROOT / "docs" / "policies", tmp_path / "docs" / "policies")
    return tmp_path


@pytest.mark.parametrize("guide", ["feedback", "policies"])
def test_examples_print_what_the_guide_says(start, folder, monkeypatch, guide):
    monkeypatch.chdir(folder)
    environment = {**clean_environment(), "PATH": f"{folder}/bin:{os.environ['PATH']}"}
    environment["DSS_MODELS"] = str(ROOT / "models")
    port = 0
    for step in steps(ROOT / "docs" / f"{guide}.md"):
        arguments = serve_arguments(step.command)
        if arguments is not None:
            port = start(*arguments).port
            continue
        command = step.command.replace("localhost:8000", f"127.0.0.1:{port}")
        for _ in range(20):
            finished = subprocess.run(
                command, shell=True, env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            if step.fits(finished.stdout):
                break
        else:
            pytest.fail(f"{step.command} printed\n{finished.stdout}\n{finished.stderr}")
        assert finished.returncode == 0
