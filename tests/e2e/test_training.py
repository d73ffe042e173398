"""A training survives the kill of the server that runs it."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.e2e.process import ServerProcess

pytestmark = pytest.mark.slow


def until(server: ServerProcess, path: str, **wanted: Any) -> dict[str, Any]:
    """The resource once it has these values."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found: dict[str, Any] = server.http.get(path).json()["data"]
        if all(found[name] == value for name, value in wanted.items()):
            return found
        time.sleep(0.05)
    raise TimeoutError(f"{path} is {found}")


def test_begins_again_and_ends_in_one_model(tmp_path: Path) -> None:
    with ServerProcess(tmp_path / "data") as server:
        server.http.post("/v1/ml/datasets", json={"id": "d", "name": "d"})
        rows = np.random.default_rng(0).normal(size=(20_000, 3)).round(3).tolist()
        text = "\n".join(["a,b,c", *(",".join(map(str, row)) for row in rows)])
        sent = server.http.post("/v1/ml/datasets/d/upload", files={"file": ("x.csv", text)})
        assert sent.status_code == 200, sent.text
        order = {
            "id": "t", "name": "m", "dataset_id": "d", "algorithm": "isolation_forest",
            "hyperparameters": {"n_estimators": 300, "max_samples": 20_000},
        }  # fmt: skip
        assert server.http.post("/v1/ml/training", json=order).status_code == 202
        until(server, "/v1/ml/training/t", status="running")
        server.kill()
        server.start()
        done = until(server, "/v1/ml/training/t", status="succeeded")
        assert done["restarts"] == 1
        assert server.http.get("/v1/ml/models").json()["meta"]["total"] == 1
