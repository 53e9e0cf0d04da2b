"""`dss score`: texts, files, formats, broken rows, order, memory, terminals."""

import csv
import gzip
import io
import json
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import time

import pytest
from program import MODELS, assert_one_line_error, clean_environment

ADDED = ["score", "toxicity_level", "confidence", "categories", "model_used", "model_version"]
ADDED += ["language", "language_supported"]
CATEGORIES = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
RUDE = "you are a fool"
KIND = "have a nice day"


@pytest.fixture
def score(dss):
    def run(*arguments, **options):
        return dss("score", "--models", MODELS, *arguments, **options)

    return run


def rows_of(finished):
    return [json.loads(line) for line in finished.stdout.splitlines()]


def level_of(points):
    return "low" if points < 25 else "medium" if points < 60 else "high" if points < 85 else "extreme"


def assert_scored(row):
    assert row["score"] == int(100 * row["categories"]["toxic"] + 0.5)
    assert row["toxicity_level"] == level_of(row["score"])
    assert list(row["categories"]) == CATEGORIES
    toxic = row["categories"]["toxic"]
    assert row["confidence"] == pytest.approx(max(toxic, 1 - toxic), abs=1e-6)
    assert row["model_used"] == "simple"
    assert row["model_version"]
    assert row["language_supported"] == (row["language"] in ("en", "und"))


def test_bare_text_is_scored_for_a_person(dss, score):
    bare = dss(RUDE, env={"DSS_MODELS": str(MODELS)})
    assert bare.returncode == 0, bare.stderr
    assert bare.stdout.startswith("score ")
    assert bare.stdout == score(RUDE).stdout
    assert bare.stderr == ""
    for category in CATEGORIES:
        assert category in bare.stdout
    assert "\x1b" not in bare.stdout
    points = int(bare.stdout.split()[1])
    assert points > int(score(KIND).stdout.split()[1])


def test_standard_input(score):
    assert score("-", stdin=RUDE.encode()).stdout == score(RUDE).stdout
    assert score(stdin=RUDE.encode()).stdout == score(RUDE).stdout
    sniffed = score("-", stdin=b'{"text": "a"}\n{"text": "b"}\n')
    assert [row["text"] for row in rows_of(sniffed)] == ["a", "b"]


def test_a_text_that_begins_with_a_dash(score):
    assert score("--", "-10 degrees").returncode == 0


def test_ndjson_rows_keep_what_they_had_and_gain_the_documented_members(score, tmp_path):
    lines = [f'{{"id": 1.50, "text": "{RUDE}", "nested": {{"a": [1, null]}}}}', f'{{"text":"{KIND}"}}']
    (tmp_path / "in.ndjson").write_text("\n".join(lines))
    finished = score("in.ndjson")
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    written = finished.stdout.splitlines()
    assert written[0].startswith(lines[0][:-1] + ",")
    first, second = rows_of(finished)
    assert list(first) == ["id", "text", "nested", *ADDED]
    assert list(second) == ["text", *ADDED]
    for row in (first, second):
        assert_scored(row)


def test_probabilities_are_shortest_round_trip_floats(score):
    def as_float32(value):
        return struct.unpack("f", struct.pack("f", value))[0]

    finished = score("--output-format", "ndjson", RUDE)
    body = json.loads(finished.stdout, parse_float=str)
    for text in [*body["categories"].values(), body["confidence"]]:
        value = as_float32(float(text))
        digits = text.lower().split("e")[0].replace(".", "").lstrip("0")
        shorter = f"{value:.{max(1, len(digits) - 1)}g}"
        assert len(digits) == 1 or as_float32(float(shorter)) != value, f"{text} could be {shorter}"


def test_bad_rows_keep_their_place_and_the_status_is_1(score):
    rows = [
        b'{"text":"%s"}' % RUDE.encode(),
        b'{"text":',
        b'{"txt":"a"}',
        b'{"text":3}',
        b'{"text":"\xff"}',
        b"[]",
        b'{"text":" "}',
        b'{"text":"%s"}' % KIND.encode(),
    ]
    finished = score("-", "--input-format", "ndjson", stdin=b"\n".join(rows) + b"\n")
    assert finished.returncode == 1
    result = rows_of(finished)
    assert len(result) == 8
    assert_scored(result[0])
    assert_scored(result[7])
    for number in range(2, 8):
        assert list(result[number - 1]) == ["line", "error"]
        assert result[number - 1]["line"] == number
    assert "6 of 8 rows" in finished.stderr
    assert "line 2" in finished.stderr
    assert RUDE not in finished.stderr


