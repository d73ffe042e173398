"""Telemetry: take points in, give them back, know the newest."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from twinedge.assets.service import Register
from twinedge.kit.clock import MIN_US, US, Clock
from twinedge.kit.errors import Fault, Invalid
from twinedge.telemetry.latest import LatestCache
from twinedge.telemetry.model import (
    Batch,
    Buckets,
    Micros,
    Range,
    Rollup,
    Row,
    Scan,
    Series,
    StoreStats,
    batch_of,
)
from twinedge.telemetry.ports import TelemetryStore
from twinedge.telemetry.stream import Stream

MAX_FUTURE_US = 86_400 * US
"""Points further ahead of our clock than this are refused: they would be "latest" for ever."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Ticket:
    """One batch on its way and who waits for it; tickets leave in the order they came."""

    batch: Batch
    callers: "list[asyncio.Future[None]]"
    finished: bool = False
    error: BaseException | None = None


class Telemetry:
    """The data plane's one entrance and exit.

    Guarantees of `ingest`: it returns after the points are on disk, in the latest cache and handed
    to the stream. What is published was stored; what was stored is published, even when the caller
    was cancelled meanwhile. Batches are published in the order of their `ingest` calls, so the
    order per series is the order of appending. Used from the event loop only.
    """

    def __init__(
        self, store: TelemetryStore, register: Register, stream: Stream, clock: Clock
    ) -> None:
        self.stream = stream
        self._store = store
        self._register = register
        self._clock = clock
        self._latest = LatestCache()
        self._tickets: deque[_Ticket] = deque()
        self._rows: list[Row] = []
        self._rows_callers: list[asyncio.Future[None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._deleting = asyncio.Lock()
        self._recent: list[Batch] | None = None
        self.ingested_points = 0
        """Points stored since the start."""

    async def start(self) -> None:
        """Warm the latest cache from the store, which is open already."""
        self._latest.apply(await self._store.latest())

    async def stop(self) -> None:
        """Wait for appends under way; the store is closed after this."""
        self._send_rows()
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def ingest(self, batch: Batch) -> None:
        """Store the batch, then publish it.

        Raises Invalid (nothing stored) for columns of unequal length, a series the register does
        not know, or a time out of range; Unavailable (nothing stored) when the store is full or
        its disk fails. Cancelling the caller does not undo the append.
        """
        self._check(batch)
        await self.ingest_checked(batch)

    async def ingest_checked(self, batch: Batch) -> None:
        """`ingest` of a batch that the caller has checked already: same guarantees, no Invalid."""
        if len(batch) == 0:
            return
        self._send_rows()  # those that came before stay before
        settled = asyncio.get_running_loop().create_future()
        self._send(batch, [settled])
        await settled

    async def ingest_rows(self, rows: Sequence[Row]) -> None:
        """`ingest_checked` of a few points, which share a batch with others of this moment.

        Rows of all callers in one turn of the event loop become one batch, so that a point alone
        in its request costs no arrays of its own. The rows of one call stay together, in order.
        """
        loop = asyncio.get_running_loop()
        if not self._rows:
            loop.call_soon(self._send_rows)
        self._rows += rows
        settled = loop.create_future()
        self._rows_callers.append(settled)
        await settled

    def believable(self, ts: Micros) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Mask of times that `ingest` takes: not before year 1, at most a day ahead of us."""
        mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = (ts >= MIN_US) & (
            ts <= self._clock.now_us() + MAX_FUTURE_US
        )
        return mask

    def all_believable(self, ts: Micros) -> bool:
        """Whether `ingest` takes all of these times."""
        if len(ts) == 0:
            return True
        return bool(ts.min() >= MIN_US and ts.max() <= self._clock.now_us() + MAX_FUTURE_US)

    async def scan(self, question: Scan) -> Batch:
        """Raw points; see Scan for order and bounds."""
        if len(question.series) == 0:
            return self._nothing()
        return await self._store.scan(question)

    async def rollup(self, question: Rollup) -> Buckets:
        """Aggregates over buckets, equal to what the raw points give; see Rollup."""
        if len(question.series) == 0:
            empty = np.empty(0, np.float64)
            return Buckets(
                np.empty(0, np.uint32),
                np.empty(0, np.int64),
                dict.fromkeys(question.functions, empty),
            )
        return await self._store.rollup(question)

    def latest(self, series: Series) -> Batch:
        """The newest point of each of these series that has one, in this order; from memory."""
        return self._latest.get(series, self._clock.now_us())

    async def latest_before(self, series: Series, ts: int) -> Batch:
        """The newest point of each series strictly before ts."""
        return await self._store.latest_before(series, ts)

    async def extent(self, series: Series) -> Range | None:
        """First and last time over these series, both inclusive; None without points."""
        return await self._store.extent(series) if len(series) else None

    async def delete(self, series: Series | None, span: Range) -> int:
        """Remove points (None = of all series); answers how many. The latest cache follows."""
        async with self._deleting:
            removed = await self._store.delete(series, span)
            # appends that may have run beside the delete settle first; from then on, what is
            # published is newer than the delete and is laid over the store's answer
            if self._tasks:
                await asyncio.wait(tuple(self._tasks))
            recent: list[Batch] = []
            self._recent = recent
            try:
                affected = self._latest.all_series() if series is None else series
                fresh = await self._store.latest(affected)
                self._latest.forget(affected)
                self._latest.apply(fresh)
                for batch in recent:
                    self._latest.apply(batch)
            finally:
                self._recent = None
            return removed

    def stats(self) -> StoreStats:
        """The store's counters."""
        return self._store.stats()

    def _check(self, batch: Batch) -> None:
        rows = len(batch.series)
        lengths = {len(batch.ts), len(batch.value), len(batch.quality), rows}
        if batch.text is not None:
            lengths.add(len(batch.text))
        if len(lengths) > 1:
            raise Invalid("the columns of a batch differ in length")
        if not self._register.knows(batch.series):
            raise Invalid("a batch names a series that does not exist")
        if not self.all_believable(batch.ts):
            wrong = np.flatnonzero(~self.believable(batch.ts))
            faults = [Fault(f"data[{row}].timestamp", "is out of range") for row in wrong[:100]]
            raise Invalid(
                f"{len(wrong)} points have a time more than a day ahead or before year 1", faults
            )

    def _send_rows(self) -> None:
        """Send what `ingest_rows` has gathered."""
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        callers, self._rows_callers = self._rows_callers, []
        series, ts, value, quality = (list(column) for column in zip(*rows, strict=True))
        self._send(batch_of(series, ts, value, quality, self._clock.now_us()), callers)

    def _send(self, batch: Batch, callers: "list[asyncio.Future[None]]") -> None:
        ticket = _Ticket(batch, callers)
        self._tickets.append(ticket)
        # a task of its own: a cancelled caller must not leave us ignorant of what was stored
        task = asyncio.create_task(self._append(ticket))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _append(self, ticket: _Ticket) -> None:
        try:
            await self._store.append(ticket.batch)
        except BaseException as error:
            ticket.error = error
            if not isinstance(error, Exception):
                raise  # cancelled with the loop: stop as told, the ticket settles below
        finally:
            ticket.finished = True
            self._settle()

    def _settle(self) -> None:
        """Publish what is stored, in order, and tell the callers."""
        while self._tickets and self._tickets[0].finished:
            ticket = self._tickets.popleft()
            if ticket.error is None:
                self._latest.apply(ticket.batch)
                if self._recent is not None:
                    self._recent.append(ticket.batch)
                self.ingested_points += len(ticket.batch)
                self.stream.publish(ticket.batch)
            for caller in ticket.callers:
                if caller.cancelled():
                    if ticket.error is not None:
                        _log.warning("append_failed_unheard", error=str(ticket.error))
                elif ticket.error is None:
                    caller.set_result(None)
                elif isinstance(ticket.error, Exception):
                    caller.set_exception(ticket.error)
                else:
                    caller.cancel()

    def _nothing(self) -> Batch:
        return Batch(
            np.empty(0, np.uint32),
            np.empty(0, np.int64),
            np.empty(0, np.float64),
            np.empty(0, np.uint8),
            self._clock.now_us(),
        )
