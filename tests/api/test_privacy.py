"""GET /privacy: the form and the language that the client prefers."""

import pytest


@pytest.fixture(scope="module")
def server(start):
    return start()


def asked(server, query="", **headers):
    answer = server.get(f"/privacy{query}", headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == 200
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    return answer.headers["Content-Type"].partition(";")[0], answer.headers["Content-Language"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, */*", "text/markdown"),
        ("text/markdown;q=0.4, application/json;q=0.5", "application/json"),
        ("text/markdown;q=0, application/json", "application/json"),
        ("application/json;q=0.2, text/*;q=0.3", "text/markdown"),
    ],
)
def test_the_form_of_the_greatest_weight(server, accept, expected):
    assert asked(server, Accept=accept)[0] == expected


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("fr", "fr"),
        ("en;q=0.3, fr;q=0.9", "fr"),
        ("fr;q=0.3, en;q=0.9", "en"),
        ("fr;q=0", "en"),
        ("de, fr-BE;q=0.1", "fr"),
    ],
)
def test_the_language_of_the_greatest_weight(server, accepted, expected):
    assert asked(server, Accept_Language=accepted)[1] == expected


def test_the_query_overrules_the_headers(server):
    found = asked(server, "?format=markdown&language=en", Accept="application/json", Accept_Language="fr")
    assert found == ("text/markdown", "en")
