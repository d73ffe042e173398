"""Use cases of training jobs."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.orm import Session

from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.jobs import JobStatus
from twinedge.ml.training import store
from twinedge.ml.training.log import JobLogs
from twinedge.ml.training.model import LogLine, Order, Training
from twinedge.ml.training.ordering import Wish, after, order_of
from twinedge.ml.training.ports import Shelf, Tables

RESTARTS = 2
"""How often a job begins again after kills: it may be what brings the server down."""


class Trainings:
    """Jobs in the database; the worker takes the oldest queued one when `wake` is set."""

    def __init__(
        self, db: Database, tables: Tables, shelf: Shelf, clock: Clock, logs: JobLogs
    ) -> None:
        self._db = db
        self._logs = logs
        self._tables = tables
        self._shelf = shelf
        self._clock = clock
        self.wake = asyncio.Event()
        self.cancelled: set[str] = set()

    async def list(
        self, status: JobStatus | None, dataset_id: str | None, offset: int, limit: int
    ) -> tuple[list[Training], int]:
        """One page, newest first, and the total."""
        return await self._db.read(
            lambda s: store.find_trainings(s, status, dataset_id, offset, limit)
        )

    async def get(self, id: str) -> Training:
        row = await self._db.read(lambda session: store.get_row(session, id))
        if row is None:
            raise NotFound.of("training", id)
        return row.to_training()

    async def start(self, wish: Wish) -> Training:
        """Queue a job. Raises Invalid with every fault, NotFound or Conflict for the dataset."""
        version, columns = await self._tables.columns(wish.dataset_id)
        if wish.base_model_id is not None:
            wish = await self._with_recipe(wish, wish.base_model_id)
        order = replace(order_of(wish, columns), dataset_version=version)
        row = store.TrainingRow(
            id=wish.id or new_id("tr"),
            name=wish.name,
            dataset_id=wish.dataset_id,
            order=asdict(order),
            status=JobStatus.QUEUED,
            progress=0.0,
            message="waiting for its turn",
            created_us=self._clock.now_us(),
            restarts=0,
        )

        def add(session: Session) -> Training:
            if store.get_row(session, row.id) is not None:
                raise Conflict(f"a training {row.id!r} exists already")
            session.add(row)
            session.flush()
            return row.to_training()

        made = await self._db.write(add)
        self.wake.set()
        return made

    async def _with_recipe(self, wish: Wish, model_id: str) -> Wish:
        """Completed from the training that the model came of."""
        features = await self._shelf.features_of(model_id)
        row = await self._db.read(lambda session: store.that_made(session, model_id))
        if row is None:
            raise Conflict(f"model {model_id!r} has no training whose recipe could be taken")
        return after(wish, Order.from_json(row.order), features)

    async def cancel(self, id: str) -> Training:
        """Cancel an open job; the worker ends its process. A finished one: Conflict."""
        done = await self.finish(id, JobStatus.CANCELLED, "cancelled")
        if done.started_us is not None:  # the worker is at it and ends its process
            self.cancelled.add(id)
        return done

    async def take(self) -> Training | None:
        """The oldest queued job, now running; None when there is none."""

        def take(session: Session) -> Training | None:
            for row in store.open_rows(session):
                if row.status == JobStatus.QUEUED:
                    row.status = JobStatus.RUNNING.value
                    row.started_us = self._clock.now_us()
                    row.message = "starting"
                    session.flush()
                    return row.to_training()
            return None

        return await self._db.write(take)

    async def report(self, id: str, progress: float, message: str) -> None:
        """Note how far a running job is."""

        def note(session: Session) -> None:
            row = store.get_row(session, id)
            if row is not None and row.status == JobStatus.RUNNING:
                row.progress, row.message = progress, message

        await self._db.write(note)

    async def log(self, id: str, level: str, message: str) -> None:
        """Add a line to the job's log."""
        line = LogLine(self._clock.now_us(), level, message)
        await asyncio.to_thread(self._logs.append, id, line)

    async def log_of(self, id: str) -> Sequence[LogLine]:
        """The job's log, oldest line first. Raises NotFound for an unknown job."""
        await self.get(id)
        return await asyncio.to_thread(self._logs.read, id)

    async def warn(self, id: str, texts: Sequence[str]) -> None:
        """Keep the job's warnings, and log them."""

        def note(session: Session) -> None:
            row = store.get_row(session, id)
            if row is not None:
                row.warnings = list(texts)

        await self._db.write(note)
        for text in texts:
            await self.log(id, "warning", text)

    async def finish(
        self, id: str, status: JobStatus, message: str, *, error: str | None = None,
        metrics: Mapping[str, Any] | None = None, model_id: str | None = None,
    ) -> Training:  # fmt: skip
        """End an open job. Raises Conflict if it has ended already.

        Its log's last line is written first, so that whoever sees the end can read why.
        """

        def end(session: Session) -> Training:
            row = store.get_row(session, id)
            if row is None:
                raise NotFound.of("training", id)
            if not JobStatus(row.status).is_open:
                raise Conflict(f"training {id!r} has ended already: it is {row.status}")
            row.status, row.message, row.error = status.value, message, error
            row.metrics = None if metrics is None else dict(metrics)
            row.model_id = model_id
            row.finished_us = self._clock.now_us()
            if status is JobStatus.SUCCEEDED:
                row.progress = 1.0
            session.flush()
            return row.to_training()

        if (await self.get(id)).status.is_open:
            await self.log(id, "error" if error else "info", error or message)
        return await self._db.write(end)

    async def fail(self, id: str, reason: str) -> None:
        """End an open job that cannot be done."""
        await self.finish(id, JobStatus.FAILED, "failed", error=reason)

    async def put_back(self) -> None:
        """A clean stop: what is running waits for the next start, which is not its fault."""
        await self._back_to_queue("the server was stopped")

    async def recover(self) -> None:
        """After a kill: what was running begins again, twice at most; what was queued still is."""
        for row in await self._db.read(store.open_rows):
            if row.status == JobStatus.RUNNING and row.restarts >= RESTARTS:
                words = f"the server was killed {RESTARTS + 1} times while this was running"
                await self.fail(row.id, f"{words}: does it need more memory than there is?")
        await self._back_to_queue("the server was killed", counted=True)
        self.wake.set()

    async def _back_to_queue(self, reason: str, *, counted: bool = False) -> None:
        message = f"{reason} while this was running; it begins again"

        def write(session: Session) -> list[str]:
            running = [r for r in store.open_rows(session) if r.status == JobStatus.RUNNING]
            for row in running:
                row.status, row.message = JobStatus.QUEUED.value, message
                row.progress, row.started_us = 0.0, None
                row.restarts += counted
            return [row.id for row in running]

        for id in await self._db.write(write):
            await self.log(id, "warning", message)

    async def users_of(self, dataset_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Open jobs by the dataset they need."""
        return await self._db.read(lambda s: store.open_of_datasets(s, dataset_ids))
