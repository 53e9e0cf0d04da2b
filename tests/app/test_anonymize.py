"""`dss anonymize`: formats, strategies, wrong command lines."""

import json

import pytest
from program import assert_one_line_error

LINES = "write to jane@example.org\n\nnothing here\ncall +33 6 12 34 56 78"


def test_a_text_comes_back_without_what_was_found(dss):
    assert dss("anonymize", "write to jane@example.org").stdout == "write to [EMAIL]\n"
    assert dss("anonymize", "--strategy", "drop", "a jane@example.org b").stdout == "a  b\n"
    assert dss("anonymize", "--kinds", "phone,ip", "jane@example.org 10.0.0.1").stdout == "jane@example.org [IP]\n"


def test_lines_keep_their_number_and_their_ends(dss):
    finished = dss("anonymize", "-", "--input-format", "lines", stdin=LINES.encode())
    assert finished.stdout == "write to [EMAIL]\n\nnothing here\ncall [PHONE]"


def test_rows_keep_what_they_had(dss, tmp_path):
    (tmp_path / "rows.ndjson").write_text('{"id":1,"text":"é jane@example.org"}\n{"id":2}\n')
    finished = dss("anonymize", "rows.ndjson")
    assert finished.returncode == 1
    first, second = map(json.loads, finished.stdout.splitlines())
    assert first == {"id": 1, "text": "é [EMAIL]", "entities": [{"kind": "email", "begin": 2, "end": 18}]}
    assert second["line"] == 2 and "error" in second
    assert "1 of 2 rows could not be read; the first is line 2" in finished.stderr


def test_tables_get_a_column(dss, tmp_path):
    (tmp_path / "rows.csv").write_text('id,comment\n1,"write, to jane@example.org"\n')
    finished = dss("anonymize", "rows.csv", "--text-column", "comment")
    assert finished.stdout.splitlines()[0] == "id,comment,entities,error"
    assert finished.stdout.splitlines()[1].startswith('1,"write, to [EMAIL]","[{""kind"":""email""')


def test_hashes_are_joined_only_under_one_key(dss, tmp_path):
    (tmp_path / "a").write_text("a" * 32 + "\n")
    (tmp_path / "b").write_text("b" * 32 + "\n")

    def hashed(text, key):
        return dss("anonymize", "--strategy", "hash", "--privacy-hash-key-file", key, text).stdout

    assert hashed("jane@example.org", "a") == hashed("Jane@Example.org", "a") != hashed("jane@example.org", "b")
    assert hashed("jane@example.org", "a").startswith("[EMAIL:h")


@pytest.mark.parametrize(
    "arguments, status, parts",
    [
        (["anonymize", "--strategy", "hash", "x"], 2, ["--privacy-hash-key-file FILE", "openssl rand"]),
        (["anonymize", "--strategy", "hash", "--privacy-hash-key-file", "none", "x"], 1, ["none: the key file"]),
        (["anonymize", "--strategy", "rot13", "x"], 2, ["'rot13' is none of mask|hash|drop"]),
        (["anonymize", "--kinds", "email,soul", "x"], 2, ["'soul' is no kind"]),
        (["anonymize", "none.csv"], 1, ["none.csv: no such file"]),
    ],
)
def test_wrong_command_lines_name_the_cure(dss, arguments, status, parts):
    assert_one_line_error(dss(*arguments), status, *parts)
