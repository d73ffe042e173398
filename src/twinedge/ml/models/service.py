"""Use cases of models: keep, test, deploy."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.algorithms import files
from twinedge.ml.algorithms.predictor import Predictor, Scores
from twinedge.ml.models import store
from twinedge.ml.models.model import Answer, Deployment, Model, ModelStatus

_LOADED = 50
"""Models kept in memory for tests."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a client wants a model deployed."""

    asset_id: str | None
    bindings: Mapping[str, tuple[str, str]] | None
    output_tag: str | None
    mode: str
    max_age_s: float


class Models:
    """Models below `directory`, one folder each."""

    def __init__(self, db: Database, register: Register, clock: Clock, directory: Path) -> None:
        self._db = db
        self._register = register
        self._clock = clock
        self._directory = directory
        self._loaded: OrderedDict[str, Predictor] = OrderedDict()
        self.changed = asyncio.Event()
        """Set after each change of what is deployed; the scorer looks."""

    async def list(
        self, status: ModelStatus | None, name: str | None, offset: int, limit: int
    ) -> tuple[list[Model], int]:
        """One page, newest first, and the total."""
        return await self._db.read(lambda s: store.find_models(s, status, name, offset, limit))

    async def get(self, id: str) -> Model:
        row = await self._db.read(lambda session: store.get_row(session, id))
        if row is None:
            raise NotFound.of("model", id)
        return row.to_model()

    async def add(
        self, name: str, dataset_id: str, training_id: str, fitted_in: Path,
        metrics: Mapping[str, Any], card: Mapping[str, Any],
    ) -> str:  # fmt: skip
        """Take over a fitted model as the next version of its name; answers its id."""
        id = new_id("model")
        blueprint = (await asyncio.to_thread(files.load, fitted_in)).blueprint
        self._directory.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(fitted_in.rename, self._directory / id)
        facts = {
            "features": list(blueprint.features), "target": blueprint.target,
            "threshold": blueprint.threshold, "metrics": dict(metrics), "card": dict(card),
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

    async def predictor(self, id: str) -> Predictor:
        """The model, loaded; the last fifty stay in memory."""
        if id not in self._loaded:
            fitted = await asyncio.to_thread(files.load, self._directory / id)
            self._loaded[id] = Predictor(fitted)
            while len(self._loaded) > _LOADED:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(id)
        return self._loaded[id]

    async def test(self, id: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[Answer]:
        """Score rows in time order, from the state at the end of training.

        Raises Invalid naming every feature that is missing, unknown or wrong.
        """
        await self.get(id)
        predictor = await self.predictor(id)
        started = time.perf_counter()
        x = predictor.encode(rows, "features")
        scores = predictor.score(x, predictor.fresh())
        latency_ms = (time.perf_counter() - started) * 1000
        return [answer(predictor, scores, row, latency_ms) for row in range(len(rows))]

    async def onnx_file(self, id: str) -> Path:
        """The ONNX file of a model."""
        await self.get(id)
        return self._directory / id / "model.onnx"

    async def deploy(self, id: str, target: Target) -> Model:
        """Let the model watch; in live mode it replaces the live version of its name.

        Raises Conflict for an archived model, Invalid for features that are not bound.
        """
        model = await self.get(id)
        if model.status is ModelStatus.ARCHIVED:
            raise Conflict(f"model {id!r} is archived")
        tag = target.output_tag or (
            f"{model.name}.score" if target.mode == "live" else f"{model.name}.shadow.score"
        )
        deployment = Deployment(
            self._assets(model, target), tag, target.mode, target.max_age_s, self._clock.now_us()
        )

        def change(session: Session) -> Model:
            for other in store.deployed(session):
                theirs = other.to_model()
                same_place = theirs.deployment is not None and theirs.deployment.output_tag == tag
                if other.id != id and theirs.name == model.name and same_place:
                    store.set_deployment(other, None)
            row = _row(session, id)
            store.forget_states(session, id)
            store.set_deployment(row, deployment)
            session.flush()
            return row.to_model()

        changed = await self._db.write(change)
        self.changed.set()
        return changed

    def _assets(
        self, model: Model, target: Target
    ) -> Mapping[str, Mapping[str, tuple[str, str]]] | None:
        if target.bindings is not None:
            faults = [
                Fault(f"bindings.{name}", "is required")
                for name in model.features
                if name not in target.bindings
            ] + [
                Fault(f"bindings.{name}", "is not a feature of this model")
                for name in target.bindings
                if name not in model.features
            ]
            if faults:
                raise Invalid("bindings must name exactly the model's features", faults)
            asset = target.asset_id or next(iter(target.bindings.values()))[0]
            return {asset: dict(target.bindings)}
        if target.asset_id is None:
            return None
        have = {tag.tag_name for tag in self._register.of_asset(target.asset_id)}
        missing = [name for name in model.features if name not in have]
        if missing:
            raise Invalid.at(
                "asset_id", f"asset {target.asset_id!r} lacks the tags: {', '.join(missing[:20])}"
            )
        return {target.asset_id: {name: (target.asset_id, name) for name in model.features}}

    async def undeploy(self, id: str) -> Model:
        """Stop watching; Conflict when the model is not deployed."""
        return await self._set(id, ModelStatus.DEPLOYED, "is not deployed", ModelStatus.READY)

    async def archive(self, id: str) -> Model:
        """Put a model away; Conflict while it is deployed."""
        return await self._set(id, ModelStatus.READY, "is not ready", ModelStatus.ARCHIVED)

    async def _set(self, id: str, needed: ModelStatus, words: str, new: ModelStatus) -> Model:
        def change(session: Session) -> Model:
            row = _row(session, id)
            if row.status != needed:
                raise Conflict(f"model {id!r} {words}: it is {row.status}")
            store.set_deployment(row, None)
            row.status = new.value
            session.flush()
            return row.to_model()

        changed = await self._db.write(change)
        self.changed.set()
        return changed

    async def deployed(self) -> Sequence[Model]:
        """Models that watch."""
        return [row.to_model() for row in await self._db.read(store.deployed)]

    async def states(self, id: str) -> dict[str, tuple[int, str]]:
        """What a deployed model remembers: (position, state) by asset."""
        return await self._db.read(lambda session: store.states_of(session, id))

    async def keep(self, id: str, states: dict[str, tuple[int, str]]) -> None:
        """Remember states; together or not at all."""
        await self._db.write(lambda session: store.keep_states(session, id, states))


def answer(predictor: Predictor, scores: Scores, row: int, latency_ms: float) -> Answer:
    """One scored row in the API's terms."""
    plan = predictor.blueprint
    value: Any = float(scores.prediction[row])
    if plan.classes:
        value = plan.classes[int(value)]
    elif plan.target is None or plan.alpha is not None:
        value = int(value)
    has_score = plan.threshold is not None
    probability = None
    if scores.probability is not None:
        pairs = zip(plan.classes, scores.probability[row], strict=True)
        probability = {str(name): float(chance) for name, chance in pairs}
    blame = scores.blame
    return Answer(
        prediction=value,
        score=float(scores.unit[row]) if has_score else None,
        raw_score=float(scores.raw[row]) if has_score else None,
        raw_threshold=plan.threshold,
        is_anomaly=bool(scores.is_anomaly[row]),
        contributions={}
        if blame is None
        else {name: float(blame[row, i]) for i, name in enumerate(plan.features)},
        probabilities=probability,
        latency_ms=latency_ms,
    )


def _row(session: Session, id: str) -> store.ModelRow:
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("model", id)
    return row
