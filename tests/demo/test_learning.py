"""The demo's model: made once through the API, and left alone when people have changed it."""

import json
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twinedge.client import Client
from twinedge.demo import learning


class Server:
    """Keeps what it is given; a training succeeds when it is asked for the second time."""

    def __init__(self, outcome: str = "succeeded") -> None:
        self.things: dict[str, dict[str, dict[str, Any]]] = {}
        self.changes: list[str] = []
        self._outcome = outcome

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v1/").removeprefix("ml/")
        noun, *rest = path.split("/")
        kept = self.things.setdefault(noun, {})
        if request.method == "GET":
            if rest:
                return httpx.Response(200, json={"data": self._trained(kept[rest[0]])})
            meta = {"page": 1, "per_page": 100, "total": len(kept)}
            return httpx.Response(200, json={"data": list(kept.values()), "meta": meta})
        self.changes.append(path)
        if len(rest) == 2:
            state = "ready" if rest[1] == "upload" else "deployed"
            kept[rest[0]]["status"] = state
            return httpx.Response(200, json={"data": kept[rest[0]]})
        body = json.loads(request.content)
        id = body.get("id", "t")
        kept[id] = {"status": "empty" if noun == "datasets" else "queued"} | body | {"id": id}
        return httpx.Response(201, json={"data": kept[id]})

    def _trained(self, job: dict[str, Any]) -> dict[str, Any]:
        is_good = self._outcome == "succeeded"
        model_id = "m" if is_good else None
        job |= {"status": self._outcome, "model_id": model_id, "error": "no", "message": ""}
        if is_good:
            self.things.setdefault("models", {})["m"] = {"id": "m", "name": learning.MODEL_NAME}
        return job


@pytest.fixture(autouse=True)
def short_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "_DAYS", (101,))
    monkeypatch.setattr(learning, "_DAY_S", 5)
    monkeypatch.setattr(learning, "_POLL_S", 0.0)


def teach(server: Server) -> str:
    with Client("http://demo", "te", transport=httpx.MockTransport(server)) as client:
        return learning.teach(client, lambda _step: None)


class TestTeach:
    def test_makes_everything_once(self) -> None:
        server = Server()
        assert teach(server) == "m"
        assert server.changes == [
            "datasets", "datasets/demo-pump-health/upload", "training", "models/m/deploy",
            "alert-rules",
        ]  # fmt: skip
        rule = server.things["alert-rules"][learning.RULE_ID]
        assert rule["condition"]["model_id"] == "m"
        server.changes.clear()
        teach(server)
        assert server.changes == []

    def test_a_dataset_that_was_never_filled_is_filled(self) -> None:
        server = Server()
        id = learning.DATASET_ID
        server.things["datasets"] = {id: {"id": id, "status": "empty"}}
        teach(server)
        assert server.changes[0] == f"datasets/{id}/upload"

    def test_a_failed_training_says_why(self) -> None:
        with pytest.raises(learning.NotLearned, match="failed: no"):
            teach(Server("failed"))


def test_the_recording_is_healthy_rows_of_the_features() -> None:
    table = pq.read_table(pa.BufferReader(learning.recording()))
    assert table.column_names == ["timestamp", *learning.FEATURES]
    assert table.num_rows == 5
    assert max(table.column("vibration_rms").to_pylist()) < 3
