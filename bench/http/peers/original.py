"""The original's stack: FastAPI, pydantic, scikit-learn's TF-IDF and logistic regression, instrumentator."""

import os
import subprocess
import sys

from peers import uvicorn


def model_file(setting):
    return setting.folder / "original-model.joblib"


def start(setting):
    """Trains the model at the first start."""
    services, model = setting.root / "bench" / "http" / "services", model_file(setting)
    if not model.exists():
        print("bench: training the model of the original's stack, once", file=sys.stderr)
        data = setting.root / "training" / "data" / "jigsaw.csv.gz"
        subprocess.run([setting.python, services / "train_original.py", data, model], check=True)
    os.environ["BENCH_ORIGINAL_MODEL"] = str(model)
    return uvicorn.start(setting, "original", "original_stack")


def versions(setting):
    return uvicorn.versions(setting, ["scikit-learn", "prometheus-fastapi-instrumentator", "prometheus-client"])
