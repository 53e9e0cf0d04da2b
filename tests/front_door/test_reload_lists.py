"""SIGHUP: blocklists and policies are exchanged while the server runs."""

import json
import urllib.error
import urllib.request

import pytest

POLICY = 'id = "arena"\nversion = "{version}"\n[lists]\nblock = ["{phrase}"]\n'


def ask(service, path, body, content_type, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", data=body.encode())
    request.add_header("Content-Type", content_type)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def analyze(service, text, **headers):
    return ask(service, "/analyze", json.dumps({"text": text}), "application/json", **headers)


def row(service, text, **headers):
    """The same by the stream of rows."""
    body = json.dumps({"text": text}) + "\n"
    return ask(service, "/analyze/batch", body, "application/x-ndjson", **headers)


def write_list(folder, name, *texts):
    items = [{"id": text, "text": text} for text in texts]
    (folder / f"{name}.json").write_text(json.dumps({"name": name, "description": "", "items": items}))


def matches(answer):
    return [(match["list"], match["item"]) for match in answer["blocklists"]]


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    write_list(folder, "own", "zebra")
    return folder


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "arena.toml").write_text(POLICY.format(version=1, phrase="zebra"))
    return folder


def test_a_new_list_matches_after_a_reload(start, lists):
    service = start("--lists-directory", lists)
    text = "a zebra and a giraffe"
    assert matches(analyze(service, text)) == [("own", "zebra")]
    write_list(lists, "more", "giraffe")
    assert matches(analyze(service, text)) == [("own", "zebra")]
    service.reload()
    assert sorted(matches(analyze(service, text))) == [("more", "giraffe"), ("own", "zebra")]
    assert sorted(matches(row(service, text))) == [("more", "giraffe"), ("own", "zebra")]
    (lists / "own.json").unlink()
    service.reload()
    assert matches(analyze(service, text)) == [("more", "giraffe")]


@pytest.mark.parametrize("damaged", ["{", '{"name":"more","items":[{"id":"1","text":"(","match":"pattern"}]}'])
def test_a_bad_list_keeps_the_old_ones_and_says_so(start, lists, damaged):
    service = start("--lists-directory", lists)
    (lists / "more.json").write_text(damaged)
    write_list(lists, "own", "giraffe")
    line = service.failing_reload()
    assert line["part"] == "blocklists"
    assert "more.json" in line["cause"]
    assert matches(analyze(service, "a zebra and a giraffe")) == [("own", "zebra")]


def test_a_changed_policy_decides_after_a_reload(start, policies):
    service = start("--policies-directory", policies)
    for get in (analyze, row):
        assert get(service, "a zebra", X_Community_Id="arena")["policy"]["action"] == "block"
        with pytest.raises(urllib.error.HTTPError, match="422"):
            get(service, "a giraffe", X_Policy="new")
    (policies / "arena.toml").write_text(POLICY.format(version=2, phrase="giraffe"))
    (policies / "new.toml").write_text(POLICY.format(version=1, phrase="giraffe").replace("arena", "new"))
    service.reload()
    for get in (analyze, row):
        policy = get(service, "a zebra", X_Community_Id="arena")["policy"]
        assert (policy["version"], policy["action"]) == ("2", "allow")
        assert get(service, "a giraffe", X_Policy="new")["policy"]["action"] == "block"


def test_a_bad_policy_keeps_the_old_ones_and_says_where(start, policies):
    service = start("--policies-directory", policies)
    (policies / "arena.toml").write_text(POLICY.format(version=2, phrase="giraffe") + "nonsense = 1\n")
    line = service.failing_reload()
    assert line["part"] == "policies"
    assert "arena.toml:5" in line["cause"]
    policy = analyze(service, "a zebra", X_Community_Id="arena")["policy"]
    assert (policy["version"], policy["action"]) == ("1", "block")
