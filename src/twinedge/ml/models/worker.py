"""Deployed models watch the stream and write their scores back as telemetry.

Guarantee: rows of an asset are scored in time order. Scores are stored before the state that goes
with them, and after a restart the telemetry behind the state's position is scored again: the same
points are written, so nothing is lost or doubled. When the stream's queue overflows (a million
points behind), the oldest points are not scored.
"""

import asyncio
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import structlog

from twinedge.assets.changes import KindClash
from twinedge.assets.model import Kind, NewTag, Tag
from twinedge.assets.service import Register
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import TwinEdgeError
from twinedge.ml.algorithms.model import Floats
from twinedge.ml.algorithms.predictor import Predictor, State
from twinedge.ml.models.alignment import Aligner
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.model import Deployment, Model
from twinedge.ml.models.service import Models
from twinedge.telemetry.model import Batch, Quality, Range, Scan, batch_of
from twinedge.telemetry.service import Telemetry

_PAGE = 50_000
_log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Watch:
    """One model on one asset. outputs: the tags of score, anomaly flag and top contributor."""

    model: Model
    asset_id: str
    predictor: Predictor
    state: State
    aligner: Aligner
    outputs: tuple[Tag, ...]
    inputs: dict[int, int]
    rows: list[tuple[int, Floats]] = field(default_factory=list)


