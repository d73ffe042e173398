"""Use cases of training jobs."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.model import Task
from twinedge.ml.training import store
from twinedge.ml.training.model import JobStatus, Order, Training
from twinedge.ml.training.ports import Tables

_DEFAULT_HELD_BACK = 0.2


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks for; checked and completed by `start`."""

    id: str | None
    name: str
    dataset_id: str
    algorithm: str
    hyperparameters: Mapping[str, Any]
    features: tuple[str, ...] | None
    target: str | None
    group: str | None
    validation_fraction: float | None


class Trainings:
    """Jobs in the database; the worker takes the oldest queued one when `wake` is set."""

    def __init__(self, db: Database, tables: Tables, clock: Clock) -> None:
        self._db = db
        self._tables = tables
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
        algorithm = registry.find(wish.algorithm)
        filled = registry.complete(algorithm, wish.hyperparameters)
        columns = await self._tables.columns(wish.dataset_id)
        faults = _column_faults(wish, columns, algorithm.task)
        if faults:
            raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
        held_back = wish.validation_fraction
        if held_back is None:
            held_back = 0.0 if algorithm.task is Task.ANOMALY else _DEFAULT_HELD_BACK
        order = Order(wish.algorithm, filled, wish.features, wish.target, wish.group, held_back)
        row = store.TrainingRow(
            id=wish.id or new_id("tr"),
            name=wish.name,
            dataset_id=wish.dataset_id,
            order=asdict(order),
            status=JobStatus.QUEUED,
            progress=0.0,
            message="waiting for its turn",
            created_us=self._clock.now_us(),
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

    async def cancel(self, id: str) -> Training:
        """Cancel an open job; the worker ends its process. A finished one: Conflict."""
        done = await self.finish(id, JobStatus.CANCELLED, "cancelled")
        self.cancelled.add(id)
        self.wake.set()
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

    async def finish(
        self, id: str, status: JobStatus, message: str, *, error: str | None = None,
        metrics: Mapping[str, Any] | None = None, model_id: str | None = None,
    ) -> Training:  # fmt: skip
        """End an open job. Raises Conflict if it has ended already."""

        def end(session: Session) -> Training:
            row = store.get_row(session, id)
            if row is None:
                raise NotFound.of("training", id)
            if not JobStatus(row.status).is_open:
                raise Conflict(f"training {id!r} has already {row.status}")
            row.status, row.message, row.error = status.value, message, error
            row.metrics = None if metrics is None else dict(metrics)
            row.model_id = model_id
            row.finished_us = self._clock.now_us()
            if status is JobStatus.SUCCEEDED:
                row.progress = 1.0
            session.flush()
            return row.to_training()

        return await self._db.write(end)

    async def recover(self) -> None:
        """After a restart: what was running has failed, what was queued still is."""
        rows = await self._db.read(store.open_rows)
        for row in rows:
            if row.status == JobStatus.RUNNING:
                words = "the server stopped while this was running; start it again"
                await self.finish(row.id, JobStatus.FAILED, words, error=words)
        self.wake.set()

    async def users_of(self, dataset_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Open jobs by the dataset they need."""
        return await self._db.read(lambda s: store.open_of_datasets(s, dataset_ids))


def _column_faults(wish: Wish, columns: Mapping[str, str], task: Task) -> list[Fault]:
    faults: list[Fault] = []
    known = ", ".join(list(columns)[:30])
    for field in ("target", "group"):
        name = getattr(wish, field)
        if name is not None and name not in columns:
            faults.append(Fault(field, f"the dataset has no column {name!r}; it has: {known}"))
    if wish.target is None and task is not Task.ANOMALY:
        faults.append(Fault("target", f"is required: {wish.algorithm} learns from a target"))
    for number, name in enumerate(wish.features or ()):
        at = f"features[{number}]"
        if name not in columns:
            faults.append(Fault(at, f"the dataset has no column {name!r}; it has: {known}"))
        elif name == wish.target:
            faults.append(Fault(at, "is the target itself; it cannot be a feature"))
        elif columns[name] == "time":
            faults.append(Fault(at, "is a time; times cannot be features"))
        elif name in (wish.features or ())[:number]:
            faults.append(Fault(at, "is named twice"))
    return faults
