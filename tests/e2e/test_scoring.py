"""A deployed model over kill -9: nothing it should score is lost, doubled or scored otherwise."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.e2e.process import ServerProcess
from twinedge.kit.clock import US, to_iso

NAMES = ("flow", "pressure")


def wait(server: ServerProcess, path: str, key: str, wanted: set[str]) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        item: dict[str, Any] = server.http.get(path).raise_for_status().json()["data"]
        if item[key] in wanted:
            return item
        time.sleep(0.1)
    raise TimeoutError(f"{path}: {item[key]}")


def train(server: ServerProcess) -> str:
    rng = np.random.default_rng(1)
    rows = "\n".join(f"{f:.4f},{p:.4f}" for f, p in rng.normal([10, 4], [0.3, 0.1], (800, 2)))
    server.http.post("/v1/ml/datasets", json={"id": "d", "name": "d"}).raise_for_status()
    file = {"file": ("d.csv", f"flow,pressure\n{rows}\n")}
    server.http.post("/v1/ml/datasets/d/upload", files=file).raise_for_status()
    body = {"name": "Guard", "dataset_id": "d", "algorithm": "adaptive_mahalanobis"}
    job = server.http.post("/v1/ml/training", json=body).raise_for_status().json()["data"]
    done = wait(server, f"/v1/ml/training/{job['id']}", "status", {"succeeded", "failed"})
    assert done["status"] == "succeeded", done
    return str(done["model_id"])


def send(server: ServerProcess, rows: np.ndarray, first_us: int) -> None:
    points = [
        {"asset_id": "pump", "tag_name": name, "value": value, "timestamp": to_iso(ts)}
        for ts, row in zip(range(first_us, 2**62, US), rows.tolist(), strict=False)
        for name, value in zip(NAMES, row, strict=True)
    ]
    server.http.post("/v1/telemetry", json={"data": points}).raise_for_status()


def scores(server: ServerProcess) -> list[tuple[str, float]]:
    query = {"asset_id": "pump", "tag_name": "Guard.score", "limit": 10_000}
    found = server.http.get("/v1/telemetry", params=query).raise_for_status().json()["data"]
    return [(point["timestamp"], point["value"]) for point in found]


@pytest.mark.slow
def test_scoring_goes_on_with_its_state_over_kills(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    healthy = rng.normal([10, 4], [0.3, 0.1], (300, 2)).round(4)
    rows = np.concatenate([healthy[:130], np.tile([12.0, 3.0], (20, 1)), healthy[130:]])
    first_us = time.time_ns() // 10**9 * US - len(rows) * US
    with ServerProcess(tmp_path / "data") as server:
        id = train(server)
        features = [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]
        tested = server.http.post(f"/v1/ml/models/{id}/test", json={"features": features})
        expected = [answer["score"] for answer in tested.raise_for_status().json()["data"]]
        server.http.post(f"/v1/ml/models/{id}/deploy").raise_for_status()
        for start in range(0, len(rows), 5):
            send(server, rows[start : start + 5], first_us + start * US)
            if start in {100, 135, 250}:  # in the middle of what it scores right now
                server.kill()
                server.start()
        deadline = time.monotonic() + 30
        while len(scores(server)) < len(rows) and time.monotonic() < deadline:
            time.sleep(0.1)
        found = scores(server)
        assert [ts for ts, _ in found] == [to_iso(first_us + i * US) for i in range(len(rows))]
        assert [value for _, value in found] == pytest.approx(expected)
        model = server.http.get(f"/v1/ml/models/{id}").json()["data"]
        assert model["deployment"]["rows_scored"] == len(rows)
