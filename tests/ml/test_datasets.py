"""Datasets over HTTP: versions, profiles, telemetry with labels, who needs them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from tests.ml.rig import Plant, normal, running, until
from twinedge.kit.clock import US, from_iso
from twinedge.ml.datasets.model import LabelQuery
from twinedge.ml.datasets.ports import LabelledSpan
from twinedge.telemetry.model import Quality, batch_of

START = from_iso("2026-01-06T10:00:00Z")


async def upload(http: httpx.AsyncClient, id: str, text: str | bytes) -> dict[str, Any]:
    sent = await http.post(f"/ml/datasets/{id}/upload", files={"file": ("x.csv", text)})
    assert sent.status_code == 200, sent.text
    data: dict[str, Any] = sent.json()["data"]
    return data


async def made(http: httpx.AsyncClient, id: str, text: str | bytes) -> dict[str, Any]:
    created = await http.post("/ml/datasets", json={"id": id, "name": id})
    assert created.status_code == 201, created.text
    assert created.json()["data"]["version"] == 0
    return await upload(http, id, text)


class TestVersions:
    async def test_every_content_is_kept_with_its_hash(self, plant: Plant) -> None:
        first = await made(plant.http, "d", "a\n1\n2\n")
        second = await upload(plant.http, "d", "a\n1\n2\n3\n")
        assert (first["version"], second["version"]) == (1, 2)
        assert first["hash"] != second["hash"]
        listed = (await plant.http.get("/ml/datasets/d/versions")).json()
        assert [v["version"] for v in listed["data"]] == [2, 1]
        assert [v["hash"] for v in listed["data"]] == [second["hash"], first["hash"]]
        assert [v["row_count"] for v in listed["data"]] == [3, 2]
        old = (await plant.http.get("/ml/datasets/d/preview?version=1")).json()["data"]
        assert old["row_count"] == 2
        assert (await plant.http.get("/ml/datasets/d/preview?version=9")).status_code == 404

    async def test_a_bad_upload_changes_nothing(self, plant: Plant) -> None:
        await made(plant.http, "d", "a\n1\n2\n")
        sent = await plant.http.post("/ml/datasets/d/upload", files={"file": ("x.csv", b"MZ\0")})
        assert sent.status_code == 400
        item = (await plant.http.get("/ml/datasets/d")).json()["data"]
        assert (item["version"], item["row_count"]) == (1, 2)
        left = [p.name for p in (plant.directory / "ml" / "datasets").iterdir()]
        assert left == [f"{item['hash']}.parquet"]

    async def test_deleting_removes_files_that_nobody_else_has(self, plant: Plant) -> None:
        await made(plant.http, "one", "a\n1\n2\n")
        await upload(plant.http, "one", "a\n5\n")
        await made(plant.http, "two", "a\n1\n2\n")
        await plant.http.get("/ml/datasets/one/preview")
        await plant.http.delete("/ml/datasets/one")
        kept = (await plant.http.get("/ml/datasets/two")).json()["data"]["hash"]
        files = [p.name for p in (plant.directory / "ml" / "datasets").iterdir()]
        assert files == [f"{kept}.parquet"]
        assert (await plant.http.get("/ml/datasets/two/preview")).status_code == 200


class TestProfile:
    async def test_says_how_each_column_is_spread(self, plant: Plant) -> None:
        rows = "\n".join(
            f"{i % 10},{'ab'[i % 2]},{i % 2 == 0},{2 if i else ''}" for i in range(100)
        )
        await made(plant.http, "d", f"n,t,ok,c\n{rows}\n")
        for _from_memory_too in range(2):
            data = (await plant.http.get("/ml/datasets/d/preview?rows=3")).json()["data"]
            n, t, ok, c = data["columns"]
            assert (n["type"], t["type"], ok["type"]) == ("number", "text", "boolean")
            assert (n["min"], n["max"], n["mean"], n["distinct"]) == (0, 9, 4.5, 10)
            assert n["std"] == pytest.approx(np.std(np.arange(10)))
            assert n["histogram"]["counts"] == [10] * 10
            assert len(n["histogram"]["edges"]) == 11
            assert (t["distinct"], t["histogram"]) == (2, None)
            assert (c["missing"], c["distinct"], c["histogram"]["counts"]) == (1, 1, [99])
            assert len(data["rows"]) == 3

    async def test_an_all_missing_column_has_none(self, plant: Plant) -> None:
        await made(plant.http, "d", "a,b\n1,\n2,\n")
        column = (await plant.http.get("/ml/datasets/d/preview")).json()["data"]["columns"][1]
        assert (column["missing"], column["histogram"], column["std"]) == (2, None, None)


class TestUsers:
    async def test_a_dataset_in_use_is_not_deleted(self, plant: Plant) -> None:
        text = "a,b\n" + "\n".join(f"{x},{y}" for x, y in normal(60))
        await made(plant.http, "d", text)
        body = {"name": "m", "dataset_id": "d", "algorithm": "robust_zscore"}
        job = (await plant.http.post("/ml/training", json=body)).json()["data"]["id"]
        assert (await plant.http.get("/ml/datasets/d")).json()["data"]["used_by"] == [job]
        refused = await plant.http.delete("/ml/datasets/d")
        assert refused.status_code == 409
        assert job in refused.json()["error"]["message"]

        async def model() -> str | None:
            found = (await plant.http.get(f"/ml/training/{job}")).json()["data"]
            assert found["status"] in {"queued", "running", "succeeded"}, found
            return str(found["model_id"]) if found["model_id"] else None

        id = await until(model)
        assert (await plant.http.get("/ml/datasets")).json()["data"][0]["used_by"] == [id]
        assert (await plant.http.delete("/ml/datasets/d")).status_code == 409
        await plant.http.post(f"/ml/models/{id}/archive")
        assert (await plant.http.delete("/ml/datasets/d")).status_code == 200


class Book:
    """Labels as alerts and annotations would give them."""

    def __init__(self) -> None:
        self.asked: list[LabelQuery] = []

    async def spans(
        self, query: LabelQuery, asset_ids: Sequence[str], start_us: int, end_us: int
    ) -> Sequence[LabelledSpan]:
        self.asked.append(query)
        return [
            LabelledSpan("pump", START + 60 * US, START + 90 * US),
            LabelledSpan("other", START, START + 3600 * US),
            LabelledSpan("pump", START, START + 60 * US, "pressure"),
        ]


class TestTelemetry:
    ORDER: dict[str, Any] = {  # noqa: RUF012
        "asset_ids": ["pump"], "tags": ["flow"], "start": "2026-01-06T10:00:00Z",
        "end": "2026-01-06T10:03:00Z", "interval": "1m",
    }  # fmt: skip

    async def build(self, plant: Plant, **order: Any) -> httpx.Response:
        body = {"name": "t", "telemetry": self.ORDER | order}
        return await plant.http.post("/ml/datasets", json=body)

    async def rows(self, plant: Plant, **order: Any) -> list[dict[str, Any]]:
        built = await self.build(plant, **order)
        assert built.status_code == 201, built.text
        id = built.json()["data"]["id"]
        rows: list[dict[str, Any]] = (await plant.http.get(f"/ml/datasets/{id}/preview")).json()[
            "data"
        ]["rows"]
        return rows

    async def test_good_points_only_unless_all_are_asked_for(self, plant: Plant) -> None:
        await plant.send(np.full((120, 2), 10.0), START)
        tag = plant.register.find("pump", "flow")
        assert tag is not None
        later = [START + 120 * US + i * US for i in range(60)]
        bad = [int(Quality.UNCERTAIN)] * 60
        await plant.telemetry.ingest(batch_of([tag.series] * 60, later, [20.0] * 60, bad, START))
        assert [r["flow"] for r in await self.rows(plant)] == [10.0, 10.0]
        assert [r["flow"] for r in await self.rows(plant, quality="all")] == [10.0, 10.0, 20.0]

    async def test_labels_mark_the_rows_they_touch(self, tmp_path: Path) -> None:
        book = Book()
        async with running(tmp_path, labels=book) as plant:
            await plant.send(np.full((180, 2), 10.0), START)
            rows = await self.rows(plant, labels={"from": "annotations", "label": "worn"})
            assert [row["label"] for row in rows] == [0.0, 1.0, 0.0]
            both = await self.rows(plant, tags=["flow", "pressure"], labels={"from": "alerts"})
            assert [row["label"] for row in both] == [1.0, 1.0, 0.0]
            assert book.asked[0].label == "worn"
            named = await self.rows(
                plant, labels={"from": "alerts", "severity": "warning", "column": "trouble"}
            )
            assert named[1]["trouble"] == 1.0

    @pytest.mark.parametrize(
        ("order", "field"),
        [
            ({"labels": {"from": "alerts", "label": "x"}}, "telemetry.labels"),
            ({"labels": {"from": "annotations", "rule_ids": ["x"]}}, "telemetry.labels"),
            ({"labels": {"from": "somewhere"}}, "telemetry.labels.from"),
            ({"labels": {"from": "alerts", "column": "flow"}}, "telemetry.labels.column"),
            ({"tags": ["flows"]}, "telemetry.tags"),
            ({"interval": "1 minute"}, "telemetry.interval"),
            ({"interval": "1s", "end": "2099-01-01"}, "telemetry.interval"),
            ({"end": "2026-01-06T10:00:00Z"}, "telemetry"),
            ({"quality": "best"}, "telemetry.quality"),
        ],
    )
    async def test_bad_orders_name_their_fault(
        self, plant: Plant, order: dict[str, Any], field: str
    ) -> None:
        await plant.send(np.full((120, 2), 10.0), START)
        built = await self.build(plant, **order)
        assert built.status_code == 400
        assert field in [fault["field"] for fault in built.json()["error"]["details"]]
