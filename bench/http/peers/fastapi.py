"""Bare FastAPI: request and response models, a fixed score."""

from peers import uvicorn


def start(setting):
    return uvicorn.start(setting, "fastapi", "bare_fastapi")


def versions(setting):
    return uvicorn.versions(setting)
