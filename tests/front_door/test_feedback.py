"""Feedback while the database is there, locked, or away: scoring goes on."""

import json
import re
import sqlite3
import time

from test_reload import fetch, sample

LABELLED = json.dumps({"text": "a most unlikely sentence", "label": 1, "client_token": "somebody"}).encode()


def give(service):
    return json.loads(fetch(service, "/feedback", LABELLED))


def wait_for_sample(service, result, value):
    end = time.monotonic() + 15
    while sample(service, f'dss_feedback_total{{result="{result}"}}') != value:
        assert time.monotonic() < end, fetch(service, "/metrics")
        time.sleep(0.05)


def analyze_quickly(service):
    begin = time.monotonic()
    assert json.loads(fetch(service, "/analyze", b'{"text": "hello"}'))["score"] >= 0
    assert time.monotonic() - begin < 1


def test_without_a_store_the_answer_says_that_nothing_is_kept(start):
    service = start()
    assert give(service) == {"status": "not_kept", "reason": "not_configured"}
    wait_for_sample(service, "not_configured", 1)


def test_the_text_is_kept_nowhere_unless_asked_for(start, tmp_path):
    database = tmp_path / "f.db"
    service = start("--feedback-store", f"sqlite:{database}", "--log-access-sample", 1)
    assert give(service) == {"status": "accepted"}
    wait_for_sample(service, "kept", 1)
    assert service.stop() == 0
    files = [path.read_bytes() for path in tmp_path.iterdir()] + [service.log_path.read_bytes()]
    assert len(files) >= 3
    for word in (b"unlikely", b"somebody"):
        assert not any(word in content for content in files)


def test_a_locked_database_delays_no_score_and_gets_everything_later(start, tmp_path):
    database = tmp_path / "f.db"
    service = start("--feedback-store", f"sqlite:{database}")
    give(service)
    wait_for_sample(service, "kept", 1)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(10):
        assert give(service) == {"status": "accepted"}
        analyze_quickly(service)
    service.wait_for("the feedback database does not answer; scoring goes on without it")
    assert sample(service, "dss_feedback_queued") == 10
    other.execute("COMMIT")
    service.wait_for("the feedback database answers again")
    wait_for_sample(service, "kept", 11)


def test_an_absent_server_is_told_without_its_password(start, tmp_path):
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    service = start("--feedback-store", "postgresql://dss:hunter2@127.0.0.1:1/feedback", "--feedback-key-file", key)
    assert give(service) == {"status": "accepted"}
    analyze_quickly(service)
    line = service.wait_for("the feedback database does not answer; scoring goes on without it")
    assert re.search("127.0.0.1", line["cause"])
    assert service.stop() == 0
    assert "hunter2" not in service.log_path.read_text()