class ModelWorker:
    """The scorer of all deployed models."""

    def __init__(
        self, models: Models, deployments: Deployments, telemetry: Telemetry, register: Register,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._models = models
        self._deployments = deployments
        self._changed = asyncio.Event()
        deployments.on_change(self._changed.set)
        self._telemetry = telemetry
        self._register = register
        self._clock = clock
        self._watches: dict[tuple[str, str, int], _Watch] = {}
        self._by_series: dict[int, list[tuple[_Watch, int]]] = {}
        self._series = np.empty(0, np.uint32)
        self._version = -1
        self._task: asyncio.Task[None] | None = None
        self.scored_rows = 0

    async def start(self) -> None:
        """Watch from now on, after catching up with what was stored meanwhile."""
        self._changed.set()
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop; states are on disk already."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        with self._telemetry.stream.subscribe("ml") as subscription:
            changed = asyncio.create_task(self._changed.wait())
            batch = asyncio.create_task(subscription.get())
            try:
                while True:
                    await asyncio.wait({changed, batch}, return_when=asyncio.FIRST_COMPLETED)
                    try:
                        if changed.done() or self._register.version != self._version:
                            self._changed.clear()
                            await self._look()
                        if batch.done():
                            await self._take([b for b in (batch.result(),) if b is not None])
                            await self._take(subscription.drain())
                    except TwinEdgeError as error:  # the store is full or a tag is taken: go on
                        _log.warning("scoring_failed", error=error.message)
                    if changed.done():
                        changed = asyncio.create_task(self._changed.wait())
                    if batch.done():
                        batch = asyncio.create_task(subscription.get())
            finally:
                changed.cancel()
                batch.cancel()

    async def _look(self) -> None:
        """Learn what is deployed, and on which assets."""
        self._version = self._register.version
        found: dict[tuple[str, str, int], _Watch] = {}
        fresh: list[_Watch] = []
        for model in await self._deployments.deployed():
            assert model.deployment is not None
            for asset_id, bound in self._bindings(model, model.deployment).items():
                key = (model.id, asset_id, model.deployment.since_us)
                watch = self._watches.get(key)
                if watch is None:
                    watch = await self._watch(model, model.deployment, asset_id, bound)
                    if watch is None:
                        continue
                    fresh.append(watch)
                found[key] = watch
        self._watches = found
        self._by_series = {}
        for watch in found.values():
            for series, feature in watch.inputs.items():
                self._by_series.setdefault(series, []).append((watch, feature))
        self._series = np.array(sorted(self._by_series), np.uint32)
        self._version = self._register.version
        for watch in fresh:
            await self._catch_up(watch)

    def _bindings(
        self, model: Model, deployment: Deployment
    ) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        if deployment.assets is not None:
            return deployment.assets
        assets = [tag.asset_id for tag in self._register.select((), model.features[:1])]
        return {
            asset: {name: (asset, name) for name in model.features}
            for asset in assets
            if all(self._register.find(asset, name) for name in model.features)
        }

    async def _watch(
        self, model: Model, deployment: Deployment, asset_id: str,
        bound: Mapping[str, tuple[str, str]],
    ) -> _Watch | None:  # fmt: skip
        """The watch, with its state; None while a tag does not exist or an output is taken."""
        inputs: dict[int, int] = {}
        for feature, name in enumerate(model.features):
            tag = self._register.find(*bound[name])
            if tag is None or tag.kind is Kind.TEXT:
                return None
            inputs[tag.series] = feature
        stem = deployment.output_tag.removesuffix(".score")
        wanted = [
            NewTag(asset_id, deployment.output_tag, Kind.NUMBER),
            NewTag(asset_id, f"{stem}.anomaly", Kind.BOOLEAN),
            NewTag(asset_id, f"{stem}.top", Kind.TEXT),
        ]
        try:
            outputs = tuple(await self._register.ensure(wanted, same_kind=True))
        except KindClash as error:
            _log.warning("score_tag_taken", model=model.id, error=error.message)
            return None
        predictor = await self._models.predictor(model.id)
        step_us = predictor.blueprint.step_us or US
        aligner = Aligner(len(model.features), step_us, round(deployment.max_age_s * US))
        kept = (await self._deployments.states(model.id)).get(asset_id)
        state = predictor.fresh() if kept is None else State.from_json(kept[1])
        position = deployment.since_us - 1 if kept is None else kept[0]
        before = await self._telemetry.latest_before(
            np.array(list(inputs), np.uint32), position + 1
        )
        for series, ts, value in zip(before.series, before.ts, before.value, strict=True):
            aligner.hold(inputs[int(series)], int(ts), float(value))
        if kept is not None:
            aligner.done_until(position)
        return _Watch(model, asset_id, predictor, state, aligner, outputs, inputs)

    async def _catch_up(self, watch: _Watch) -> None:
        """Score what was stored since the state's position, or since the deployment."""
        kept = (await self._deployments.states(watch.model.id)).get(watch.asset_id)
        assert watch.model.deployment is not None
        start = watch.model.deployment.since_us if kept is None else kept[0] + 1
        after: tuple[int, int] | None = None
        while True:
            question = Scan(
                np.array(sorted(watch.inputs), np.uint32), Range(start, None),
                after=after, limit=_PAGE,
            )  # fmt: skip
            page = await self._telemetry.scan(question)
            for series, ts, value, quality in zip(
                page.series.tolist(), page.ts.tolist(), page.value.tolist(),
                page.quality.tolist(), strict=True,
            ):  # fmt: skip
                if quality != Quality.BAD and not math.isnan(value):
                    watch.rows += watch.aligner.push(watch.inputs[series], ts, value)
            await self._score([watch])
            if len(page) < _PAGE:
                return
            after = (int(page.ts[-1]), int(page.series[-1]))

    async def _take(self, batches: list[Batch]) -> None:
        """Hand points to their watches, then score the rows that became whole."""
        touched: dict[int, _Watch] = {}
        for batch in batches:
            mine = np.isin(batch.series, self._series) & (batch.quality != Quality.BAD)
            rows = np.flatnonzero(mine & ~np.isnan(batch.value))
            rows = rows[np.argsort(batch.ts[rows], kind="stable")]
            for series, ts, value in zip(
                batch.series[rows].tolist(), batch.ts[rows].tolist(), batch.value[rows].tolist(),
                strict=True,
            ):  # fmt: skip
                for watch, feature in self._by_series[series]:
                    new = watch.aligner.push(feature, ts, value)
                    if new:
                        watch.rows += new
                        touched[id(watch)] = watch
        await self._score(list(touched.values()))

    async def _score(self, watches: list[_Watch]) -> None:
        """Write the scores of waiting rows in one batch, then the states behind them."""
        series: list[int] = []
        ts: list[int] = []
        value: list[float] = []
        text: list[str | None] = []
        states: dict[str, dict[str, tuple[int, str]]] = {}
        for watch in watches:
            if not watch.rows:
                continue
            times = [time for time, _row in watch.rows]
            scores = watch.predictor.score(np.array([r for _t, r in watch.rows]), watch.state)
            watch.rows = []
            self.scored_rows += len(times)
            main = scores.prediction if np.isnan(scores.unit).any() else scores.unit
            for number, time in enumerate(times):
                top = ""
                if scores.blame is not None:
                    top = watch.model.features[int(np.argmax(scores.blame[number]))]
                series += [tag.series for tag in watch.outputs]
                ts += [time] * 3
                value += [float(main[number]), float(scores.is_anomaly[number]), float("nan")]
                text += [None, None, top]
            kept = (times[-1], watch.state.to_json())
            states.setdefault(watch.model.id, {})[watch.asset_id] = kept
        if not series:
            return
        quality = [int(Quality.GOOD)] * len(series)
        await self._telemetry.ingest(
            batch_of(series, ts, value, quality, self._clock.now_us(), text)
        )
        await self._deployments.keep(states)
