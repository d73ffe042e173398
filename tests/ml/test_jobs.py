"""Trainings through the API: what they tell, how they end, and what they refuse."""

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from sqlalchemy import text

from tests.ml.rig import Plant, normal, running, until
from twinedge.ml.algorithms.files import load_estimator
from twinedge.ml.training.model import Limits
from twinedge.ml.training.service import RESTARTS

FINAL = {"succeeded", "failed", "cancelled"}


def csv(columns: dict[str, Any]) -> str:
    rows = zip(*columns.values(), strict=True)
    return "\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows)]) + "\n"


def times(count: int) -> list[str]:
    start = np.datetime64("2026-01-01T00:00:00")
    return [f"{start + np.timedelta64(n, 'm')}Z" for n in range(count)]


def numbers(count: int, seed: int = 0) -> dict[str, Any]:
    x = np.random.default_rng(seed).normal(size=(count, 3)).round(4)
    return {"a": x[:, 0], "b": x[:, 1], "c": x[:, 2]}


async def dataset(plant: Plant, columns: dict[str, Any]) -> str:
    made = (await plant.http.post("/ml/datasets", json={"name": "rows"})).json()["data"]
    sent = await plant.http.post(
        f"/ml/datasets/{made['id']}/upload", files={"file": ("rows.csv", csv(columns))}
    )
    assert sent.status_code == 200, sent.text
    return str(made["id"])


async def start(plant: Plant, dataset_id: str, algorithm: str, **body: Any) -> Any:
    order = {"name": "Job", "dataset_id": dataset_id, "algorithm": algorithm} | body
    return await plant.http.post("/ml/training", json=order)


async def job(plant: Plant, id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await plant.http.get(f"/ml/training/{id}")).json()["data"]
    return found


async def has_status(plant: Plant, id: str, status: str) -> bool:
    return bool((await job(plant, id))["status"] == status)


async def train(plant: Plant, dataset_id: str, algorithm: str, **body: Any) -> dict[str, Any]:
    """A job that has ended."""
    answer = await start(plant, dataset_id, algorithm, **body)
    assert answer.status_code == 202, answer.text

    async def ended() -> Any:
        found = await job(plant, answer.json()["data"]["id"])
        return found if found["status"] in FINAL else None

    done: dict[str, Any] = await until(ended, 60)
    return done


