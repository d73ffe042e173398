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
from twinedge.ml.algorithms import preprocessing, registry
from twinedge.ml.algorithms.model import Budget, Preparation, Setting, Task
from twinedge.ml.jobs import JobStatus
from twinedge.ml.training import store
from twinedge.ml.training.log import JobLogs
from twinedge.ml.training.model import LogLine, Order, Training
from twinedge.ml.training.ports import Tables

_DEFAULT_HELD_BACK = 0.2
RESTARTS = 2
"""How often a job begins again after kills: it may be what brings the server down."""


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
    preprocessing: Mapping[str, Any] | None = None
    seed: int | None = None
    alarm_budget: Budget | None = None


class Trainings:
    """Jobs in the database; the worker takes the oldest queued one when `wake` is set."""

    def __init__(self, db: Database, tables: Tables, clock: Clock, logs: JobLogs) -> None:
        self._db = db
        self._logs = logs
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
        order = _order(wish, await self._tables.columns(wish.dataset_id))
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
                raise Conflict(f"training {id!r} has already {row.status}")
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


def _order(wish: Wish, columns: Mapping[str, str]) -> Order:
    """The wish, checked and completed. Raises Invalid with every fault."""
    algorithm = registry.find(wish.algorithm)
    faults = _column_faults(wish, columns, algorithm.task) + _budget_faults(
        wish, columns, algorithm.task
    )
    given = dict(wish.hyperparameters)
    takes_seed = any(h.name == "seed" for h in algorithm.hyperparameters)
    if wish.seed is not None and takes_seed and given.setdefault("seed", wish.seed) != wish.seed:
        faults.append(Fault("seed", "differs from hyperparameters.seed; give one of them"))
    filled: Mapping[str, Setting] = {}
    plan = Preparation()
    try:
        filled = registry.complete(algorithm, given)
        plan = preprocessing.read(
            algorithm, filled, wish.preprocessing, window_given="window" in given
        )
    except Invalid as error:
        faults += error.faults
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
    if "window" in filled:  # said in two places, kept the same
        filled = {**filled, "window": plan.window}
    held_back = wish.validation_fraction
    if held_back is None:
        held_back = 0.0 if algorithm.task is Task.ANOMALY else _DEFAULT_HELD_BACK
    return Order(
        wish.algorithm, filled, wish.features, wish.target, wish.group, held_back, plan,
        wish.alarm_budget, int(filled.get("seed", wish.seed or 0)),
    )  # fmt: skip


def _budget_faults(wish: Wish, columns: Mapping[str, str], task: Task) -> list[Fault]:
    budget = wish.alarm_budget
    if budget is None:
        return []
    if task.answers_a_value:
        return [Fault("alarm_budget", f"{wish.algorithm} answers a value and raises no alarms")]
    if budget.per_week is not None and "time" not in columns.values():
        return [Fault("alarm_budget.per_week", "needs a time column in the dataset; use rate")]
    return []


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
        elif name == wish.target and task is not Task.FORECASTING:
            faults.append(Fault(at, "is the target itself; it cannot be a feature"))
        elif name == wish.group:
            faults.append(Fault(at, "is the group; the unit's id cannot be a feature"))
        elif columns[name] == "time":
            faults.append(Fault(at, "is a time; times cannot be features"))
        elif name in (wish.features or ())[:number]:
            faults.append(Fault(at, "is named twice"))
    return faults
