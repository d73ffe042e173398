"""The one thread that appends: group commit into the active hot table.

Guarantee: appends are committed in the order they were queued; all that wait when the thread comes
round share one commit (one fsync), whole or not at all; a failure reaches every append of the
group, and nothing of it is stored. Queue: bounded in points; when full the append is refused with
Unavailable. A cancelled caller changes nothing for the others; its points may be stored.
Measured: see docs/reference/storage.md.
"""

# ruff: noqa: S608  table names and numbers are ours, never a client's

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from twinedge.kit.clock import MAX_US, MIN_US
from twinedge.kit.errors import Invalid, Unavailable
from twinedge.storage.duckdb.catalog import Catalog
from twinedge.storage.duckdb.database import Database, in_words
from twinedge.storage.duckdb.session import Session
from twinedge.telemetry.model import Batch, Range

_GROUP_POINTS = 400_000
"""One commit takes no more, so that the first of a long queue does not wait for the last; enough
for a long queue to pass the log, which a commit above one row group does."""
_RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Append:
    batch: Batch
    stored: "asyncio.Future[None]"


@dataclass(frozen=True, slots=True, eq=False)
class _Seal:
    """Begin a new hot table if the active one can have rows in the span; then call `sealed`."""

    span: Range
    sealed: Callable[[Exception | None], None]


@dataclass(frozen=True, slots=True)
class _Stop:
    pass


class Writer:
    """Owned by the event loop that calls `start`; `append` and `queued_points` belong to it."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        *,
        move_rows: int,
        max_sealed: int,
        max_queued_points: int,
        on_sealed: Callable[[], None],
    ) -> None:
        self.queued_points = 0
        self.trouble: str | None = None
        self.commit_lock = threading.Lock()
        self._database = database
        self._catalog = catalog
        self._move_rows = move_rows
        self._max_sealed = max_sealed
        self._max_queued_points = max_queued_points
        self._on_sealed = on_sealed
        self._room = threading.Condition()
        self._hold = True
        self._queue: queue.SimpleQueue[_Append | _Seal | _Stop] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="telemetry-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def append(self, batch: Batch) -> None:
        """Queue the batch and wait for its commit."""
        size = len(batch)
        if size == 0:
            return
        _check(batch)
        if self.queued_points and self.queued_points + size > self._max_queued_points:
            raise Unavailable(
                f"{self.queued_points} points are waiting to be written; come back in a second"
            )
        self.queued_points += size
        stored = self._loop.create_future()
        self._queue.put(_Append(batch, stored))
        await stored

    def seal(self, span: Range, sealed: Callable[[Exception | None], None]) -> None:
        """After all that is queued now: see `_Seal`. `sealed` is called by the writer's thread."""
        self._queue.put(_Seal(span, sealed))

    def resume(self, *, hold: bool) -> None:
        """Hot tables went, or cannot go for now (`hold` false): look again whether to wait."""
        with self._room:
            self._hold = hold
            self._room.notify_all()

    def stop(self) -> None:
        """Finish what is queued and end the thread; blocks until then."""
        self.resume(hold=False)
        self._queue.put(_Stop())
        self._thread.join()

    def _run(self) -> None:
        waiting: _Append | _Seal | _Stop | None = None
        while True:
            first = waiting or self._queue.get()
            waiting = None
            if isinstance(first, _Stop):
                return
            if isinstance(first, _Seal):
                self._seal(first)
                continue
            group = [first]
            points = len(first.batch)
            while points < _GROUP_POINTS:
                try:
                    more = self._queue.get_nowait()
                except queue.Empty:
                    break
                if not isinstance(more, _Append):
                    waiting = more
                    break
                group.append(more)
                points += len(more.batch)
            self._commit(group, points)

    def _commit(self, group: list[_Append], points: int) -> None:
        trouble: str | None = None
        try:
            self._wait_for_room()
            self._store([append.batch for append in group])
        except Unavailable as failure:
            trouble = failure.message
        except Exception as failure:  # the thread must outlive whatever a commit does
            trouble = f"New points cannot be stored: {in_words(failure)}"
        self.trouble = trouble
        self._loop.call_soon_threadsafe(self._settle, group, points, trouble)

    def _settle(self, group: list[_Append], points: int, trouble: str | None) -> None:
        self.queued_points -= points
        for append in group:
            if append.stored.done():
                continue
            if trouble is None:
                append.stored.set_result(None)
            else:
                append.stored.set_exception(Unavailable(trouble, _RETRY_AFTER_S))

    def _store(self, batches: list[Batch]) -> None:
        rows = _columns(batches)
        series, ts = rows["s"], rows["ts"]
        catalog = self._catalog
        text = "t" if "t" in rows else "NULL"
        with self.commit_lock, self._database.session() as session:
            if catalog.active.rows >= self._move_rows:
                self._begin_hot(session)
            late = catalog.marks.late(series, ts)
            with catalog.lock:
                catalog.active.widen(int(ts.min()), int(ts.max()), late)
            session.do(
                f"INSERT INTO {catalog.active.name} SELECT s, ts, v, q, {text} FROM given", rows
            )
            catalog.active.rows += len(series)
            catalog.marks.raise_to(series, ts)

    def _seal(self, order: _Seal) -> None:
        error: Exception | None = None
        try:
            with self.commit_lock, self._database.session() as session:
                if self._catalog.active.rows and self._catalog.active_within(order.span):
                    self._begin_hot(session)
        except Exception as failure:  # answered to whoever asked
            error = failure
        order.sealed(error)

    def _begin_hot(self, session: Session) -> None:
        """Seal the active table. The new one exists before anybody can see it."""
        catalog = self._catalog
        fresh = catalog.create_hot(session, catalog.active.number + 1)
        with catalog.lock:
            catalog.sealed.append(catalog.active)
            catalog.active = fresh
        self._on_sealed()

    def _wait_for_room(self) -> None:
        """Hold back while the keeper is behind, unless it cannot work at all."""
        with self._room:
            self._room.wait_for(
                lambda: not self._hold or len(self._catalog.sealed) <= self._max_sealed
            )


def _check(batch: Batch) -> None:
    """Refuse a batch that would spoil the commit of the others."""
    size = len(batch)
    if not (len(batch.ts) == len(batch.value) == len(batch.quality) == size) or (
        batch.text is not None and len(batch.text) != size
    ):
        raise ValueError("the columns of a batch must have one length")
    if int(batch.ts.min()) < MIN_US or int(batch.ts.max()) > MAX_US:
        raise Invalid("The timestamp of a point lies outside the years 1 to 9999")
    for text in batch.text or ():
        if text is not None and not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise Invalid(f"The text {text!r} is not valid Unicode") from None


def _columns(batches: list[Batch]) -> dict[str, Any]:
    """One dict of columns, as DuckDB scans it by name."""
    if len(batches) == 1:
        (only,) = batches
        rows = {"s": only.series, "ts": only.ts, "v": only.value, "q": only.quality}
    else:
        rows = {
            "s": np.concatenate([b.series for b in batches]),
            "ts": np.concatenate([b.ts for b in batches]),
            "v": np.concatenate([b.value for b in batches]),
            "q": np.concatenate([b.quality for b in batches]),
        }
    if any(b.text is not None for b in batches):
        texts: list[str | None] = []
        for b in batches:
            texts.extend(b.text or [None] * len(b))
        rows["t"] = np.array(texts, object)
    return rows