class TestWhatAJobTells:
    async def test_order_log_warnings_curves_and_card(self, plant: Plant) -> None:
        columns = {"t": times(300), "row_id": range(300)} | numbers(300)
        columns["broken"] = (columns["a"] > 1).astype(int)
        columns["mode"] = columns["broken"]
        done = await train(
            plant, await dataset(plant, columns), "logistic_regression", target="broken",
            preprocessing={"lags": [2, 1], "interactions": False}, seed=5,
            alarm_budget={"rate": 0.05},
        )  # fmt: skip
        assert done["status"] == "succeeded", done
        assert done["preprocessing"] == {
            "rolling": None, "lags": [1, 2], "scaling": "auto", "interactions": False,
        }  # fmt: skip
        assert done["alarm_budget"] == {"rate": 0.05}
        assert done["seed"] == 5
        assert any("'mode' all but equals the target" in text for text in done["warnings"])
        assert any("'row_id' looks like a row number" in text for text in done["warnings"])
        assert done["metrics"]["judged_on"] == "held-back rows"
        assert done["metrics"]["rows"] == 60
        log = (await plant.http.get(f"/ml/training/{done['id']}/log")).json()["data"]["lines"]
        assert log[0]["message"] == "reading the dataset"
        assert log[-1]["message"] == "done"
        assert {line["level"] for line in log} == {"info", "warning"}
        answer = await plant.http.get(f"/ml/models/{done['model_id']}/curves")
        curves = answer.json()["data"]
        assert len(curves["scores"]["score"]) == len(curves["scores"]["timestamp"]) == 60
        assert sum(curves["importance"].values()) == pytest.approx(1)
        await plant.http.put(f"/ml/models/{done['model_id']}", json={"threshold": 0.123})
        moved = await plant.http.get(f"/ml/models/{done['model_id']}/curves")
        assert moved.json()["data"]["scores"]["threshold"] == 0.123
        model = (await plant.http.get(f"/ml/models/{done['model_id']}")).json()["data"]
        assert model["card"]["seed"] == 5
        assert model["card"]["cpu_seconds"] > 0

    async def test_events_of_a_detector(self, plant: Plant) -> None:
        columns = {"t": times(400)} | numbers(400)
        label = np.zeros(400, int)
        label[300:340] = 1
        columns["a"][305:340] += 50
        done = await train(
            plant, await dataset(plant, columns | {"fault": label}), "adaptive_mahalanobis",
            target="fault", validation_fraction=0.5, alarm_budget={"per_week": 10},
        )  # fmt: skip
        metrics = done["metrics"]
        assert metrics["events"] == metrics["events_noticed"] == 1
        assert 5 <= metrics["median_delay_rows"] <= 8
        curves = (await plant.http.get(f"/ml/models/{done['model_id']}/curves")).json()["data"]
        (event,) = curves["events"]
        assert event["start"] == "2026-01-01T05:00:00Z"
        assert event["lead_seconds"] == pytest.approx(60 * (39 - metrics["median_delay_rows"]))

    async def test_a_forecast(self, plant: Plant) -> None:
        wave = np.sin(np.arange(600) * 2 * np.pi / 24)
        noise = np.random.default_rng(0).normal(scale=0.05, size=600)
        columns = {"t": times(600), "level": (wave + noise).round(4)}
        done = await train(
            plant, await dataset(plant, columns), "autoregression", target="level",
            hyperparameters={"horizon": 6, "season": 24},
        )  # fmt: skip
        metrics = done["metrics"]
        assert metrics["rmse"] < 0.1 < metrics["floor_rmse"]
        assert metrics["mase"] < 0.2
        assert 0.75 < metrics["coverage"] <= 1
        answer = await plant.http.post(
            f"/ml/models/{done['model_id']}/test", json={"features": {"level": 0.1}}
        )
        assert abs(answer.json()["data"]["prediction"]) < 2

    async def test_the_same_seed_gives_the_same_model(self, plant: Plant) -> None:
        rows = await dataset(plant, numbers(100))
        graphs = set()
        for _ in range(2):
            done = await train(
                plant, rows, "isolation_forest", seed=3, hyperparameters={"n_estimators": 10}
            )
            answer = await plant.http.get(f"/ml/models/{done['model_id']}/download")
            # the card beside it tells the version, so only the graph is the same
            graphs.add(onnx.load_from_string(answer.content).graph.SerializeToString())
        assert len(graphs) == 1

    async def test_units_are_held_back_whole(self, plant: Plant) -> None:
        columns = numbers(200) | {
            "unit": np.repeat(np.arange(10), 20),
            "life": np.tile(range(20), 10),
        }
        done = await train(
            plant, await dataset(plant, columns), "ridge", target="life", group="unit",
            features=["a", "b"], validation_fraction=0.3,
            preprocessing={"rolling": {"window": 5}},
        )  # fmt: skip
        assert done["metrics"]["rows"] == 60
        assert done["metrics"]["floor_rmse"] == pytest.approx(np.std(np.arange(20)), rel=1e-6)