def test_csv_with_quoted_newlines_keeps_its_columns(score, tmp_path):
    table = [["id", "text", "toxic"], ["1", 'say "fool",\nyou', "0"], ["2", KIND, "1"]]
    with (tmp_path / "in.csv").open("w", newline="") as file:
        csv.writer(file).writerows(table)
    finished = score("in.csv")
    assert finished.returncode == 0, finished.stderr
    result = list(csv.DictReader(io.StringIO(finished.stdout)))
    assert [[row["id"], row["text"], row["toxic"]] for row in result] == table[1:]
    for row in result:
        assert row["toxicity_level"] == level_of(int(row["score"]))
        assert all(0 <= float(row["categories." + name]) <= 1 for name in CATEGORIES)
        assert row["error"] == ""


def test_csv_column_and_broken_rows(score, tmp_path):
    (tmp_path / "in.csv").write_bytes(b'id,comment\r\n1,fool\r\n2\r\n3,\xff\r\n4,"x"y\r\n5,fine\r\n')
    missing = score("in.csv")
    assert_one_line_error(missing, 2, "none of the 2 columns is called 'text'", "--text-column")
    assert "comment" not in missing.stderr  # a file without a header has texts there
    finished = score("in.csv", "--text-column", "comment")
    assert finished.returncode == 1
    result = list(csv.DictReader(io.StringIO(finished.stdout)))
    assert [row["error"].split(":")[0] for row in result] == ["", "line 3", "line 4", "line 5", ""]


def test_csv_to_ndjson_and_back(score, tmp_path):
    (tmp_path / "in.csv").write_text('id,text\n1,"a, b"\n')
    finished = score("in.csv", "--output-format", "ndjson")
    (row,) = rows_of(finished)
    assert list(row) == ["id", "text", *ADDED]
    (tmp_path / "in.ndjson").write_text('{"id":"1","text":"a, b"}\n')
    assert score("in.ndjson", "--output-format", "csv").stdout == score("in.csv").stdout


def test_lines(score):
    finished = score("-", "--input-format", "lines", stdin=f"{RUDE}\r\n\n{KIND}".encode())
    assert finished.returncode == 1
    result = rows_of(finished)
    assert result[0]["text"] == RUDE
    assert result[1] == {"line": 2, "error": "the text is empty"}
    assert result[2]["text"] == KIND


def test_one_text_may_have_many_lines_and_any_length(score, tmp_path):
    calm = "The weather is mild today and the garden is green.\n" * 40_000
    (tmp_path / "long.txt").write_text(calm + "You are a fucking idiot and I hate you.")
    finished = score("long.txt", "--output-format", "ndjson")
    assert finished.returncode == 0, finished.stderr
    (row,) = rows_of(finished)
    assert_scored(row)
    assert row["text"].endswith("I hate you.")
    assert row["score"] > 50, "an abusive sentence at the end of a long calm text counts"


def test_a_gzip_file_and_a_damaged_one(score, tmp_path):
    packed = gzip.compress(b'{"text":"a"}\n{"text":"b"}\n')
    (tmp_path / "in.ndjson.gz").write_bytes(packed)
    assert [row["text"] for row in rows_of(score("in.ndjson.gz"))] == ["a", "b"]
    (tmp_path / "cut.ndjson.gz").write_bytes(packed[:-9])
    finished = score("cut.ndjson.gz")
    assert finished.returncode == 1
    assert "cut.ndjson.gz: damaged gzip" in finished.stderr


def test_unreadable_files(score, tmp_path):
    assert_one_line_error(score("missing.csv"), 1, "missing.csv: no such file", "--input-format text")
    assert_one_line_error(score("name", "--input-format", "lines"), 1, "name: no such file")
    (tmp_path / "folder.csv").mkdir()
    assert_one_line_error(score("folder.csv"), 1, "folder.csv: it is a folder")
    assert score("missing.csv", "--input-format", "text").returncode == 0


def test_a_row_that_has_a_score_of_its_own(score):
    row = b'{"score": 12, "text": "fool"}\n'
    flat = score("-", "--input-format", "ndjson", stdin=row)
    assert flat.returncode == 0
    assert list(rows_of(flat)[0]) == ["text", *ADDED]
    assert "--nest" in flat.stderr
    nested = score("-", "--input-format", "ndjson", "--nest", "dss", stdin=row)
    assert rows_of(nested)[0]["score"] == 12
    assert_scored(rows_of(nested)[0]["dss"])
    assert nested.stderr == ""


