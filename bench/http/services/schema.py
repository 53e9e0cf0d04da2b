"""Request and response of `POST /analyze` as pydantic models."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, Field


class Request(BaseModel):
    text: str = Field(min_length=1, max_length=5000)
    model: Literal["simple", "bert"] = "simple"


class Categories(BaseModel):
    toxic: float = Field(ge=0, le=1)
    severe_toxic: float = Field(ge=0, le=1)
    obscene: float = Field(ge=0, le=1)
    threat: float = Field(ge=0, le=1)
    insult: float = Field(ge=0, le=1)
    identity_hate: float = Field(ge=0, le=1)


class Response(BaseModel):
    score: int = Field(ge=0, le=100)
    toxicity_level: Literal["low", "medium", "high", "extreme"]
    confidence: float = Field(ge=0, le=1)
    categories: Categories
    model_used: str
    processing_time_ms: float
    timestamp: datetime
    model_version: str
    language: str
    language_supported: bool


# The original made all six of one probability.
FACTORS = {"toxic": 1.0, "severe_toxic": 0.3, "obscene": 0.6, "threat": 0.1, "insult": 0.7, "identity_hate": 0.2}


def level_of(score):
    return "low" if score < 25 else "medium" if score < 60 else "high" if score < 85 else "extreme"


def response_of(probability, model, milliseconds):
    score = round(100 * probability)
    return Response(
        score=score,
        toxicity_level=level_of(score),
        confidence=max(probability, 1 - probability),
        categories=Categories(**{name: probability * factor for name, factor in FACTORS.items()}),
        model_used=model,
        processing_time_ms=milliseconds,
        timestamp=datetime.now(UTC),
        model_version="1.0.0",
        language="en",
        language_supported=True,
    )
