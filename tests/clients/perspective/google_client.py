"""Asks Google's own Python client each call of stdin, alone or as one batch, and prints what it said."""

import json
import sys

from googleapiclient import discovery
from googleapiclient.errors import HttpError

task = json.load(sys.stdin)
client = discovery.build(
    "commentanalyzer",
    "v1alpha1",
    developerKey=task["key"],
    discoveryServiceUrl=task["url"] + "/$discovery/rest?version=v1alpha1",
    static_discovery=False,
    cache_discovery=False,
)


def told(error):
    return {"error": type(error).__name__, "status": error.status_code, "reason": error.reason,
            "details": error.error_details}  # fmt: skip


def request_for(call):
    return getattr(client.comments(), call.get("method", "analyze"))(body=call["body"])


def alone(call):
    try:
        return {"answer": request_for(call).execute()}
    except HttpError as error:
        return told(error)


def together(calls):
    answers = {}

    def take(name, answer, error):
        answers[int(name)] = told(error) if error else {"answer": answer}

    batch = client.new_batch_http_request(callback=take)
    for place, call in enumerate(calls):
        batch.add(request_for(call), request_id=str(place))
    batch.execute()
    return [answers[place] for place in range(len(calls))]


print(json.dumps(together(task["calls"]) if task["batch"] else [alone(call) for call in task["calls"]]))
