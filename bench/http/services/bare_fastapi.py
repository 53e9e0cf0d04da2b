"""FastAPI with request and response models and no model: what the framework costs by itself."""

from fastapi import FastAPI
from schema import Request, Response, response_of

application = FastAPI()


@application.post("/analyze", response_model=Response)
async def analyze(request: Request):
    return response_of(0.0625, request.model, 0.01)
