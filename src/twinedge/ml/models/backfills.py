"""Use cases of backfills: score history as a job that can be watched and cancelled."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.jobs import JobStatus
from twinedge.ml.models import store
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.model import Backfill, BackfillOrder, Mode, Model, ModelStatus
from twinedge.ml.models.service import Models


class Backfills:
    """Jobs in the database; the worker takes the oldest queued one when `wake` is set."""

    def __init__(
        self, db: Database, models: Models, deployments: Deployments, clock: Clock
    ) -> None:
        self._db = db
        self._models = models
        self._deployments = deployments
        self._clock = clock
        self.wake = asyncio.Event()

    async def list(self, model_id: str, offset: int, limit: int) -> tuple[Sequence[Backfill], int]:
        """One page of a model's, newest first, and the total."""
        await self._models.get(model_id)
        return await self._db.read(lambda s: store.find_backfills(s, model_id, offset, limit))

    async def get(self, model_id: str, id: str) -> Backfill:
        return await self._db.read(lambda s: _found(s, model_id, id).to_backfill())

    async def start(
        self, model_id: str, start_us: int, end_us: int, asset_ids: Sequence[str],
        output_tag: str | None,
    ) -> Backfill:  # fmt: skip
        """Queue a job. Raises Conflict for an archived model or a taken output tag, Invalid for a
        future range."""
        model = await self._models.get(model_id)
        if model.status is ModelStatus.ARCHIVED:
            raise Conflict(f"model {model_id!r} is archived; unarchive it first")
        now_us = self._clock.now_us()
        if start_us >= now_us:
            raise Invalid.at("start", "lies in the future: there is no history to score")
        tag = output_tag or await self._tag_for(model)
        await self._deployments.check_output(model, tag)
        order = BackfillOrder(start_us, min(end_us, now_us), tuple(asset_ids), tag)
        row = store.BackfillRow(
            id=new_id("bf"), model_id=model_id, order=asdict(order),
            status=JobStatus.QUEUED.value, progress=0.0, message="waiting for its turn",
            rows_scored=0, created_us=now_us,
        )  # fmt: skip

        def add(session: Session) -> Backfill:
            session.add(row)
            session.flush()
            return row.to_backfill()

        made = await self._db.write(add)
        self.wake.set()
        return made

    async def _tag_for(self, model: Model) -> str:
        if model.deployment is not None:
            return model.deployment.output_tag
        others = [
            other
            for other in await self._deployments.deployed()
            if other.name == model.name and other.deployment is not None
        ]
        is_live = any(o.deployment is not None and o.deployment.mode is Mode.LIVE for o in others)
        return f"{model.name}.v{model.version}.score" if is_live else f"{model.name}.score"

    async def cancel(self, model_id: str, id: str) -> Backfill:
        """Cancel an open job; what it has written stays. A finished one: Conflict."""
        await self.get(model_id, id)
        return await self.finish(id, JobStatus.CANCELLED, "cancelled")

    # --- for the worker ------------------------------------------------------------------------

    async def take(self) -> Backfill | None:
        """The oldest open job, now running; one that a restart interrupted begins again."""

        def take(session: Session) -> Backfill | None:
            for row in store.open_backfills(session):
                row.status = JobStatus.RUNNING.value
                row.started_us = self._clock.now_us()
                row.progress, row.rows_scored, row.message = 0.0, 0, "starting"
                session.flush()
                return row.to_backfill()
            return None

        return await self._db.write(take)

    async def report(self, id: str, progress: float, rows: int, message: str) -> bool:
        """Note how far a running job is; False when it is no longer wanted."""

        def note(session: Session) -> bool:
            row = store.get_backfill(session, id)
            if row is None or row.status != JobStatus.RUNNING.value:
                return False
            row.progress, row.rows_scored, row.message = progress, rows, message
            return True

        return await self._db.write(note)

    async def fail(self, id: str, reason: str) -> None:
        """End an open job that cannot be done."""
        await self.finish(id, JobStatus.FAILED, "failed", reason)

    async def finish(
        self, id: str, status: JobStatus, message: str, error: str | None = None
    ) -> Backfill:
        """End an open job. Raises Conflict if it has ended already."""

        def end(session: Session) -> Backfill:
            row = store.get_backfill(session, id)
            if row is None:
                raise NotFound.of("backfill", id)
            if not JobStatus(row.status).is_open:
                raise Conflict(f"backfill {id!r} has ended already: it is {row.status}")
            row.status, row.message, row.error = status.value, message, error
            row.finished_us = self._clock.now_us()
            if status is JobStatus.SUCCEEDED:
                row.progress = 1.0
            session.flush()
            return row.to_backfill()

        return await self._db.write(end)


def _found(session: Session, model_id: str, id: str) -> store.BackfillRow:
    row = store.get_backfill(session, id)
    if row is None or row.model_id != model_id:
        raise NotFound.of("backfill", id)
    return row
