"""Models over HTTP: aliases, comparison, changes, archive, files."""

import asyncio
from pathlib import Path
from typing import Any

import onnx
import pytest

from tests.ml.rig import Plant, normal
from twinedge.ml.algorithms import files
from twinedge.ml.algorithms.model import Fitted
from twinedge.ml.models.model import Change


async def item(plant: Plant, id: str) -> dict[str, Any]:
    data: dict[str, Any] = (await plant.http.get(f"/ml/models/{id}")).json()["data"]
    return data


class TestAliases:
    async def test_a_name_has_each_alias_once(self, plant: Plant) -> None:
        one, two = await plant.model(normal()), await plant.model(normal())
        given = await plant.http.put(f"/ml/models/{one}/aliases/champion")
        assert given.json()["data"]["aliases"] == ["champion"]
        await plant.http.put(f"/ml/models/{two}/aliases/champion")
        assert (await item(plant, one))["aliases"] == []
        found = (await plant.http.get("/ml/models?alias=champion")).json()["data"]
        assert [m["id"] for m in found] == [two]
        gone = await plant.http.delete(f"/ml/models/{two}/aliases/champion")
        assert gone.json()["data"]["aliases"] == []
        assert (await plant.http.delete(f"/ml/models/{two}/aliases/champion")).status_code == 404

    async def test_another_name_may_have_the_same(self, plant: Plant) -> None:
        one, two = await plant.model(normal()), await plant.model(normal(), name="Other")
        for id in (one, two):
            await plant.http.put(f"/ml/models/{id}/aliases/champion")
        assert (await item(plant, one))["aliases"] == ["champion"]

    async def test_a_word_is_a_word(self, plant: Plant) -> None:
        id = await plant.model(normal())
        assert (await plant.http.put(f"/ml/models/{id}/aliases/a b")).status_code == 400


