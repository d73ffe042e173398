"""Jobs that are worked off one after another: what trainings and backfills have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol, TypeVar

import structlog

from twinedge.kit.errors import Conflict, TwinEdgeError

_AGAIN_S = 1.0
_log = structlog.get_logger(__name__)


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in {JobStatus.QUEUED, JobStatus.RUNNING}


OPEN = tuple(status.value for status in JobStatus if status.is_open)
"""What the status column of a job that has not ended holds."""


class Job(Protocol):
    """What the loop needs to know of a job."""

    @property
    def id(self) -> str: ...


J = TypeVar("J", bound=Job)
J_co = TypeVar("J_co", bound=Job, covariant=True)


class Queue(Protocol[J_co]):
    """Jobs in a database, oldest first. `wake` is set when there may be one to take."""

    wake: asyncio.Event

    async def take(self) -> J_co | None:
        """The next job, now running; None when there is none."""
        ...

    async def fail(self, id: str, reason: str) -> None:
        """End a job that cannot be done. Raises Conflict when it has ended already."""
        ...


async def work_off(queue: Queue[J], work: Callable[[J], Awaitable[None]], kind: str) -> None:
    """Do the queue's jobs, one at a time, until cancelled.

    `work` ends its job itself. When it raises Conflict, the job was ended meanwhile; any other
    error is the job's reason to fail. A database that does not answer is asked again.
    """
    while True:
        await queue.wake.wait()
        queue.wake.clear()
        try:
            while (job := await queue.take()) is not None:
                await _do(queue, work, kind, job)
        except Exception:  # of the database: the job stays open and is taken again
            _log.exception("jobs_wait_for_the_database", kind=kind)
            await asyncio.sleep(_AGAIN_S)
            queue.wake.set()


async def _do(queue: Queue[J], work: Callable[[J], Awaitable[None]], kind: str, job: J) -> None:
    try:
        await work(job)
    except Conflict:
        _log.info("job_cancelled", kind=kind, job=job.id)
    except Exception as error:  # a job may fail; the loop goes on
        _log.exception("job_failed", kind=kind, job=job.id)
        try:
            await queue.fail(
                job.id, error.message if isinstance(error, TwinEdgeError) else repr(error)
            )
        except Conflict:
            _log.info("job_cancelled", kind=kind, job=job.id)
