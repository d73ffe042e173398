"""Use cases of models: keep, describe, compare, test, archive, hand out."""

import asyncio
import json
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from twinedge.db.database import Database
from twinedge.kit.clock import Clock, to_iso
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.algorithms import files
from twinedge.ml.algorithms.model import Task
from twinedge.ml.algorithms.predictor import Predictor
from twinedge.ml.models import store
from twinedge.ml.models.answers import answer
from twinedge.ml.models.drift import Reference
from twinedge.ml.models.exporting import onnx_with_card
from twinedge.ml.models.model import (
    Answer,
    Change,
    Comparison,
    Model,
    ModelFilter,
    ModelStatus,
)

Check = Callable[[int], None]
"""Raises PreconditionFailed when the stored revision is not the one a change was made on."""
_LOADED = 50
"""Models kept in memory for tests."""
_AT_ONCE = 20
"""Rows that are tested on the event loop."""
_REFERENCE = "reference.json"
_NO_CURVES = dict.fromkeys(("roc", "pr", "scores", "residuals", "importance", "events"))


class Models:
    """Models below `directory`, one folder each."""

    def __init__(self, db: Database, clock: Clock, directory: Path) -> None:
        self._db = db
        self._clock = clock
        self._directory = directory
        self._loaded: OrderedDict[str, Predictor] = OrderedDict()
        self._forgotten = 0
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called after each change of a model that may matter to deployed ones."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tell the listeners."""
        for listener in self._listeners:
            listener()

    async def list(
        self, where: ModelFilter, offset: int, limit: int
    ) -> tuple[Sequence[Model], int]:
        """One page, newest first, and the total."""
        return await self._db.read(lambda s: store.find_models(s, where, offset, limit))

    async def get(self, id: str) -> Model:
        return await self._db.read(lambda session: shown(session, found(session, id)))

    def folder_of(self, id: str) -> Path:
        """Where the model's files are."""
        return self._directory / id

    async def made_by(self, training_id: str) -> Model | None:
        """The model that came of a training."""

        def read(session: Session) -> Model | None:
            row = store.made_by(session, training_id)
            return None if row is None else shown(session, row)

        return await self._db.read(read)

    async def users_of(self, dataset_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Models, but archived ones, by the dataset they were made from."""
        return await self._db.read(lambda s: store.made_from(s, dataset_ids))

    async def add(
        self, name: str, dataset_id: str, training_id: str, fitted_in: Path,
        metrics: Mapping[str, Any], card: Mapping[str, Any], rows: Path | None = None,
    ) -> str:  # fmt: skip
        """Take over a fitted model as the next version of its name; answers its id.

        rows: the table it learned from, for later drift; without it there is no drift watch.
        """
        id = new_id("model")
        blueprint = (await asyncio.to_thread(files.load, fitted_in)).blueprint
        if rows is not None:
            made = await asyncio.to_thread(Reference.of_table, rows, blueprint.features)
            text = json.dumps(made.to_json())
            await asyncio.to_thread((fitted_in / _REFERENCE).write_text, text)
        self._directory.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(fitted_in.rename, self._directory / id)
        facts = {
            "features": list(blueprint.features), "target": blueprint.target,
            "threshold": blueprint.threshold, "metrics": dict(metrics), "description": "",
            "card": {"threshold_origin": "training"} | dict(card),
        }  # fmt: skip

        def insert(session: Session) -> None:
            session.add(
                store.ModelRow(
                    id=id, name=name, version=store.newest_version(session, name) + 1,
                    algorithm=blueprint.algorithm, task=blueprint.task.value,
                    status=ModelStatus.READY.value, facts=facts, deployment=None,
                    dataset_id=dataset_id, training_id=training_id, revision=1,
                    created_us=self._clock.now_us(),
                )
            )  # fmt: skip

        await self._db.write(insert)
        return id

    async def change(self, id: str, change: Change, check: Check) -> Model:
        """Rename (it becomes the next version of that name), describe, or move the threshold.

        Raises Conflict when renaming a deployed model, Invalid for a threshold it cannot have.
        """

        def write(session: Session) -> Model:
            row = found(session, id)
            check(row.revision)
            facts = dict(row.facts)
            if change.description is not None:
                facts["description"] = change.description
            if change.threshold is not None:
                _check_threshold(row, change.threshold)
                words = f"set by {change.by} at {to_iso(self._clock.now_us())}"
                facts["threshold"] = change.threshold
                facts["card"] = dict(facts["card"]) | {"threshold_origin": words}
            row.facts = facts
            if change.name is not None and change.name != row.name:
                _rename(session, row, change.name)
            row.revision += 1
            session.flush()
            return shown(session, row)

        changed = await self._db.write(write)
        self._forget(id)
        self.changed()
        return changed

    async def set_alias(self, id: str, alias: str) -> Model:
        """Give the alias to this version; the version of its name that had it loses it."""

        def write(session: Session) -> Model:
            row = found(session, id)
            store.set_alias(session, row, alias)
            row.revision += 1
            session.flush()
            return shown(session, row)

        return await self._db.write(write)

    async def remove_alias(self, id: str, alias: str) -> Model:
        """Take the alias away. Raises NotFound when this version does not have it."""

        def write(session: Session) -> Model:
            row = found(session, id)
            if not store.remove_alias(session, id, alias):
                raise NotFound(f"model {id!r} has no alias {alias!r}")
            row.revision += 1
            session.flush()
            return shown(session, row)

        return await self._db.write(write)

    async def archive(self, id: str) -> Model:
        """Put a model away; Conflict while it is deployed."""
        return await self._move(id, ModelStatus.READY, ModelStatus.ARCHIVED)

    async def unarchive(self, id: str) -> Model:
        """Take a model out of the archive; Conflict when it is not in there."""
        return await self._move(id, ModelStatus.ARCHIVED, ModelStatus.READY)

    async def _move(self, id: str, needed: ModelStatus, new: ModelStatus) -> Model:
        def write(session: Session) -> Model:
            row = found(session, id)
            if row.status != needed.value:
                raise Conflict(
                    f"model {id!r} is {row.status}; only a {needed.value} one can become "
                    f"{new.value}"
                )
            row.status = new.value
            row.revision += 1
            session.flush()
            return shown(session, row)

        return await self._db.write(write)

    async def delete(self, id: str) -> None:
        """Remove a model with its files; Conflict while it is deployed. Scores stay."""

        def write(session: Session) -> None:
            row = found(session, id)
            if row.status == ModelStatus.DEPLOYED.value:
                raise Conflict(f"model {id!r} is deployed; undeploy it first")
            store.remove(session, row)

        await self._db.write(write)
        self._forget(id)
        await asyncio.to_thread(shutil.rmtree, self._directory / id, ignore_errors=True)

    async def compare(self, ids: Sequence[str]) -> Comparison:
        """Models side by side, in the order asked. Raises NotFound for any that is not there."""
        models = await self._db.read(
            lambda session: store.models_of(session, [found(session, id) for id in ids])
        )
        hashes = {model.card.get("dataset_sha256") for model in models}
        return Comparison(
            tuple(models),
            _beside([_flat(model.metrics) for model in models]),
            _beside([model.card.get("hyperparameters", {}) for model in models]),
            len(hashes) == 1 and None not in hashes,
        )

    async def predictor(self, id: str) -> Predictor:
        """The model, loaded, with the threshold it has now; the last fifty stay in memory.

        Without asking the database: every change goes through this service, which forgets it.
        """
        while (known := self._loaded.get(id)) is None:
            forgotten = self._forgotten
            threshold = (await self.get(id)).threshold
            loaded = await asyncio.to_thread(_load, self._directory / id, threshold)
            if forgotten == self._forgotten:  # else it may have changed meanwhile
                self._loaded[id] = loaded
            while len(self._loaded) > _LOADED:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(id)
        return known

    def _forget(self, id: str) -> None:
        self._loaded.pop(id, None)
        self._forgotten += 1

    async def test(self, id: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[Answer]:
        """Score rows in time order, from the state at the end of training.

        Raises Invalid naming every feature that is missing, unknown or wrong.
        """
        predictor = await self.predictor(id)
        if len(rows) <= _AT_ONCE:  # a thread costs more than the rows
            return _tested(predictor, rows)
        return await asyncio.to_thread(_tested, predictor, rows)

    async def curves(self, id: str) -> Mapping[str, Any]:
        """What the training drew, with the threshold the model has now; null for what does not
        apply to the model."""
        model = await self.get(id)
        file = self._directory / id / "curves.json"
        if not file.exists():
            return _NO_CURVES
        drawn = _NO_CURVES | dict(json.loads(await asyncio.to_thread(file.read_text)))
        if drawn["scores"] is not None:
            drawn["scores"]["threshold"] = model.threshold
        return drawn

    async def reference(self, id: str) -> Reference | None:
        """The features as the model learned them; None for a model kept without."""
        file = self._directory / id / _REFERENCE
        if not file.exists():
            return None
        return Reference.from_json(json.loads(await asyncio.to_thread(file.read_text)))

    async def exported(self, id: str, form: str) -> bytes:
        """The model as a file of the form onnx or skops. Raises NotFound where there is none."""
        model = await self.get(id)
        directory = self._directory / id
        if form == "onnx":
            return await asyncio.to_thread(onnx_with_card, directory, model)
        file = directory / files.ESTIMATOR
        if not file.exists():
            raise NotFound(
                f"model {id!r} has no skops file: {model.algorithm} is not fitted by scikit-learn"
            )
        return await asyncio.to_thread(file.read_bytes)


def _load(directory: Path, threshold: float | None) -> Predictor:
    fitted = files.load(directory)
    return Predictor(replace(fitted, blueprint=replace(fitted.blueprint, threshold=threshold)))


def _tested(predictor: Predictor, rows: Sequence[Mapping[str, Any]]) -> Sequence[Answer]:
    started = time.perf_counter()
    x = predictor.encode(rows, "features")
    scores = predictor.score(x, predictor.fresh())
    latency_ms = (time.perf_counter() - started) * 1000
    return [answer(predictor, scores, row, latency_ms) for row in range(len(rows))]


def found(session: Session, id: str) -> store.ModelRow:
    """The row. Raises NotFound."""
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("model", id)
    return row


def shown(session: Session, row: store.ModelRow) -> Model:
    """The row as a model."""
    return store.models_of(session, [row])[0]


def _check_threshold(row: store.ModelRow, threshold: float) -> None:
    if row.facts["threshold"] is None:
        raise Invalid.at("threshold", f"a {row.task} model has no threshold")
    if row.task == Task.CLASSIFICATION.value and not 0 < threshold < 1:
        raise Invalid.at("threshold", "is a probability: it must lie between 0 and 1")


def _rename(session: Session, row: store.ModelRow, name: str) -> None:
    if row.status == ModelStatus.DEPLOYED.value:
        message = "a deployed model cannot be renamed: its score tags bear its name"
        raise Conflict(message, [Fault("name", message)])
    store.move_aliases(session, row, name)
    row.name, row.version = name, store.newest_version(session, name) + 1


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested metrics by dotted names."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _beside(facts: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for fact in facts for name in fact)
    return {name: [fact.get(name) for fact in facts] for name in names}
