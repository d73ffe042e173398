"""The REST reference, ML Models: its examples from an upload to a model that watches."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from tests.people import OneKey
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import US, SystemClock
from twinedge.ml.room import build
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry.model import Range, Scan, batch_of
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app

TRAIN = b"""{
"name": "Pump Anomaly Detector",
"dataset_id": "ds-456",
"algorithm": "isolation_forest",
"hyperparameters": {
"n_estimators": 100,
"contamination": 0.05
}
}"""
TEST = b"""{
"features": {
"vibration_x": 2.5,
"vibration_y": 2.1,
"temperature": 65.0
}
}"""
NAMES = ("vibration_x", "vibration_y", "temperature")
HEADERS = {"Authorization": "Bearer YOUR_API_KEY"}
JSON = HEADERS | {"Content-Type": "application/json"}


@dataclass
class Plant:
    http: httpx.AsyncClient
    telemetry: Telemetry
    register: Register


@pytest.fixture
async def plant(tmp_path: Path) -> AsyncIterator[Plant]:
    db = Database(f"sqlite:///{tmp_path}/twinedge.db")
    db.migrate()
    clock = SystemClock()
    register = Register(db, clock)
    await register.load()
    store = DuckdbStore(tmp_path / "telemetry.duckdb")
    await store.open()
    telemetry = Telemetry(store, register, Stream(), clock)
    await telemetry.start()
    ml = build(db, telemetry, register, clock, tmp_path / "ml")
    await ml.model_worker.start()
    await ml.training_worker.start()
    app = create_app(routers=list(ml.routers), authenticator=OneKey(), version="0")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://test/v1", headers=HEADERS
    ) as http:
        yield Plant(http, telemetry, register)
    await ml.training_worker.stop()
    await ml.model_worker.stop()
    await telemetry.stop()
    await store.close()
    db.close()


def pump_csv(rows: int = 500) -> tuple[str, np.ndarray[Any, Any]]:
    rng = np.random.default_rng(7)
    x = np.round(rng.normal([1.0, 1.2, 60.0], [0.1, 0.1, 2.0], (rows, 3)), 3)
    lines = [",".join(NAMES), *(",".join(map(str, row)) for row in x)]
    return "\n".join(lines) + "\n", x


async def finished(http: httpx.AsyncClient, id: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            job: dict[str, Any] = (await http.get(f"/ml/training/{id}")).json()["data"]
            if job["status"] not in {"queued", "running"}:
                return job
            await asyncio.sleep(0.05)


async def dataset(http: httpx.AsyncClient, text: str, id: str = "ds-456") -> dict[str, Any]:
    made = await http.post("/ml/datasets", json={"id": id, "name": "Pump"})
    assert made.status_code == 201, made.text
    sent = await http.post(f"/ml/datasets/{id}/upload", files={"file": ("pump.csv", text)})
    assert sent.status_code == 200, sent.text
    data: dict[str, Any] = sent.json()["data"]
    return data


class TestFromUploadToDeployment:
    async def test_the_reference_examples_run_end_to_end(self, plant: Plant) -> None:
        http = plant.http
        text, x = pump_csv()
        data = await dataset(http, text)
        assert data["row_count"] == 500
        assert [c["name"] for c in data["columns"]] == list(NAMES)
        preview = (await http.get("/ml/datasets/ds-456/preview")).json()["data"]
        assert preview["row_count"] == 500
        column = preview["columns"][0]
        assert column["name"] == "vibration_x"
        assert sum(column["histogram"]["counts"]) == 500
        assert len(preview["rows"]) == 20
        started = await http.post("/ml/training", content=TRAIN, headers=JSON)
        assert started.status_code == 202, started.text
        job = await finished(http, started.json()["data"]["id"])
        assert job["status"] == "succeeded", job
        assert job["progress"] == 1.0
        model = (await http.get(f"/ml/models/{job['model_id']}")).json()["data"]
        assert model["features"] == list(NAMES)
        assert model["status"] == "ready"
        tested = await http.post(f"/ml/models/{model['id']}/test", content=TEST, headers=JSON)
        assert tested.status_code == 200, tested.text
        answer = tested.json()["data"]
        assert answer["is_anomaly"] is True
        assert answer["score"] > 0.5
        from sklearn.ensemble import IsolationForest

        forest = IsolationForest(
            n_estimators=100, contamination=0.05, max_samples=256, random_state=0
        ).fit(x)
        rows = [dict(zip(NAMES, row, strict=True)) for row in x.tolist()]
        many = await http.post(f"/ml/models/{model['id']}/test", json={"features": rows})
        answers = many.json()["data"]
        raw = np.array([a["raw_score"] for a in answers])
        assert np.abs(raw + forest.score_samples(x)).max() < 1e-6
        flags = np.array([a["is_anomaly"] for a in answers])
        assert (flags == (forest.predict(x) < 0)).all()
        for place, id in (("datasets", "ds-456"), ("training", job["id"]), ("models", model["id"])):
            listed = (await http.get(f"/ml/{place}")).json()
            assert [item["id"] for item in listed["data"]] == [id]
            assert listed["meta"] == {"page": 1, "per_page": 20, "total": 1}
        deployed = await http.post(f"/ml/models/{model['id']}/deploy")
        assert deployed.json()["data"]["status"] == "deployed"
        await self.watches(plant)

    async def watches(self, plant: Plant) -> None:
        tags = await plant.register.ensure([NewTag("pump-1", n, Kind.NUMBER) for n in NAMES])
        now = SystemClock().now_us()
        normal, strange = [1.0, 1.2, 60.0], [2.5, 2.1, 65.0]
        for second, row in enumerate([normal, normal, strange]):
            series = [tag.series for tag in tags]
            ts = [now + second * US] * 3
            await plant.telemetry.ingest(batch_of(series, ts, row, [0] * 3, now))
        score = None
        async with asyncio.timeout(60):
            while score is None:
                score = plant.register.find("pump-1", "Pump Anomaly Detector.score")
                await asyncio.sleep(0.02)
            while True:
                question = Scan(np.array([score.series], np.uint32), Range())
                found = await plant.telemetry.scan(question)
                if len(found) == 3:
                    break
                await asyncio.sleep(0.02)
        assert found.value[0] < 0.5 < found.value[2]


class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "program"),
            (b"a,b\n1,2\n1,2,3\n", "line 3"),
            (b"", "empty"),
            (b"PAR1" + b"x" * 100, "damaged"),
            (b'{"a": 1}\n{"a": \n', "line 2"),
            ((",".join(f"c{i}" for i in range(5000)) + "\n").encode(), "5000 columns"),
        ],
    )
    async def test_a_bad_file_is_refused_and_the_old_content_stays(
        self, plant: Plant, content: bytes, words: str
    ) -> None:
        text, _x = pump_csv(30)
        await dataset(plant.http, text)
        sent = await plant.http.post(
            "/ml/datasets/ds-456/upload", files={"file": ("x.csv", content)}
        )
        assert sent.status_code == 400, sent.text
        assert words in sent.json()["error"]["message"]
        kept = (await plant.http.get("/ml/datasets/ds-456")).json()["data"]
        assert kept["row_count"] == 30

    async def test_wrong_trainings_name_every_fault(self, plant: Plant) -> None:
        await dataset(plant.http, pump_csv(30)[0])
        body = {"name": "x", "dataset_id": "ds-456", "algorithm": "isolation_forest"}
        wrong = await plant.http.post(
            "/ml/training", json=body | {"hyperparameters": {"n_estimator": 5, "contamination": 2}}
        )
        fields = [d["field"] for d in wrong.json()["error"]["details"]]
        assert fields == ["hyperparameters.n_estimator", "hyperparameters.contamination"]
        unknown = await plant.http.post("/ml/training", json=body | {"algorithm": "magic"})
        assert "isolation_forest" in unknown.json()["error"]["message"]
        target = await plant.http.post(
            "/ml/training",
            json=body
            | {"algorithm": "ridge", "target": "temperature", "features": ["temperature"]},
        )
        assert target.json()["error"]["details"][0]["field"] == "features[0]"

    async def test_hopeless_data_fails_with_a_reason(self, plant: Plant) -> None:
        await dataset(plant.http, "a,b\n1,2\n3,4\n5,6\n", "few")
        await dataset(plant.http, "a,b\n" + "1,2\n" * 50, "flat")
        for id, words in (("few", "only 3"), ("flat", "constant")):
            body = {"name": id, "dataset_id": id, "algorithm": "adaptive_mahalanobis"}
            started = await plant.http.post("/ml/training", json=body)
            job = await finished(plant.http, started.json()["data"]["id"])
            assert job["status"] == "failed"
            assert words in job["error"]

    async def test_an_empty_dataset_cannot_be_learned_from(self, plant: Plant) -> None:
        await plant.http.post("/ml/datasets", json={"id": "ds-456", "name": "Pump"})
        started = await plant.http.post("/ml/training", content=TRAIN, headers=JSON)
        assert started.status_code == 409


class TestCancel:
    async def test_a_running_job_is_cancelled_and_a_finished_one_is_a_conflict(
        self, plant: Plant
    ) -> None:
        await dataset(plant.http, pump_csv(5000)[0])
        body = {
            "name": "slow",
            "dataset_id": "ds-456",
            "algorithm": "autoencoder",
            "hyperparameters": {"max_iter": 2000, "hidden": 128},
        }
        id = (await plant.http.post("/ml/training", json=body)).json()["data"]["id"]
        cancelled = await plant.http.delete(f"/ml/training/{id}")
        assert cancelled.json()["data"]["status"] == "cancelled"
        assert (await plant.http.delete(f"/ml/training/{id}")).status_code == 409
        assert (await plant.http.delete("/ml/datasets/ds-456")).json()["data"]["deleted"] is True
