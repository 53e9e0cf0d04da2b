"""./run: what is a command, what is text, and that stdout carries the answer only."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DSS = ROOT / "build/release/dss"
TEXT = "you are a fool"


def run(*arguments, **options):
    environment = dict(os.environ, SKIP_SETUP="1")
    command = [ROOT / "run", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, **options)


def dss(*arguments, stdin=""):
    return subprocess.run([DSS, *arguments], capture_output=True, text=True, input=stdin, cwd=ROOT)


def known_commands():
    return re.search(r'^commands="(.*)"$', (ROOT / "run").read_text(), re.MULTILINE)[1].split()


def test_knows_the_commands_of_dss():
    shown = dss("--help").stdout
    for name in known_commands():
        assert re.search(rf"^\s+{name}\b", shown, re.MULTILINE), f"dss --help has no {name}"
        assert dss(name, "--help").returncode == 0
    listed = re.search(r"(?ims)^commands:?\n(.*?)(\n\n|\Z)", shown)[1]
    assert set(re.findall(r"(?m)^ {1,4}([a-z][a-z-]*)\b", listed)) == set(known_commands())


def test_options_and_commands_are_passed_on():
    assert run("--version").stdout == dss("--version").stdout
    assert run("score", "--help").stdout == dss("score", "--help").stdout


def test_bare_text_is_scored_quoted_or_not():
    quoted = run(TEXT)
    assert quoted.returncode == 0, quoted.stderr
    assert quoted.stdout == dss("score", "--input-format", "text", "-", stdin=TEXT + "\n").stdout
    assert run(*TEXT.split()).stdout == quoted.stdout
    assert run("--", *TEXT.split()).stdout == quoted.stdout


def test_a_text_that_begins_with_a_command_is_text_when_it_is_one_argument():
    answer = run("serve me well")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == run("--", "serve", "me", "well").stdout


def test_works_from_another_folder(tmp_path):
    assert run(TEXT, cwd=tmp_path).stdout == run(TEXT).stdout


def test_says_nothing_when_all_is_there():
    run("--version")
    assert run("--version").stderr == ""
