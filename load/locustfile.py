"""Users who write comments, wait one to three seconds, and now and then look at the service's pages.

    locust -f load/locustfile.py --host http://localhost:8000 --headless --users 50 --spawn-rate 10 --run-time 2m

A closed model: 50 users waiting two seconds on average make at most 25 requests/s, however fast the server is. For
rates use load/run.
"""

import random

from locust import HttpUser, between, events, task

from load import texts


class CommentUser(HttpUser):
    wait_time = between(1, 3)

    def analyze(self, choices) -> None:
        body = {"text": random.choice(choices), "model": "simple"}
        with self.client.post("/analyze", json=body, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
            elif not {"score", "toxicity_level"} <= answer.json().keys():
                answer.failure("no score or no level")

    @task(5)
    def friendly(self) -> None:
        self.analyze(texts.FRIENDLY)

    @task(3)
    def neutral(self) -> None:
        self.analyze(texts.NEUTRAL)

    @task(2)
    def toxic(self) -> None:
        self.analyze(texts.TOXIC)

    @task(2)
    def health(self) -> None:
        with self.client.get("/health", catch_response=True) as answer:
            if answer.status_code != 200 or answer.json()["status"] not in ("healthy", "degraded"):
                answer.failure("not healthy")

    @task(1)
    def stats(self) -> None:
        self.client.get("/stats")

    @task(1)
    def metrics(self) -> None:
        with self.client.get("/metrics", catch_response=True) as answer:
            if "toxicity_api_requests_total" not in answer.text:
                answer.failure("toxicity_api_requests_total is missing")


@events.test_start.add_listener
def announce(environment, **_) -> None:
    print(f"users write to {environment.host}")


@events.test_stop.add_listener
def sum_up(environment, **_) -> None:
    total = environment.stats.total
    print(
        f"{total.num_requests} requests, {total.num_failures} failed, "
        f"P95 {total.get_response_time_percentile(0.95)} ms, P99 {total.get_response_time_percentile(0.99)} ms"
    )
