"""Deployed models on live telemetry."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from tests.ml.rig import NAMES, STRANGE, Plant, normal, running, until
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.clock import US, SystemClock
from twinedge.ml.algorithms.predictor import Predictor
from twinedge.ml.models.deployments import Target
from twinedge.ml.models.model import Missing, Mode
from twinedge.ml.models.worker import ModelWorker
from twinedge.telemetry.model import batch_of

ANY = Target(None, None, None, Mode.LIVE, 60.0, Missing.SKIP)
NOW = SystemClock().now_us() // US * US


async def deploy(plant: Plant, id: str, **body: object) -> dict[str, object]:
    answer = await plant.http.post(f"/ml/models/{id}/deploy", json=body)
    assert answer.status_code == 200, answer.text
    data: dict[str, object] = answer.json()["data"]["deployment"]
    return data


async def scored(
    plant: Plant, count: int, tag: str = "Guard.score", asset: str = "pump"
) -> dict[int, float]:
    async def enough() -> dict[int, float] | None:
        found = await plant.scores(tag, asset)
        return found if len(found) >= count else None

    found: dict[int, float] = await until(enough)
    assert len(found) == count
    return found


class TestScores:
    async def test_each_row_gets_one_score_at_its_own_time(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await deploy(plant, id)
        rows = np.concatenate([normal(20, 1), STRANGE])
        await plant.send(rows, NOW)
        found = await scored(plant, 21)
        assert list(found) == [NOW + i * US for i in range(21)]
        assert np.median(list(found.values())) < 0.5 < found[NOW + 20 * US]
        assert (await plant.scores("Guard.anomaly"))[NOW + 20 * US] == 1.0

    async def test_equal_the_test_endpoint_for_a_detector_with_memory(self, plant: Plant) -> None:
        id = await plant.model(normal(), "adaptive_mahalanobis")
        rows = np.concatenate([normal(40, 1), np.repeat(STRANGE, 5, 0)])
        features = [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]
        tested = await plant.http.post(f"/ml/models/{id}/test", json={"features": features})
        await deploy(plant, id)
        for start in range(0, len(rows), 7):  # in pieces: the state goes on
            await plant.send(rows[start : start + 7], NOW + start * US)
        found = await scored(plant, len(rows))
        assert list(found.values()) == pytest.approx([a["score"] for a in tested.json()["data"]])

    async def test_predictions_are_told_with_the_feature_to_blame(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await deploy(plant, id, asset_id=None)
        await plant.send(np.array([[10.0, 4.0], [10.0, 9.0]]), NOW)
        await until(lambda: len(plant.told) == 2)
        last = plant.told[-1]
        assert (last.model_id, last.asset_id, last.mode) == (id, "pump", "live")
        assert (last.is_anomaly, last.top) == (True, "pressure")
        assert plant.told[0].top is None

    async def test_an_asset_that_comes_later_is_watched_too(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await deploy(plant, id)
        await plant.send(normal(3, 1), NOW)
        await scored(plant, 3)
        await plant.send(normal(3, 2), NOW, asset_id="other")
        await scored(plant, 3, asset="other")
        item = (await plant.http.get(f"/ml/models/{id}")).json()["data"]["deployment"]
        assert item["assets"] == ["other", "pump"]
        assert item["state"] == "scoring"
        assert item["rows_scored"] == 6

    async def test_bindings_take_tags_from_anywhere(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await plant.register.ensure([NewTag("a", "q", Kind.NUMBER), NewTag("b", "p", Kind.NUMBER)])
        bindings = {
            "flow": {"asset_id": "a", "tag_name": "q"},
            "pressure": {"asset_id": "b", "tag_name": "p"},
        }
        shown = await deploy(plant, id, bindings=bindings, output_tag="health")
        assert shown["bindings"] == bindings
        q, p = plant.register.find("a", "q"), plant.register.find("b", "p")
        assert q
        assert p
        await plant.telemetry.ingest(
            batch_of([q.series, p.series], [NOW, NOW + 5], [10.0, 4.0], [0, 0], NOW)
        )
        assert list(await scored(plant, 1, "health", "a")) == [NOW + 5]

    async def test_warm_up_scores_are_uncertain_and_history_shortens_it(self, plant: Plant) -> None:
        id = await plant.model(normal(), "robust_zscore", window=5, smooth=3)
        await plant.send(normal(30, 1), SystemClock().now_us() - 31 * US)
        shown = await deploy(plant, id)
        assert shown["warm_up"] == {"rows_seen": 6, "rows_needed": 6}
        await plant.send(normal(2, 2), NOW, asset_id="new")
        await scored(plant, 2, asset="new")
        item = (await plant.http.get(f"/ml/models/{id}")).json()["data"]["deployment"]
        assert item["warm_up"] == {"rows_seen": 2, "rows_needed": 6}


class TestVersions:
    async def test_a_new_version_replaces_the_old_without_a_gap_and_rolls_back(
        self, plant: Plant
    ) -> None:
        first, second = await plant.model(normal()), await plant.model(normal(seed=8))
        await deploy(plant, first)
        await plant.send(normal(5, 1), NOW)
        await deploy(plant, second)
        await plant.send(normal(5, 2), NOW + 5 * US)
        found = await scored(plant, 10)
        assert list(found) == [NOW + i * US for i in range(10)]
        status = {m["id"]: m["status"] for m in (await plant.http.get("/ml/models")).json()["data"]}
        assert status == {first: "ready", second: "deployed"}
        back = await plant.http.post(f"/ml/models/{second}/rollback")
        assert back.json()["data"]["id"] == first
        assert back.json()["data"]["status"] == "deployed"
        await plant.send(normal(2, 3), NOW + 10 * US)
        await scored(plant, 12)
        again = await plant.http.post(f"/ml/models/{first}/rollback")
        assert again.json()["data"]["id"] == second

    async def test_nothing_to_roll_back_to_is_a_conflict(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await deploy(plant, id)
        assert (await plant.http.post(f"/ml/models/{id}/rollback")).status_code == 409

    async def test_a_shadow_scores_beside_the_live_model(self, plant: Plant) -> None:
        live, shadow = await plant.model(normal()), await plant.model(normal(seed=8))
        await deploy(plant, live)
        shown = await deploy(plant, shadow, mode="shadow")
        assert shown["output_tag"] == "Guard.shadow.score"
        await plant.send(normal(3, 1), NOW)
        await scored(plant, 3)
        await scored(plant, 3, "Guard.shadow.score")

    async def test_another_models_tag_is_not_taken(self, plant: Plant) -> None:
        await deploy(plant, await plant.model(normal()))
        other = await plant.model(normal(), name="Other")
        answer = await plant.http.post(
            f"/ml/models/{other}/deploy", json={"output_tag": "Guard.score"}
        )
        assert answer.status_code == 409

    async def test_a_moved_threshold_counts_from_then_on(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await deploy(plant, id)
        await plant.send(STRANGE, NOW)
        assert (await scored(plant, 1))[NOW] > 0.5
        changed = await plant.http.put(f"/ml/models/{id}", json={"threshold": 0.99})
        assert "owner" in changed.json()["data"]["card"]["threshold_origin"]
        await until(lambda: plant.ml.deployments.news() == [])
        await plant.send(STRANGE, NOW + US)
        assert (await scored(plant, 2))[NOW + US] < 0.5

    async def test_score_tags_follow_what_is_deployed(self, plant: Plant) -> None:
        heard: list[str | None] = []
        deployments = plant.ml.deployments
        id = await plant.model(normal())
        deployments.on_change(lambda: heard.append(deployments.score_tag_of(id)))
        assert deployments.score_tag_of(id) is None
        await deploy(plant, id)
        await plant.http.post(f"/ml/models/{id}/undeploy")
        assert heard == ["Guard.score", None]

    async def test_a_replaced_version_leads_to_the_one_that_is_live(self, plant: Plant) -> None:
        deployments = plant.ml.deployments
        old, new = await plant.model(normal()), await plant.model(normal())
        await deploy(plant, old)
        await deploy(plant, new, output_tag="other")
        assert deployments.score_tag_of(old) == deployments.score_tag_of(new) == "other"
        await plant.http.post(f"/ml/models/{new}/undeploy")
        assert deployments.score_tag_of(old) is None


class TestOutputs:
    @pytest.mark.parametrize("call", ["deploy", "backfill"])
    async def test_a_measured_tag_is_never_written_over(self, plant: Plant, call: str) -> None:
        id = await plant.model(normal())
        await plant.send(normal(3, 1), NOW - 60 * US)
        span = {"start": "2026-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z"}
        body = {"output_tag": NAMES[0]} | (span if call == "backfill" else {})
        answer = await plant.http.post(f"/ml/models/{id}/{call}", json=body)
        assert answer.status_code == 409
        assert "holds other values than scores" in answer.json()["error"]["message"]
        assert len(await plant.scores(NAMES[0])) == 3

    async def test_a_tag_of_its_own_may_be_used_again(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await plant.send(normal(1, 1), NOW)
        await deploy(plant, id, output_tag="health")
        await plant.send(normal(1, 2), NOW + US)
        await scored(plant, 1, "health")
        await plant.http.post(f"/ml/models/{id}/undeploy")
        await deploy(plant, id, output_tag="health")


class TestFailures:
    async def test_an_error_of_the_database_does_not_end_the_scorer(
        self, plant: Plant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("twinedge.ml.models.worker._RETRY_S", 0.05)
        id = await plant.model(normal())
        with monkeypatch.context() as away:
            failed = asyncio.Event()

            async def no_answer(*_: object) -> None:
                failed.set()
                raise OSError("the database is away")

            away.setattr(ModelWorker, "_look", no_answer)
            await plant.send(normal(1, 1), NOW)
            await asyncio.wait_for(failed.wait(), 60)
        await deploy(plant, id)
        await plant.send(normal(2, 2), NOW + US)
        await scored(plant, 2)

    async def test_a_damaged_model_is_named_and_stops_no_other(self, plant: Plant) -> None:
        bad, good = await plant.model(normal(), name="Bad"), await plant.model(normal())
        (plant.directory / "ml" / "models" / bad / "model.onnx").write_bytes(b"rubbish")
        await plant.send(normal(2, 1), NOW)
        shown = await deploy(plant, bad)
        await deploy(plant, good)
        await plant.send(normal(3, 2), NOW + 2 * US)
        await scored(plant, 3)
        assert shown["state"] == "waiting" or shown["state"] == "failing"
        item = (await plant.http.get(f"/ml/models/{bad}")).json()["data"]["deployment"]
        assert item["state"] == "failing"
        assert item["errors"][0]["asset_id"] is None

    async def test_a_scoring_error_is_named_and_tried_again_from_where_it_was(
        self, plant: Plant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("twinedge.ml.models.worker._AGAIN_S", 0.05)
        monkeypatch.setattr("twinedge.ml.models.worker.SAVE_S", 0.05)
        id = await plant.model(normal())
        await deploy(plant, id)
        await plant.send(normal(2, 1), NOW)
        await scored(plant, 2)
        whole = Predictor.score
        monkeypatch.setattr(Predictor, "score", lambda *a, **k: 1 / 0)
        await plant.send(normal(2, 2), NOW + 2 * US)

        async def failing() -> bool:
            item = (await plant.http.get(f"/ml/models/{id}")).json()["data"]["deployment"]
            return item["state"] == "failing" and "division" in item["errors"][0]["message"]

        await until(failing)
        monkeypatch.setattr(Predictor, "score", whole)
        await scored(plant, 4)


class TestRestart:
    async def test_a_stop_while_scores_wait_for_the_store_loses_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writing = asyncio.Event()

        async def stuck(_worker: ModelWorker, _points: object) -> None:
            writing.set()
            await asyncio.Event().wait()

        async with running(tmp_path) as plant:
            await deploy(plant, await plant.model(normal()))
            await plant.send(normal(2, 1), NOW)
            await scored(plant, 2)
            with monkeypatch.context() as full:
                full.setattr(ModelWorker, "_write", stuck)
                await plant.send(normal(2, 2), NOW + 2 * US)
                await asyncio.wait_for(writing.wait(), 60)
                await plant.ml.model_worker.stop()
        async with running(tmp_path) as plant:
            await scored(plant, 4)

    async def test_scoring_goes_on_with_its_state_over_restarts(self, tmp_path: Path) -> None:
        rows = np.concatenate([normal(60, 1), np.repeat(STRANGE, 3, 0), normal(37, 2)])
        async with running(tmp_path) as plant:
            id = await plant.model(normal(), "adaptive_mahalanobis")
            features = [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]
            tested = await plant.http.post(f"/ml/models/{id}/test", json={"features": features})
            await deploy(plant, id)
            await plant.send(rows[:40], NOW)
            await scored(plant, 40)
        async with running(tmp_path) as plant:
            await plant.ml.model_worker.stop()
            await plant.send(rows[40:80], NOW + 40 * US)  # stored while nobody scores
            await plant.ml.model_worker.start()
            await scored(plant, 80)
            await plant.send(rows[80:], NOW + 80 * US)
            found = await scored(plant, 100)
            item = (await plant.http.get(f"/ml/models/{id}")).json()["data"]["deployment"]
            assert item["rows_scored"] == 100
        assert list(found.values()) == pytest.approx([a["score"] for a in tested.json()["data"]])


class TestDrift:
    async def test_moved_features_are_reported_and_written_as_a_tag(self, plant: Plant) -> None:
        id = await plant.model(normal(), "adaptive_mahalanobis")
        await deploy(plant, id)
        empty = (await plant.http.get(f"/ml/models/{id}/drift")).json()["data"]
        assert empty == {"features": {}, "since": None, "rows": 0}
        await plant.send(normal(150, 1) + np.array([2.0, 0.0]), NOW)
        await scored(plant, 150)
        drift = (await plant.http.get(f"/ml/models/{id}/drift")).json()["data"]
        assert drift["features"]["flow"]["status"] == "drifted"
        assert drift["features"]["pressure"]["psi"] < drift["features"]["flow"]["psi"]
        assert drift["rows"] == 150
        written = await plant.scores("Guard.drift")
        assert next(iter(written.values())) == pytest.approx(drift["features"]["flow"]["psi"])


class TestBackfill:
    async def test_history_gets_the_scores_it_would_have_had(self, plant: Plant) -> None:
        id = await plant.model(normal(), "adaptive_mahalanobis")
        start = NOW - 5000 * US
        rows = np.concatenate([normal(200, 1), np.repeat(STRANGE, 5, 0)])
        await plant.send(rows, start)
        body = {"start": "2020-01-01", "end": "2100-01-01"}
        for _twice in range(2):
            asked = await plant.http.post(f"/ml/models/{id}/backfill", json=body)
            assert asked.status_code == 202, asked.text
            place = asked.headers["location"].removeprefix("/v1")

            async def done(place: str = place) -> dict[str, object] | None:
                job: dict[str, object] = (await plant.http.get(place)).json()["data"]
                return None if job["status"] in {"queued", "running"} else job

            job = await until(done)
            assert job["status"] == "succeeded", job
            assert job["rows_scored"] == 205
            found = await scored(plant, 205)
            assert list(found.values())[-1] > 0.5
        listed = (await plant.http.get(f"/ml/models/{id}/backfills")).json()
        assert listed["meta"]["total"] == 2
        gone = await plant.http.delete(place)
        assert gone.status_code == 409

    async def test_bad_orders_are_refused_or_fail_with_a_reason(self, plant: Plant) -> None:
        id = await plant.model(normal())
        where = f"/ml/models/{id}/backfill"
        future = await plant.http.post(where, json={"start": "2100-01-01", "end": "2101-01-01"})
        assert future.json()["error"]["details"][0]["field"] == "start"
        order = {"start": "2020-01-01", "end": "2021-01-01", "asset_ids": ["nobody"]}
        await plant.http.post(where, json=order)

        async def failed() -> str | None:
            job = (await plant.http.get(f"/ml/models/{id}/backfills")).json()["data"][0]
            return job["error"] if job["status"] == "failed" else None

        assert "nobody" in await until(failed)