class TestTrainingAnew:
    ROWS: dict[str, Any] = numbers(300) | {"y": [0, 1, 1] * 100}

    async def test_takes_the_recipe_of_an_earlier_model_on_new_rows(self, plant: Plant) -> None:
        rows = await dataset(plant, self.ROWS)
        first = await train(
            plant, rows, "robust_zscore", features=["c", "a"], target="y", seed=4,
            hyperparameters={"smooth": 7}, preprocessing={"rolling": {"window": 3}},
            alarm_budget={"rate": 0.2},
        )  # fmt: skip
        more = await dataset(plant, numbers(500) | {"y": [0, 1] * 250, "new": range(500)})
        again = await train(
            plant, more, "robust_zscore", base_model_id=first["model_id"],
            hyperparameters={"smooth": 8},
        )  # fmt: skip
        assert again["status"] == "succeeded", again
        assert again["hyperparameters"] == first["hyperparameters"] | {"smooth": 8}
        for name in ("features", "target", "preprocessing", "alarm_budget"):
            assert again[name] == first[name], name
        model = (await plant.http.get(f"/ml/models/{again['model_id']}")).json()["data"]
        assert (model["version"], model["features"]) == (2, ["c", "a"])
        assert model["card"]["base_model_id"] == first["model_id"]
        assert model["card"]["training_rows"] == 500

    @pytest.mark.parametrize(
        ("algorithm", "body", "trees"),
        [
            ("isolation_forest", {"hyperparameters": {"n_estimators": 20}}, 40),
            ("random_forest", {"target": "y", "hyperparameters": {"n_estimators": 10}}, 20),
            ("autoencoder", {"hyperparameters": {"max_iter": 20}}, None),
        ],
    )
    async def test_goes_on_from_what_it_knows(
        self, plant: Plant, algorithm: str, body: dict[str, Any], trees: int | None
    ) -> None:
        rows = await dataset(plant, self.ROWS)
        first = await train(plant, rows, algorithm, features=["a", "b", "c"], **body)
        on = {"base_model_id": first["model_id"], "warm_start": True}
        again = await train(plant, rows, algorithm, **on)
        assert again["status"] == "succeeded", again
        folder = plant.ml.models.folder_of(again["model_id"])
        assert trees is None or len(load_estimator(folder).estimators_) == trees
        row = {"features": {"a": 0.1, "b": 0.2, "c": 0.3}}
        answer = await plant.http.post(f"/ml/models/{again['model_id']}/test", json=row)
        assert answer.status_code == 200, answer.text

    async def test_what_cannot_be_is_said_at_its_field(self, plant: Plant) -> None:
        rows = await dataset(plant, self.ROWS)
        first = await train(plant, rows, "ridge", target="a", features=["b"])
        base = {"base_model_id": first["model_id"]}
        for algorithm, body, field in (
            ("knn", base, "algorithm"),
            ("ridge", base | {"warm_start": True}, "warm_start"),
            ("random_forest", {"warm_start": True, "target": "y"}, "warm_start"),
        ):
            answer = await start(plant, rows, algorithm, **body)
            assert answer.status_code == 400, answer.text
            assert field in {f["field"] for f in answer.json()["error"]["details"]}
        gone = await start(plant, rows, "ridge", base_model_id="model-nope")
        assert gone.status_code == 404
        by_hand = await plant.model(normal(), "robust_zscore")
        refused = await start(plant, rows, "robust_zscore", base_model_id=by_hand)
        assert refused.status_code == 409


class TestBadOrders:
    @pytest.mark.parametrize(
        ("body", "field", "words"),
        [
            ({"features": ["a", "y"]}, "features[1]", "is the target itself"),
            ({"features": ["a", "nope"]}, "features[1]", "no column 'nope'"),
            ({"group": "a", "features": ["a"]}, "features[0]", "is the group"),
            ({"hyperparameters": {"max_iter": 3}}, "hyperparameters.max_iter", "at least 10"),
            ({"hyperparameters": {"maxiter": 30}}, "hyperparameters.maxiter", "'max_iter'"),
            ({"hyperparameters": {"seed": 1}, "seed": 2}, "seed", "give one of them"),
            ({"alarm_budget": {}}, "alarm_budget", "exactly one"),
            ({"alarm_budget": {"rate": 2}}, "alarm_budget.rate", "must be at most 1"),
            ({"alarm_budget": {"per_week": 1}}, "alarm_budget.per_week", "time column"),
            ({"preprocessing": {"lag": [1]}}, "preprocessing.lag", "known are: rolling"),
            ({"preprocessing": {"lags": [0]}}, "preprocessing.lags", "from 1 to 600"),
            ({"preprocessing": {"lags": [True]}}, "preprocessing.lags", "from 1 to 600"),
            ({"preprocessing": {"rolling": 3}}, "preprocessing.rolling", "must be null or"),
            (
                {"preprocessing": {"rolling": {"window": 5, "statistics": ["median"]}}},
                "preprocessing.rolling.statistics", "'median' is not one of",
            ),
            (
                {"preprocessing": {"rolling": {"window": 5}}, "hyperparameters": {"window": 4}},
                "preprocessing.rolling", "either this or hyperparameters.window",
            ),
            ({"preprocessing": {"scaling": []}}, "preprocessing.scaling", "must be one of"),
        ],
    )  # fmt: skip
    async def test_are_refused_at_their_field(
        self, plant: Plant, body: dict[str, Any], field: str, words: str
    ) -> None:
        rows = await dataset(plant, numbers(30) | {"y": [0, 1] * 15})
        answer = await start(plant, rows, "gradient_boosting", **{"target": "y"} | body)
        assert answer.status_code == 400, answer.text
        faults = answer.json()["error"]["details"]
        assert any(f["field"] == field and words in f["message"] for f in faults), faults

    async def test_budget_of_a_value_and_preprocessing_of_a_forecast(self, plant: Plant) -> None:
        rows = await dataset(plant, numbers(30))
        for algorithm, body, field in (
            ("ridge", {"alarm_budget": {"rate": 0.1}}, "alarm_budget"),
            ("seasonal_naive", {"preprocessing": {"lags": [1]}}, "preprocessing"),
        ):
            answer = await start(plant, rows, algorithm, target="a", **body)
            assert answer.status_code == 400
            assert answer.json()["error"]["details"][0]["field"] == field


