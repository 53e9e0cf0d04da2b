"""`dss feedback` and `dss policy`: wrong command lines, and what they print."""

import json

import pytest
from program import ROOT, assert_one_line_error

GAMES = ROOT / "docs" / "policies" / "games.toml"


@pytest.mark.parametrize(
    "arguments, status, parts",
    [
        (["feedback"], 2, ["export, stats or delete"]),
        (["feedback", "import"], 2, ["'import' is none of export|stats|delete"]),
        (["feedback", "stats"], 2, ["feedback.store is unset", "--feedback-store sqlite:FILE"]),
        (["feedback", "stats", "--feedback-store", "f.db"], 2, ["neither sqlite:FILE nor postgresql://"]),
        (["feedback", "stats", "--feedback-store", "sqlite:none.db"], 1, ["none.db: no such file"]),
        (["policy"], 2, ["check or try"]),
        (["policy", "check"], 2, ["name a policy file"]),
        (["policy", "try", "none.toml"], 1, ["none.toml: cannot read it"]),
        (["serve", "--feedback-store", "postgresql://u:hunter2@h/d"], 2, ["feedback.key-file is missing"]),
        (["serve", "--feedback-store", "mysql://u:hunter2@h/d"], 2, ["neither sqlite:FILE nor"]),
    ],
)
def test_wrong_command_lines_name_the_cure(dss, arguments, status, parts):
    finished = dss(*arguments)
    assert_one_line_error(finished, status, *parts)
    assert "hunter2" not in finished.stderr


def test_a_password_in_a_url_is_never_printed(dss):
    finished = dss("serve", "--print-config", env={"DSS_FEEDBACK_STORE": "postgresql://u:hunter2@h/d"})
    assert 'feedback.store = "postgresql://u:(redacted)@h/d"' in finished.stdout
    assert "hunter2" not in finished.stdout


def test_check_names_every_mistake_of_every_file(dss, tmp_path):
    (tmp_path / "bad.toml").write_text('id = "a"\nversoin = "1"\n')
    finished = dss("policy", "check", GAMES, "bad.toml")
    assert finished.returncode == 1
    right, missing, unknown = finished.stdout.splitlines()
    assert right == f"{GAMES}: right: policy 'games', version 3"
    assert missing.startswith("bad.toml: the version is missing")
    assert unknown == "bad.toml:2: unknown key 'versoin'; did you mean 'version'?"


def test_try_prints_what_changes_and_counts_the_rest(dss):
    rows = b"comment,n\nfree skins,1\nthank you,2\n,3\n"
    finished = dss("policy", "try", GAMES, "--input-format", "csv", "--text-column", "comment", stdin=rows)
    assert finished.returncode == 1, "a row had no text"
    (changed,) = map(json.loads, finished.stdout.splitlines())
    assert (changed["line"], changed["without"], changed["with"]) == (2, "allow", "block")
    assert "1 of 2 texts get another action" in finished.stderr
    assert "1 rows could not be scored" in finished.stderr
