"""Azure's clients for Python and Node.js, unmodified: analysis and blocklists."""

import bisect
import subprocess

import pytest
from azure.ai.contentsafety import BlocklistClient, ContentSafetyClient
from azure.ai.contentsafety.models import (
    AddOrUpdateTextBlocklistItemsOptions,
    AnalyzeTextOptions,
    RemoveTextBlocklistItemsOptions,
    TextBlocklist,
    TextBlocklistItem,
)
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from conftest import TEXTS, api

CUTS = [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9]
KEY = AzureKeyCredential("any-key")
ANALYZE = "/text:analyze"


def severities(categories, eight):
    """What the contract's table makes of the probabilities that /analyze gives."""
    levels = {"Hate": categories["identity_hate"], "Violence": categories["threat"]}
    levels = {name: bisect.bisect_right(CUTS, p) for name, p in levels.items()}
    return levels if eight else {name: level // 2 * 2 for name, level in levels.items()}


@pytest.fixture(scope="module")
def secure(start, tmp_path_factory):
    """A server over TLS; `.certificate` is what clients must trust."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    subprocess.run([*make, "-keyout", key, "-out", certificate, *name], check=True, capture_output=True)

    class SecureServer(api.Server):
        def get(self, path, **options):
            self.url = self.url.replace("http:", "https:")
            return super().get(path, verify=certificate, **options)

    with (folder / "log").open("wb") as log:
        server = SecureServer(log, "--tls-cert", str(certificate), "--tls-key", str(key))
    server.certificate = certificate
    yield server
    server.stop()


def python(server):
    return ContentSafetyClient(server.url, KEY)


@pytest.mark.parametrize("eight", [False, True])
def test_python_severities_follow_analyze(server, expected, eight):
    kind = "EightSeverityLevels" if eight else "FourSeverityLevels"
    for text in TEXTS:
        answer = python(server).analyze_text(AnalyzeTextOptions(text=text, output_type=kind))
        told = {one.category: one.severity for one in answer.categories_analysis}
        assert told == severities(expected[text], eight)


@pytest.mark.parametrize(
    "options",
    [{"text": "a", "categories": ["Sexual"]}, {"text": "a" * 10001}, {"text": "a", "output_type": "Six"}, {"text": ""}],
)
def test_python_bad_requests(server, options):
    with pytest.raises(HttpResponseError) as told:
        python(server).analyze_text(AnalyzeTextOptions(**options))
    assert (told.value.status_code, told.value.error.code) == (400, "InvalidRequestBody")
    assert told.value.response.headers["x-ms-error-code"] == "InvalidRequestBody"


def test_python_tries_again_when_told(first_refused, expected):
    answer = python(first_refused).analyze_text(AnalyzeTextOptions(text=TEXTS[2]))
    assert {one.category: one.severity for one in answer.categories_analysis} == severities(expected[TEXTS[2]], False)


def test_python_an_overloaded_server(server):
    client = ContentSafetyClient(server.url, KEY, retry_total=0, headers={"X-Request-Deadline-Ms": "0"})
    with pytest.raises(HttpResponseError) as told:
        client.analyze_text(AnalyzeTextOptions(text="a"))
    assert (told.value.status_code, told.value.error.code) == (503, "ServerBusy")


def test_python_blocklists(server):
    lists = BlocklistClient(server.url, KEY)
    lists.create_or_update_text_blocklist("own", TextBlocklist(blocklist_name="own", description="ours"))
    assert [one.blocklist_name for one in lists.list_text_blocklists()] == ["own"]
    texts = ["lovely day"] + [f"word{i}" for i in range(149)]
    for part in (texts[:100], texts[100:]):
        items = [TextBlocklistItem(text=text) for text in part]
        made = lists.add_or_update_blocklist_items("own", AddOrUpdateTextBlocklistItemsOptions(blocklist_items=items))
        assert [one.text for one in made.blocklist_items] == part
    kept = list(lists.list_text_blocklist_items("own"))
    assert [one.text for one in kept] == texts, "over two pages"
    first = kept[0].blocklist_item_id
    assert lists.get_text_blocklist_item("own", first).text == "lovely day"
    options = AnalyzeTextOptions(text=TEXTS[1], blocklist_names=["own"], halt_on_blocklist_hit=True)
    answer = python(server).analyze_text(options)
    assert [one.blocklist_item_text for one in answer.blocklists_match] == ["lovely day"]
    assert not answer.categories_analysis
    begin = TEXTS[1].index("lovely day")
    native = server.analyze(text=TEXTS[1]).json()["blocklists"]
    assert native == [{"list": "own", "item": first, "begin": begin, "end": begin + len("lovely day")}]
    lists.remove_blocklist_items("own", RemoveTextBlocklistItemsOptions(blocklist_item_ids=[first]))
    with pytest.raises(ResourceNotFoundError):
        lists.get_text_blocklist_item("own", first)
    lists.delete_text_blocklist("own")
    with pytest.raises(ResourceNotFoundError):
        lists.get_text_blocklist("own")
    assert "blocklists" not in server.analyze(text=TEXTS[1]).json()


def test_python_bad_names_of_lists(server):
    with pytest.raises(HttpResponseError) as told:
        BlocklistClient(server.url, KEY).create_or_update_text_blocklist("a b", TextBlocklist(blocklist_name="a b"))
    assert told.value.error.code == "InvalidResourceName"


def run(node, server, *calls):
    job = {"url": server.url, "calls": calls}
    return node("azure", job, NODE_EXTRA_CA_CERTS=str(server.certificate))


def test_node_severities_follow_analyze_over_tls(secure, expected, node):
    calls = [{"path": ANALYZE, "method": "post", "options": {"body": {"text": text}}} for text in TEXTS]
    for text, result in zip(TEXTS, run(node, secure, *calls)["results"], strict=True):
        told = {one["category"]: one["severity"] for one in result["body"]["categoriesAnalysis"]}
        assert told == severities(expected[text], False)


def test_node_errors(secure, node):
    calls = [
        {"path": ANALYZE, "method": "post", "options": {"body": {"text": "a", "categories": ["SelfHarm"]}}},
        {"path": "/text/blocklists/{name}", "arguments": ["none"], "method": "get"},
    ]
    refused, missing = run(node, secure, *calls)["results"]
    assert (refused["status"], refused["code"]) == ("400", "InvalidRequestBody")
    assert "SelfHarm" in refused["error"]["message"]
    assert (missing["status"], missing["code"]) == ("404", "ResourceNotFound")


def test_node_blocklists_and_their_pages(secure, node):
    one = {"path": "/text/blocklists/{name}", "arguments": ["own"]}
    add = {"path": "/text/blocklists/{name}:addOrUpdateBlocklistItems", "arguments": ["own"], "method": "post"}
    words = [{"text": f"word{i}"} for i in range(90)]
    merge = {"contentType": "application/merge-patch+json", "body": {"description": "ours"}}
    pages = {"path": "/text/blocklists/{name}/blocklistItems", "arguments": ["own"], "method": "get", "pages": True}
    analyze = {"text": "word7 and word8", "blocklistNames": ["own"]}
    results = run(
        node,
        secure,
        one | {"method": "patch", "options": merge},
        add | {"options": {"body": {"blocklistItems": words}}},
        pages | {"options": {"queryParameters": {"maxpagesize": 40}}},
        {"path": ANALYZE, "method": "post", "options": {"body": analyze}},
        one | {"method": "delete"},
    )["results"]
    assert [result["status"] for result in results] == ["201", "200", "200", "200", "204"]
    assert [item["text"] for item in results[2]["items"]] == [word["text"] for word in words]
    assert [match["blocklistItemText"] for match in results[3]["body"]["blocklistsMatch"]] == ["word7", "word8"]
