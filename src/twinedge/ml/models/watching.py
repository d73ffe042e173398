"""Builds watches: finds a deployed model's tags, loads it, and reads what it has missed."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

import numpy as np

from twinedge.assets.model import Kind, NewTag, Tag
from twinedge.assets.service import Register
from twinedge.ml.models.alignment import Row
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.drift import Monitor
from twinedge.ml.models.model import Bindings, Deployment, Model
from twinedge.ml.models.service import Models
from twinedge.ml.models.standing import AssetStanding
from twinedge.ml.models.watch import Input, Outputs, Watch
from twinedge.telemetry.model import Batch, Quality, Range, Scan
from twinedge.telemetry.service import Telemetry

Key = tuple[str, str, int, int]
"""Model, asset, since when it is deployed, and the model's revision."""
Stored = tuple[int, int, float, int, str | None]
"""Series, time, value, quality, text."""
_PAGE = 20_000
_WARM_UP_REACH = 4
"""How many times the windows' length is looked back to fill them."""


class Watching:
    """What a scorer needs to know beside the stream."""

    def __init__(
        self, models: Models, deployments: Deployments, telemetry: Telemetry, register: Register
    ) -> None:
        self._models = models
        self._deployments = deployments
        self._telemetry = telemetry
        self._register = register

    @property
    def version(self) -> int:
        """Grows when tags come into being or change."""
        return self._register.version

    async def of_model(self, model: Model, known: Mapping[Key, Watch]) -> dict[Key, Watch]:
        """The model's watches, one an asset that has all its tags; known ones are kept."""
        deployment = model.deployment
        assert deployment is not None
        found: dict[Key, Watch] = {}
        for asset_id, bound in self.bindings(model, deployment.assets).items():
            key = (model.id, asset_id, deployment.since_us, model.revision)
            watch = known.get(key) or await self.watch(model, deployment, asset_id, bound)
            if watch is not None:
                found[key] = watch
        return found

    def bindings(self, model: Model, assets: Bindings | None) -> Bindings:
        """Where each feature comes from, by asset."""
        if assets is not None:
            return assets
        first = self._register.select((), model.features[:1])
        return {
            tag.asset_id: {name: (tag.asset_id, name) for name in model.features}
            for tag in first
            if all(self._register.find(tag.asset_id, name) for name in model.features)
        }

    async def watch(
        self, model: Model, deployment: Deployment, asset_id: str,
        bound: Mapping[str, tuple[str, str]], *, from_memory: bool = True,
    ) -> Watch | None:  # fmt: skip
        """The watch in the state it was left in; without `from_memory` as new, and without a drift
        watch. None while a tag does not exist.

        Raises KindClash for a taken output tag.
        """
        predictor = await self._models.predictor(model.id)
        inputs = self._inputs(model, predictor.blueprint.categories, bound)
        if inputs is None:
            return None
        outputs = await self._outputs(deployment, asset_id)
        reference = await self._models.reference(model.id) if from_memory else None
        monitor = None if reference is None else Monitor(reference, model.features)
        watch = Watch(
            model, deployment, asset_id, predictor, inputs, outputs, monitor, AssetStanding()
        )
        kept = (await self._deployments.states(model.id)).get(asset_id) if from_memory else None
        if kept is not None:
            watch.restore(*kept)
        return watch

    async def missed(self, watch: Watch, end: int | None) -> AsyncIterator[list[Stored]]:
        """Pages of the inputs' points since the watch's position, or since the deployment, up to
        `end` (exclusive; None is all)."""
        position = watch.position_us
        start = watch.deployment.since_us if position is None else position + 1
        await self.begin(watch, start if end is None else min(start, end))
        if end is not None and end <= start:
            return
        span = Range(start, end)
        async for page in self.points([watch.outputs.score.series], span):
            watch.written.update(ts // watch.step_us for _series, ts, *_ in page)
        async for page in self.points(watch.inputs, span):
            yield page

    async def points(self, series: Iterable[int], span: Range) -> AsyncIterator[list[Stored]]:
        """Pages of all points, in the order of time."""
        after: tuple[int, int] | None = None
        numbers = np.array(sorted(series), np.uint32)
        while True:
            page = await self._telemetry.scan(Scan(numbers, span, after=after, limit=_PAGE))
            yield list(stored(page))
            if len(page) < _PAGE:
                return
            after = (int(page.ts[-1]), int(page.series[-1]))

    async def begin(self, watch: Watch, ts: int) -> None:
        """Have the watch know what came before `ts`, where its first row is: the newest values,
        and, when it has no state yet, rows to fill its windows."""
        if watch.position_us is None and watch.standing.rows_needed:
            await self._warm_up(watch, ts)
        before = await self._telemetry.latest_before(np.array(sorted(watch.inputs), np.uint32), ts)
        for number, at, value, quality, text in stored(before):
            given = watch.inputs[number]
            if quality != Quality.BAD and given.is_usable(value):
                watch.aligner.hold(given.feature, at, given.number(value, text))

    async def _warm_up(self, watch: Watch, ts: int) -> None:
        needed = watch.standing.rows_needed
        reach_us = _WARM_UP_REACH * (needed + 1) * watch.step_us
        aligner = watch.new_aligner()
        rows: list[Row] = []
        async for page in self.points(watch.inputs, Range(ts - reach_us, ts)):
            for series, at, value, quality, text in page:
                given = watch.inputs[series]
                if quality != Quality.BAD and given.is_usable(value):
                    rows += aligner.push(given.feature, at, given.number(value, text))
        if rows:
            watch.warm(rows[-needed:])

    def _inputs(
        self, model: Model, categories: Mapping[str, tuple[str, ...]],
        bound: Mapping[str, tuple[str, str]],
    ) -> dict[int, Input] | None:  # fmt: skip
        """Input by series; None while a tag does not exist or holds the wrong kind."""
        inputs: dict[int, Input] = {}
        for feature, name in enumerate(model.features):
            tag = self._register.find(*bound[name])
            texts = categories.get(name)
            if tag is None or (tag.kind is Kind.TEXT) != (texts is not None):
                return None
            codes = None if texts is None else {t: float(code) for code, t in enumerate(texts)}
            inputs[tag.series] = Input(feature, codes)
        return inputs

    async def _outputs(self, deployment: Deployment, asset_id: str) -> Outputs:
        stem = deployment.stem
        tags: list[Tag] = await self._register.ensure(
            [
                NewTag(asset_id, deployment.output_tag, Kind.NUMBER),
                NewTag(asset_id, f"{stem}.anomaly", Kind.BOOLEAN),
                NewTag(asset_id, f"{stem}.top", Kind.TEXT),
                NewTag(asset_id, f"{stem}.drift", Kind.NUMBER),
            ],
            same_kind=True,
        )
        return Outputs(*tags)


def stored(batch: Batch) -> Iterator[Stored]:
    """The rows of a batch as plain values."""
    return zip(
        batch.series.tolist(), batch.ts.tolist(), batch.value.tolist(), batch.quality.tolist(),
        batch.text or (None,) * len(batch), strict=True,
    )  # fmt: skip
