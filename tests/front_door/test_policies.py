"""Policies over the wire: chosen by header, reloaded without restart."""

import json
import urllib.error
import urllib.request

import pytest

POLICY = 'id = "games"\nversion = "{}"\ncommunities = ["arena"]\n[lists]\nblock = ["{}"]\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "games.toml").write_text(POLICY.format("1", "first word"))
    return tmp_path


def analyze(service, text, **headers):
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}/analyze",
        data=json.dumps({"text": text}).encode(),
        headers={"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def test_a_policy_is_chosen_by_header_and_never_changes_a_score(start, folder):
    service = start("--policies-directory", folder)
    plain = analyze(service, "a first word of mine")
    assert "policy" not in plain
    judged = analyze(service, "a first word of mine", X_Community_Id="arena")
    assert judged["policy"]["action"] == "block"
    assert judged["policy"]["version"] == "1"
    assert judged["categories"] == plain["categories"]
    assert analyze(service, "hello", X_Policy="games")["policy"]["action"] == "allow"
    with pytest.raises(urllib.error.HTTPError) as unknown:
        analyze(service, "hello", X_Policy="arena")
    assert unknown.value.code == 422
    assert json.load(unknown.value)["detail"][0]["loc"] == ["header", "X-Policy"]


def test_a_reload_takes_all_files_or_none(start, folder):
    service = start("--policies-directory", folder)
    (folder / "games.toml").write_text(POLICY.format("2", "second word"))
    service.reload()
    assert analyze(service, "second word", X_Community_Id="arena")["policy"]["version"] == "2"
    (folder / "games.toml").write_text(POLICY.format("3", "third word"))
    (folder / "other.toml").write_text('id = "other"\nversion = "1"\nbands = 1\n')
    line = service.failing_reload()
    assert line["part"] == "policies"
    assert line["cause"].startswith(f"{folder}/other.toml:3: ")
    assert analyze(service, "third word", X_Community_Id="arena")["policy"]["version"] == "2"
    (folder / "other.toml").unlink()
    service.reload()
    assert analyze(service, "third word", X_Community_Id="arena")["policy"]["action"] == "block"
