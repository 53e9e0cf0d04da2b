"""The original's stack in one process. Its model runs inside the event loop, as it did there."""

import os
import time

import joblib
from cleaning import clean
from fastapi import FastAPI
from prometheus_client import Counter, Histogram
from prometheus_fastapi_instrumentator import Instrumentator
from schema import Request, Response, response_of

REQUESTS = Counter("toxicity_api_requests_total", "Requests.", ["model_type", "status"])
SCORES = Histogram("toxicity_score_distribution", "Scores.", ["model_type"], buckets=range(10, 101, 10))
SECONDS = Histogram("toxicity_processing_seconds", "Seconds.", ["model_type"])

vectorizer, classifier = joblib.load(os.environ["BENCH_ORIGINAL_MODEL"])
application = FastAPI()
Instrumentator(should_instrument_requests_inprogress=True, inprogress_labels=True).instrument(application).expose(
    application
)


@application.post("/analyze", response_model=Response)
async def analyze(request: Request):
    begin = time.perf_counter()
    probability = float(classifier.predict_proba(vectorizer.transform([clean(request.text)]))[0, 1])
    seconds = time.perf_counter() - begin
    REQUESTS.labels(request.model, "success").inc()
    SCORES.labels(request.model).observe(100 * probability)
    SECONDS.labels(request.model).observe(seconds)
    return response_of(probability, request.model, 1000 * seconds)
