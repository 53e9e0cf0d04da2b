"""Writes tests/golden/api/fastapi_validation.txt: what FastAPI 0.95 with pydantic 1 answers to invalid bodies.

    python -m venv /tmp/oracle && /tmp/oracle/bin/pip install 'fastapi==0.95.2' 'pydantic==1.10.27' 'httpx<0.28'
    /tmp/oracle/bin/python tests/api/fastapi_oracle.py

`detail` is FastAPI's own but for `ctx.doc`, which would echo the body and is left out. The three members around it are
this project's.
"""

import json
import pathlib

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "api" / "fastapi_validation.txt"

BODIES = [
    "",
    "null",
    "3",
    '"text"',
    "{}",
    '{"model":"simple"}',
    '{"text":null}',
    '{"text":[]}',
    '{"text":{"a":1}}',
    '{"text":""}',
    '{"text":"   "}',
    '{"text":"\\u00a0\\u2003\\t"}',
    json.dumps({"text": "é" * 5001}, ensure_ascii=False),
    '{"text":"a","model":"gpt"}',
    '{"text":"a","model":""}',
    '{"text":"a","model":"simple2"}',
    '{"text":"a","model":[]}',
    '{"text":"a","explain":"perhaps"}',
    '{"text":"a","explain":[]}',
    '{"text":[],"model":"x","explain":{}}',
    '{"model":"x"}',
    "{",
    "{,}",
    "{'text': 'a'}",
    "text=a",
    '{"text":"a"',
    '{"text":"a",}',
    '{"text" "a"}',
    '{"text":}',
    '{"text":"a" "model":"simple"}',
    '{"text":"a"}}',
    '{"text":"a"} {"text":"b"}',
    '{"text":"a',
    '{"text":"a\\"}',
    '{"text":"\\x"}',
    '{"text":"\\u12"}',
    '{"text":"tab\there"}',
    '{"text":"é😀","é":,}',
    '{\n  "text": "a",\n  "model": simple\n}',
    "[1,]",
    "[1 2]",
    "nul",
    "01",
    "-",
    "1.",
    "1e",
]


class Request(BaseModel):
    text: str = Field(..., min_length=1, max_length=5000)
    model: str | None = Field("simple", regex="^(bert|simple)$")
    explain: bool = False

    class Config:
        anystr_strip_whitespace = True


app = FastAPI()


@app.post("/analyze")
def analyze(request: Request):
    return request


def expected(detail: list) -> str:
    for entry in detail:
        entry.get("ctx", {}).pop("doc", None)
    fields = [part for part in detail[0]["loc"][1:] if isinstance(part, str)]
    answer = {
        "error": "validation_error",
        "message": f"{'.'.join(fields) or 'body'}: {detail[0]['msg']}",
        "timestamp": "1970-01-01T00:00:00.000000+00:00",
        "detail": detail,
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    client = TestClient(app)
    cases = []
    for body in BODIES:
        answer = client.post("/analyze", content=body.encode(), headers={"content-type": "application/json"})
        assert answer.status_code == 422, (body, answer.status_code)
        request = f"POST /analyze\nContent-Type: application/json\n\n{body}\n"
        cases.append(f"{request}----\n422\n\n{expected(answer.json()['detail'])}\n")
    header = "# Made by tests/api/fastapi_oracle.py with FastAPI 0.95.2 and pydantic 1.10; do not edit.\n"
    GOLDEN.write_text(header + "====\n".join(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