class TestChange:
    async def test_a_new_name_makes_it_that_names_next_version(self, plant: Plant) -> None:
        await plant.model(normal(), name="Other")
        id = await plant.model(normal())
        await plant.http.put(f"/ml/models/{id}/aliases/challenger")
        body = {"name": "Other", "description": "By night"}
        changed = (await plant.http.put(f"/ml/models/{id}", json=body)).json()["data"]
        assert (changed["name"], changed["version"]) == ("Other", 2)
        assert (changed["description"], changed["aliases"]) == ("By night", ["challenger"])

    async def test_a_threshold_moves_the_score_of_a_test(self, plant: Plant) -> None:
        id = await plant.model(normal())
        features = {"features": {"flow": 10.0, "pressure": 4.0}}
        before = (await plant.http.post(f"/ml/models/{id}/test", json=features)).json()["data"]
        raw = before["raw_score"]
        await plant.http.put(f"/ml/models/{id}", json={"threshold": raw})
        after = (await plant.http.post(f"/ml/models/{id}/test", json=features)).json()["data"]
        assert after["raw_score"] == raw
        assert after["score"] == pytest.approx(0.5)
        assert (await item(plant, id))["threshold"] == raw

    async def test_a_loaded_model_is_tested_without_the_database(
        self, plant: Plant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        id = await plant.model(normal())
        row = {"flow": 10.0, "pressure": 4.0}
        first = await plant.http.post(f"/ml/models/{id}/test", json={"features": row})
        monkeypatch.setattr(plant.ml.models._db, "read", None)
        again = await plant.http.post(f"/ml/models/{id}/test", json={"features": [row] * 30})
        raw = {answer["raw_score"] for answer in again.json()["data"]}
        assert raw == {first.json()["data"]["raw_score"]}

    async def test_a_change_while_a_model_is_loaded_counts(
        self, plant: Plant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        id = await plant.model(normal())
        load = files.load

        def slow(directory: Path) -> Fitted:
            monkeypatch.setattr(files, "load", load)
            change = plant.ml.models.change(id, Change(None, None, 0.123, "me"), lambda _: None)
            asyncio.run_coroutine_threadsafe(change, loop).result(60)
            return load(directory)

        loop = asyncio.get_running_loop()
        monkeypatch.setattr(files, "load", slow)
        assert (await plant.ml.models.predictor(id)).blueprint.threshold == 0.123

    async def test_a_lost_update_is_refused(self, plant: Plant) -> None:
        id = await plant.model(normal())
        etag = (await plant.http.get(f"/ml/models/{id}")).headers["etag"]
        await plant.http.put(f"/ml/models/{id}", json={"description": "x"})
        lost = await plant.http.put(
            f"/ml/models/{id}", json={"description": "y"}, headers={"If-Match": etag}
        )
        assert lost.status_code == 412

    async def test_a_deployed_model_keeps_its_name_and_is_not_deleted(self, plant: Plant) -> None:
        id = await plant.model(normal())
        await plant.http.post(f"/ml/models/{id}/deploy")
        renamed = await plant.http.put(f"/ml/models/{id}", json={"name": "Other"})
        assert renamed.status_code == 409
        assert (await plant.http.delete(f"/ml/models/{id}")).status_code == 409
        assert (await plant.http.post(f"/ml/models/{id}/archive")).status_code == 409


class TestArchive:
    async def test_an_archived_model_is_not_deployed_until_it_is_taken_out(
        self, plant: Plant
    ) -> None:
        id = await plant.model(normal())
        assert (await plant.http.post(f"/ml/models/{id}/unarchive")).status_code == 409
        await plant.http.post(f"/ml/models/{id}/archive")
        assert (await plant.http.post(f"/ml/models/{id}/deploy")).status_code == 409
        await plant.http.post(f"/ml/models/{id}/unarchive")
        assert (await plant.http.post(f"/ml/models/{id}/deploy")).status_code == 200

    async def test_a_deleted_model_is_gone_with_its_files(self, plant: Plant) -> None:
        id = await plant.model(normal())
        folder = plant.directory / "ml" / "models" / id
        assert folder.exists()
        assert (await plant.http.delete(f"/ml/models/{id}")).status_code == 200
        assert not folder.exists()
        assert (await plant.http.get(f"/ml/models/{id}")).status_code == 404


class TestCompare:
    async def test_sets_hyperparameters_side_by_side(self, plant: Plant) -> None:
        one = await plant.model(normal(), n_estimators=50)
        two = await plant.model(normal(), "robust_zscore")
        data = (await plant.http.get(f"/ml/models/compare?ids={two},{one}")).json()["data"]
        assert [m["id"] for m in data["models"]] == [two, one]
        assert data["hyperparameters"]["n_estimators"] == [None, 50]
        assert data["same_dataset"] is True

    @pytest.mark.parametrize(("ids", "status"), [("", 400), ("a", 400), ("a,a", 400), ("a,b", 404)])
    async def test_needs_two_that_exist(self, plant: Plant, ids: str, status: int) -> None:
        assert (await plant.http.get(f"/ml/models/compare?ids={ids}")).status_code == status


class TestFiles:
    async def test_onnx_says_what_it_is(self, plant: Plant) -> None:
        id = await plant.model(normal())
        answer = await plant.http.get(f"/ml/models/{id}/download")
        assert answer.headers["content-disposition"] == f'attachment; filename="{id}.onnx"'
        loaded = onnx.load_model_from_string(answer.content)
        onnx.checker.check_model(loaded)
        said = {prop.key: prop.value for prop in loaded.metadata_props}
        assert said["name"] == "Guard"
        assert said["features"] == '["flow", "pressure"]'
        assert '"n_estimators": 100' in said["card"]

    async def test_skops_where_scikit_learn_fitted_it(self, plant: Plant) -> None:
        import skops.io

        forest = await plant.model(normal())
        answer = await plant.http.get(f"/ml/models/{forest}/download?format=skops")
        assert answer.status_code == 200, answer.text
        estimator = skops.io.loads(answer.content, trusted=["sklearn.tree._tree.Tree"])
        assert estimator.n_estimators == 100
        own = await plant.model(normal(), "robust_zscore")
        assert (await plant.http.get(f"/ml/models/{own}/download?format=skops")).status_code == 404
        assert (await plant.http.get(f"/ml/models/{own}/download?format=pickle")).status_code == 400

    async def test_a_model_without_curves_has_none(self, plant: Plant) -> None:
        id = await plant.model(normal())
        curves = (await plant.http.get(f"/ml/models/{id}/curves")).json()["data"]
        assert set(curves) == {"roc", "pr", "scores", "residuals", "importance", "events"}
        assert set(curves.values()) == {None}