class TestBadRows:
    @pytest.mark.parametrize(
        ("columns", "algorithm", "body", "reason"),
        [
            (numbers(3), "isolation_forest", {}, "only 3 complete rows"),
            ({"a": [1] * 50, "b": [2] * 50}, "adaptive_mahalanobis", {}, "every feature is const"),
            ({"a": [""] * 50, "b": [""] * 50}, "knn", {}, "no usable feature column"),
            ({"a": ["x" + str(n) for n in range(60)]}, "lof", {}, "no usable feature column"),
            (
                {"a": ["x" + str(n) for n in range(60)]}, "lof", {"features": ["a"]},
                "60 different texts",
            ),
            (
                numbers(50) | {"y": [1] * 50}, "random_forest", {"target": "y"},
                "a single class of 'y'",
            ),
            (
                numbers(60) | {"y": np.arange(60) / 7}, "random_forest", {"target": "y"},
                "Choose an algorithm for regression",
            ),
            (
                numbers(50) | {"y": ["up"] * 50}, "ridge", {"target": "y"},
                "must be a number column",
            ),
            (numbers(50) | {"y": [""] * 50}, "ridge", {"target": "y"}, "'y' has no values"),
            (
                numbers(60), "autoregression",
                {"target": "a", "hyperparameters": {"horizon": 100}}, "needs at least",
            ),
            (numbers(21), "ridge", {"target": "a", "validation_fraction": 0.5}, "rows to learn"),
        ],
    )  # fmt: skip
    async def test_end_in_a_reason_a_person_understands(
        self, plant: Plant, columns: dict[str, Any], algorithm: str, body: dict[str, Any],
        reason: str,
    ) -> None:  # fmt: skip
        done = await train(plant, await dataset(plant, columns), algorithm, **body)
        assert done["status"] == "failed"
        assert reason in done["error"]
        log = (await plant.http.get(f"/ml/training/{done['id']}/log")).json()["data"]["lines"]
        assert log[-1]["level"] == "error"

    async def test_odd_columns_are_worked_around_and_said(self, plant: Plant) -> None:
        columns = numbers(100) | {"empty": [""] * 100, "flat": [7] * 100, "kind": ["p", "q"] * 50}
        columns["a"] = [*columns["a"][:98], "inf", "-inf"]
        done = await train(plant, await dataset(plant, columns), "pca_t2q")
        assert done["status"] == "succeeded", done
        assert any("empty" in text for text in done["warnings"])
        assert any("2 rows with missing values" in text for text in done["warnings"])

    async def test_many_columns(self, plant: Plant) -> None:
        wide = np.random.default_rng(0).normal(size=(60, 400)).round(3)
        columns = {f"x{n}": wide[:, n] for n in range(400)}
        done = await train(plant, await dataset(plant, columns), "adaptive_mahalanobis")
        assert done["status"] == "succeeded", done


