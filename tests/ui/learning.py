"""Models to look at: a small labelled table, and what is trained on it through the REST API."""

import random
import time
from datetime import UTC, datetime, timedelta

from tests.e2e.process import ServerProcess
from tests.ui.operations import post

FEATURES = ("flow", "vibration_rms", "temperature")
_MEANS = (58.0, 2.3, 62.0)
_SPREADS = (4.0, 0.2, 2.0)
_DONE_S = 60.0


def labelled_rows(rows: int = 300) -> str:
    """CSV: rows like those of the demo's pumps, every twentieth of them far off and labelled."""
    dice = random.Random(7)
    lines = [",".join((*FEATURES, "label"))]
    for number in range(rows):
        far = number % 20 == 19
        flow, vibration, temperature = _row(dice)
        vibration = dice.gauss(9, 0.2) if far else vibration
        lines.append(f"{flow:.3f},{vibration:.3f},{temperature:.3f},{int(far)}")
    return "\n".join(lines) + "\n"


def dataset(server: ServerProcess, id: str) -> None:
    """A dataset of the labelled rows."""
    post(server, "/v1/ml/datasets", {"id": id, "name": "Pump history"})
    file = {"file": ("history.csv", labelled_rows(), "text/csv")}
    answer = server.http.post(f"/v1/ml/datasets/{id}/upload", files=file)
    assert answer.status_code == 200, answer.text


def model(server: ServerProcess, dataset_id: str, name: str, algorithm: str) -> str:
    """Train and wait; the id of the model."""
    body = {"name": name, "dataset_id": dataset_id, "algorithm": algorithm, "target": "label"}
    job = post(server, "/v1/ml/training", body)
    deadline = time.monotonic() + _DONE_S
    while job["status"] in ("queued", "running"):
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
        job = server.http.get(f"/v1/ml/training/{job['id']}").json()["data"]
    assert job["status"] == "succeeded", job
    return str(job["model_id"])


def feed(server: ServerProcess, asset_id: str, seconds: int, ago_s: int = 0) -> None:
    """Healthy rows of the features once a second, the last one so many seconds ago."""
    dice = random.Random(ago_s)
    end = datetime.now(UTC) - timedelta(seconds=ago_s)
    points = [
        {
            "asset_id": asset_id,
            "tag_name": name,
            "value": value,
            "timestamp": (end - timedelta(seconds=second)).isoformat(),
        }
        for second in range(seconds, 0, -1)
        for name, value in zip(FEATURES, _row(dice), strict=True)
    ]
    post(server, "/v1/telemetry", {"data": points})


def _row(dice: random.Random) -> tuple[float, ...]:
    return tuple(dice.gauss(mean, by) for mean, by in zip(_MEANS, _SPREADS, strict=True))