def test_a_scored_file_can_be_scored_again(score, tmp_path):
    first = score("-", "--input-format", "ndjson", stdin=b'{"text":"fool"}\n').stdout
    assert score("-", "--input-format", "ndjson", stdin=first.encode()).stdout == first


def test_many_workers_keep_the_order_and_the_scores(score, tmp_path):
    with (tmp_path / "in.ndjson").open("w") as file:
        for number in range(40_000):
            text = RUDE if number % 7 == 0 else f"{KIND} {number} " + "word " * (number % 50)
            file.write(json.dumps({"id": number, "text": text}) + "\n")
    one = score("in.ndjson", "--workers", "1").stdout
    four = score("in.ndjson", "--workers", "4").stdout
    assert one == four
    assert [row["id"] for row in map(json.loads, four.splitlines())] == list(range(40_000))


def resident_peak(pid):
    """Most KB that the process has had resident; 0 once it has ended."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) if found else 0


def test_memory_does_not_grow_with_the_file(binary, tmp_path):
    row = json.dumps({"text": "a quiet sentence about gardens " * 60}) + "\n"
    with (tmp_path / "big.ndjson").open("w") as file:
        for _ in range(60):
            file.write(row * 1000)
    assert (tmp_path / "big.ndjson").stat().st_size > 100e6
    peak = 0
    with (tmp_path / "out.ndjson").open("w") as output:
        command = [binary, "score", "--models", str(MODELS), "big.ndjson", "--workers", "2"]
        process = subprocess.Popen(command, stdout=output, cwd=tmp_path, env=clean_environment())
        while process.poll() is None:
            peak = max(peak, resident_peak(process.pid))
            time.sleep(0.02)
    assert process.returncode == 0
    # The models take 60 MB while they are loaded; the file is larger than all of it.
    assert 1_000 < peak < 80_000, f"{peak} KB resident"


def test_a_reader_that_leaves_ends_it_quietly(binary, tmp_path):
    (tmp_path / "in.ndjson").write_text('{"text":"a quiet sentence"}\n' * 200_000)
    process = subprocess.Popen(
        [binary, "score", "--models", str(MODELS), "in.ndjson"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=clean_environment(),
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(30) == -signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_full_disk_is_named(binary, tmp_path):
    (tmp_path / "in.ndjson").write_text('{"text":"a"}\n')
    with open("/dev/full", "w") as full:
        finished = subprocess.run(
            [binary, "score", "--models", str(MODELS), "in.ndjson"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=clean_environment(),
            timeout=60,
            check=False,
        )
    assert finished.returncode == 1
    assert finished.stderr == b"dss: cannot write the output: No space left on device\n"


def run_on_a_terminal(binary, tmp_path, *arguments, env=None):
    """Exit status and what a terminal on standard error (and output) shows."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [binary, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=side,
        stderr=side,
        cwd=tmp_path,
        env=clean_environment(TERM="xterm", DSS_MODELS=str(MODELS), **(env or {})),
    )
    os.close(side)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(main)
    return process.wait(60), shown.decode(errors="replace")


def test_colours_only_on_a_terminal_that_wants_them(binary, tmp_path):
    status, shown = run_on_a_terminal(binary, tmp_path, "score", RUDE)
    assert status == 0
    assert "\x1b[" in shown
    _, plain = run_on_a_terminal(binary, tmp_path, "score", RUDE, env={"NO_COLOR": "1"})
    assert "\x1b[" not in plain


def test_a_progress_bar_with_rate_and_time_left(binary, tmp_path):
    (tmp_path / "in.ndjson").write_text('{"text":"%s"}\n' % ("a quiet sentence " * 20) * 60_000)
    script = f"{binary} score in.ndjson --workers 1 > out.ndjson"
    status, shown = run_on_a_terminal("/bin/sh", tmp_path, "-c", script)
    assert status == 0
    assert "rows/s" in shown
    assert "left" in shown
    assert " MB of " in shown
    assert shown.endswith("\r\x1b[K"), "the bar is wiped at the end"
    _, quiet = run_on_a_terminal("/bin/sh", tmp_path, "-c", script + " --quiet")
    assert quiet == ""


def test_a_table_of_rows_shows_no_control_characters(score):
    finished = score("-", "--input-format", "lines", "--output-format", "table", stdin=b"fool\x1b]0;x\x07\n")
    assert finished.returncode == 0
    assert "\x1b" not in finished.stdout
    assert "fool" in finished.stdout