class TestHowJobsEnd:
    SLOW: dict[str, Any] = {"hyperparameters": {"n_estimators": 1000, "max_samples": 20_000}}  # noqa: RUF012

    async def test_a_running_one_moves_and_is_cancelled_within_a_second(self, plant: Plant) -> None:
        rows = await dataset(plant, numbers(20_000))
        id = (await start(plant, rows, "isolation_forest", **self.SLOW)).json()["data"]["id"]
        seen: set[str] = set()

        async def moved() -> bool:
            message = (await job(plant, id))["message"]
            if message.startswith("learning, step"):
                seen.add(message)
            return len(seen) >= 2

        await until(moved)
        loop = asyncio.get_running_loop()
        before = loop.time()
        answer = await plant.http.delete(f"/ml/training/{id}")
        assert answer.json()["data"]["status"] == "cancelled"
        again = await plant.http.delete(f"/ml/training/{id}")
        assert again.status_code == 409
        # the next job starts only when the process of this one is gone
        done = await train(plant, rows, "robust_zscore")
        assert done["status"] == "succeeded"
        assert loop.time() - before < 60
        assert not (await plant.http.get("/ml/models")).json()["data"][1:]

    async def test_a_queued_one_is_cancelled_and_leaves_nothing(self, plant: Plant) -> None:
        rows = await dataset(plant, numbers(20_000))
        first = (await start(plant, rows, "isolation_forest", **self.SLOW)).json()["data"]["id"]
        second = (await start(plant, rows, "isolation_forest")).json()["data"]["id"]
        for id in (second, first):
            assert (await plant.http.delete(f"/ml/training/{id}")).status_code == 200
        await until(lambda: not plant.ml.trainings.cancelled)
        assert (await job(plant, second))["started_at"] is None

    async def test_learns_from_the_content_it_was_ordered_for(self, plant: Plant) -> None:
        rows = await dataset(plant, numbers(60))
        await plant.ml.training_worker.stop()
        id = (await start(plant, rows, "robust_zscore", features=["a"])).json()["data"]["id"]
        other = {"file": ("x.csv", csv({"b": range(70)}))}
        await plant.http.post(f"/ml/datasets/{rows}/upload", files=other)
        await plant.ml.training_worker.start()
        await until(lambda: has_status(plant, id, "succeeded"))
        done = await job(plant, id)
        assert done["dataset_version"] == 1
        assert done["metrics"]["rows"] == 60

    async def test_a_cap_on_time_is_told(self, plant: Plant) -> None:
        plant.ml.training_worker._limits = Limits(time_s=0.3)
        done = await train(
            plant, await dataset(plant, numbers(20_000)), "isolation_forest", **self.SLOW
        )
        assert done["status"] == "failed"
        assert "longer than 0.3 seconds" in done["error"]

    async def test_a_cap_on_memory_is_told(self, plant: Plant) -> None:
        plant.ml.training_worker._limits = Limits(memory_mb=300)
        done = await train(
            plant, await dataset(plant, numbers(60_000)), "knn",
            preprocessing={"lags": list(range(1, 51)), "rolling": None},
        )  # fmt: skip
        assert done["status"] == "failed"
        assert "300 MiB of memory" in done["error"]

    async def test_what_a_clean_stop_cuts_short_begins_again(self, tmp_path: Path) -> None:
        async with running(tmp_path) as plant:
            rows = await dataset(plant, numbers(20_000))
            first = (await start(plant, rows, "isolation_forest", **self.SLOW)).json()["data"]["id"]
            second = (await start(plant, rows, "robust_zscore")).json()["data"]["id"]
            await until(lambda: has_status(plant, first, "running"))
        async with running(tmp_path) as plant:
            await until(lambda: has_status(plant, first, "running"))
            assert (await job(plant, first))["restarts"] == 0
            log = (await plant.http.get(f"/ml/training/{first}/log")).json()["data"]["lines"]
            assert any("stopped while this was running" in line["message"] for line in log)
            await plant.http.delete(f"/ml/training/{first}")
            await until(lambda: has_status(plant, second, "succeeded"))

    @pytest.mark.parametrize(
        ("kills", "status", "restarts"), [(1, "succeeded", 1), (RESTARTS + 1, "failed", RESTARTS)]
    )
    async def test_what_a_kill_cuts_short_begins_again_twice_at_most(
        self, plant: Plant, kills: int, status: str, restarts: int
    ) -> None:
        rows = await dataset(plant, numbers(50))
        await plant.ml.training_worker.stop()
        id = (await start(plant, rows, "robust_zscore")).json()["data"]["id"]
        for _kill in range(kills):
            assert await plant.ml.trainings.take()
            await plant.ml.trainings.recover()
        await plant.ml.training_worker.start()
        await until(lambda: has_status(plant, id, status))
        ended = await job(plant, id)
        assert ended["restarts"] == restarts
        assert ended["error"] is None or "was killed 3 times" in ended["error"]

    async def test_a_kill_between_model_and_job_makes_no_second_model(self, plant: Plant) -> None:
        done = await train(plant, await dataset(plant, numbers(50)), "robust_zscore")
        row = "update ml_trainings set status = 'running', model_id = null, metrics = null"
        await plant.db.write(lambda session: session.execute(text(row)))
        await plant.ml.trainings.recover()
        await until(lambda: has_status(plant, done["id"], "succeeded"))
        again = await job(plant, done["id"])
        assert (again["model_id"], again["metrics"]) == (done["model_id"], done["metrics"])
        assert (await plant.http.get("/ml/models")).json()["meta"]["total"] == 1

    async def test_a_database_that_is_away_is_asked_again(
        self, plant: Plant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        take = plant.ml.trainings.take

        async def away() -> None:
            monkeypatch.setattr(plant.ml.trainings, "take", take)
            raise OSError("no route to host")

        monkeypatch.setattr("twinedge.ml.jobs._AGAIN_S", 0.01)
        monkeypatch.setattr(plant.ml.trainings, "take", away)
        done = await train(plant, await dataset(plant, numbers(50)), "robust_zscore")
        assert done["status"] == "succeeded"
