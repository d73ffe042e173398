"""Scores history: reads the telemetry of a range, scores it as the live scorer would, writes it.

Guarantee: an asset's old scores of the range go before its new ones come; a job interrupted by a
restart begins again and ends with the same scores.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
import structlog

from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Invalid, Unavailable
from twinedge.ml.jobs import JobStatus, work_off
from twinedge.ml.models.backfills import Backfills
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.model import Backfill, Deployment, Missing, Mode, Model
from twinedge.ml.models.service import Models
from twinedge.ml.models.watch import Point, Watch, batch_from
from twinedge.ml.models.watching import Stored, Watching
from twinedge.telemetry.model import Range, Scan
from twinedge.telemetry.service import Telemetry

_MAX_AGE_S = 60.0
_RETRY_S = 1.0
_log = structlog.get_logger(__name__)


class BackfillWorker:
    """One job at a time, in pages, scored beside the event loop: the live scorer goes first."""

    def __init__(
        self, backfills: Backfills, models: Models, deployments: Deployments, watching: Watching,
        telemetry: Telemetry, clock: Clock,
    ) -> None:  # fmt: skip
        self._backfills = backfills
        self._models = models
        self._deployments = deployments
        self._watching = watching
        self._telemetry = telemetry
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Work, beginning with what a restart interrupted."""
        self._backfills.wake.set()
        work = work_off(self._backfills, self._run, "backfill")
        self._task = asyncio.create_task(work, name="backfill")

    async def stop(self) -> None:
        """Stop; an interrupted job begins again with the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, job: Backfill) -> None:
        model = await self._models.get(job.model_id)
        deployment = self._deployment(model, job)
        bindings = self._watching.bindings(model, deployment.assets)
        wanted = job.order.asset_ids or tuple(bindings)
        if unknown := [asset for asset in wanted if asset not in bindings]:
            raise Invalid(f"asset {unknown[0]!r} has not all tags of the features")
        if not wanted:
            raise Invalid("no asset has all tags of the features")
        rows = 0
        for number, asset_id in enumerate(wanted):
            watch = await self._watching.watch(
                model, deployment, asset_id, bindings[asset_id], from_memory=False
            )
            if watch is None:
                raise Invalid(f"a tag of asset {asset_id!r} holds the wrong kind of values")
            rows = await self._one(job, watch, number / len(wanted), 1 / len(wanted), rows)
        await self._backfills.finish(job.id, JobStatus.SUCCEEDED, f"{rows} rows scored")

    def _deployment(self, model: Model, job: Backfill) -> Deployment:
        """As it watches now, or would by default, but from the start of the range on."""
        default = Deployment(None, "", Mode.LIVE, _MAX_AGE_S, 0, Missing.SKIP)
        return replace(
            model.deployment or default,
            output_tag=job.order.output_tag,
            since_us=job.order.start_us,
        )

    async def _one(self, job: Backfill, watch: Watch, done: float, share: float, rows: int) -> int:
        """Score one asset; answers the rows so far."""
        start, end = job.order.start_us, job.order.end_us
        await self._clear(watch, Range(start, end))
        await self._watching.begin(watch, start)
        async for page in self._watching.points(watch.inputs, Range(start, end)):
            if not page:
                continue
            upto = page[-1][1]
            scored = await asyncio.to_thread(_scored, watch, page)
            await self._write(scored)
            rows = rows + sum(p.series == watch.outputs.score.series for p in scored)
            progress = done + share * (upto - start) / (end - start)
            words = f"{watch.asset_id}: {rows} rows scored"
            if not await self._backfills.report(job.id, min(progress, 1.0), rows, words):
                raise Conflict(f"backfill {job.id!r} was cancelled")
        return rows

    async def _clear(self, watch: Watch, span: Range) -> None:
        """Remove what was written in the range before; asked first, for a delete is dear."""
        outputs = watch.outputs
        score = np.array([outputs.score.series], np.uint32)
        if len(await self._telemetry.scan(Scan(score, span, limit=1))):
            tags = (outputs.score, outputs.anomaly, outputs.top)
            series = np.array([tag.series for tag in tags], np.uint32)
            await self._telemetry.delete(series, span)

    async def _write(self, points: Sequence[Point]) -> None:
        if not points:
            return
        while True:
            try:
                await self._telemetry.ingest(batch_from(points, self._clock.now_us()))
                return
            except Unavailable as error:
                _log.warning("scores_wait_for_the_store", error=error.message)
                await asyncio.sleep(_RETRY_S)


def _scored(watch: Watch, page: Sequence[Stored]) -> list[Point]:
    """What comes of a page: thousands of rows, too many for the event loop."""
    for point in page:
        watch.take(*point)
    return watch.score()[0] if watch.rows else []
