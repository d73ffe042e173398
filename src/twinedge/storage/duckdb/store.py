"""DuckdbStore: the TelemetryStore port on one DuckDB file."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from twinedge.kit.clock import Clock, SystemClock
from twinedge.kit.errors import Unavailable
from twinedge.storage.duckdb import copying, reader
from twinedge.storage.duckdb.catalog import Catalog, Plan
from twinedge.storage.duckdb.database import Database, in_words
from twinedge.storage.duckdb.keeper import Habits, Keeper
from twinedge.storage.duckdb.session import Session
from twinedge.storage.duckdb.writer import Writer
from twinedge.telemetry.model import Batch, Buckets, Range, Rollup, Scan, Series, StoreStats

T = TypeVar("T")


class DuckdbStore:
    """Points in one file; one process, many readers, one writer thread, one keeper thread.

    memory_limit_mb, threads: DuckDB's own limits. move_rows, move_after_s: a hot table is moved
    into history when it has so many rows or is so old. max_queued_points: appends beyond are
    refused with Unavailable. readers: questions answered at once; more wait. day_tables_days:
    months that ended so long ago are kept as one table, if they have at most merge_rows points.
    sort_rows: a day is re-sorted when so many rows (and half of it) came since the last time.
    min_free_mb: with less free disk nothing is moved, points stay in the log. compact_mb: from so
    much free room in the file on, and a quarter of it, the file is made smaller.
    """

    def __init__(
        self,
        path: Path,
        *,
        memory_limit_mb: int = 1024,
        threads: int = 2,
        move_rows: int = 2_000_000,
        move_after_s: float = 3600.0,
        max_queued_points: int = 2_000_000,
        max_sealed: int = 6,
        readers: int = 4,
        day_tables_days: int = 35,
        merge_rows: int = 500_000_000,
        sort_rows: int = 8_000_000,
        min_free_mb: int = 64,
        compact_mb: int = 16,
        clock: Clock | None = None,
    ) -> None:
        self._path = path
        self._database_settings = (memory_limit_mb, threads)
        self._writer_settings = {
            "move_rows": move_rows,
            "max_sealed": max_sealed,
            "max_queued_points": max_queued_points,
        }
        self._habits = Habits(
            move_after_s,
            sort_rows,
            day_tables_days,
            merge_rows,
            min_free_mb << 20,
            compact_mb << 20,
        )
        self._readers = readers
        self._clock = clock or SystemClock()
        self._open: _Open | None = None

    async def open(self) -> None:
        """Open or create the file; hot tables left by a crash are taken up again."""
        if self._open is not None:
            return
        catalog = Catalog()

        def load(session: Session) -> None:
            with catalog.lock:
                catalog.load(session)

        memory_limit_mb, threads = self._database_settings
        database = Database(
            self._path, memory_limit_mb=memory_limit_mb, threads=threads, on_open=load
        )
        await asyncio.get_running_loop().run_in_executor(None, database.open)
        self._open = _Open(
            database, catalog, self._writer_settings, self._habits, self._readers, self._clock
        )

    async def close(self) -> None:
        """Finish queued appends, end the threads, close the file."""
        opened, self._open = self._open, None
        if opened is not None:
            await asyncio.get_running_loop().run_in_executor(None, opened.close)

    async def append(self, batch: Batch) -> None:
        """Store the batch; returns when its commit is on disk."""
        if self._open is None:
            raise Unavailable("The telemetry store is closed")
        await self._open.writer.append(batch)

    async def scan(self, question: Scan) -> Batch:
        """Raw points, ordered and bounded as the question says."""
        return await self._read(partial(reader.scan, question=question))

    async def rollup(self, question: Rollup) -> Buckets:
        """Aggregates, equal to what the raw points give."""
        return await self._read(partial(reader.rollup, question=question))

    async def latest(self, series: Series | None = None) -> Batch:
        """The newest point by ts of each series."""
        return await self._read(partial(reader.latest, series=series))

    async def latest_before(self, series: Series, ts: int) -> Batch:
        """The newest point of each series strictly before ts."""
        return await self._read(partial(reader.latest_before, series=series, ts=ts))

    async def extent(self, series: Series) -> Range | None:
        """First and last ts over these series, both inclusive."""
        return await self._read(partial(reader.extent, series=series))

    async def delete(self, series: Series | None, span: Range) -> int:
        """Remove points; answers how many."""
        if self._open is None:
            raise Unavailable("The telemetry store is closed")
        return await asyncio.wrap_future(self._open.keeper.erase(series, span))

    async def settle(self) -> int:
        """Move and sort all that is stored now (benchmarks, tests); answers how many points."""
        if self._open is None:
            raise Unavailable("The telemetry store is closed")
        return await asyncio.wrap_future(self._open.keeper.settle())

    async def copy_to(self, target: Path) -> None:
        """Write one moment of the store into a new file, while points go on being stored.

        target: a path that does not exist; on disk when this returns. Raises Unavailable when the
        store is closed or the disk fails. A cancelled caller breaks the copy off; what is there
        of it by then is the caller's to remove.
        """
        if self._open is None:
            raise Unavailable("The telemetry store is closed")
        await self._open.read(partial(copying.copy_to, target=target), in_transaction=False)

    def stats(self) -> StoreStats:
        """Cheap counters. points counts a repeat twice until its hot table is moved."""
        if self._open is None:
            return StoreStats(0, 0, 0, 0, None, None, "The telemetry store is closed")
        return self._open.stats()

    async def _read(self, question: Callable[[Session, Plan], T]) -> T:
        if self._open is None:
            raise Unavailable("The telemetry store is closed")
        return await self._open.read(question)


class _Open:
    """What lives between open and close."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        writer_settings: dict[str, int],
        habits: Habits,
        readers: int,
        clock: Clock,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._pool = ThreadPoolExecutor(readers, thread_name_prefix="telemetry-reader")
        self.writer = Writer(database, catalog, on_sealed=self._wake_keeper, **writer_settings)
        self.keeper = Keeper(database, catalog, self.writer, habits, clock)
        self.keeper.bytes_on_disk = database.size_bytes()
        self.writer.start()
        self.keeper.start()

    def close(self) -> None:
        self.writer.stop()
        self.keeper.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._database.close()

    async def read(
        self, question: Callable[[Session, Plan], T], *, in_transaction: bool = True
    ) -> T:
        """Answer a question on a reader thread; a cancelled caller interrupts its statement."""
        work = _Reading(self._database, self._catalog, question, in_transaction)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work.run)
        except asyncio.CancelledError:
            work.interrupt()
            raise

    def stats(self) -> StoreStats:
        plan = self._catalog.plan()  # without the lock: a commit must not hold up the event loop
        hot_points = sum(h.rows for h in plan.hots)
        firsts = [p.first for p in plan.pieces]
        firsts += [h.first for h in plan.hots if h.first is not None]
        lasts = [p.last for p in plan.pieces]
        lasts += [h.last for h in plan.hots if h.last is not None]
        return StoreStats(
            points=hot_points + sum(p.rows for p in plan.pieces),
            bytes_on_disk=self.keeper.bytes_on_disk,
            hot_points=hot_points,
            queued_points=self.writer.queued_points,
            oldest_us=min(firsts, default=None),
            newest_us=max(lasts, default=None),
            degraded=self.writer.trouble or self.keeper.trouble,
        )

    def _wake_keeper(self) -> None:
        self.keeper.wake()


class _Reading:
    """One question on its way through a reader thread."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        question: Callable[[Session, Plan], Any],
        in_transaction: bool,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._question = question
        self._in_transaction = in_transaction
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._cancelled = False

    def run(self) -> Any:
        try:
            with self._database.session() as session:
                return self._answer(session)
        except duckdb.Error as error:
            raise Unavailable(f"The telemetry store cannot answer: {in_words(error)}") from error

    def _answer(self, session: Session) -> Any:
        with self._catalog.lock:
            plan = self._catalog.plan()
            if self._in_transaction:
                session.do("BEGIN")
        try:
            with self._lock:
                if self._cancelled:
                    return None
                self._session = session
            return self._question(session, plan)
        finally:
            with self._lock:
                self._session = None
            if self._in_transaction:
                session.do("ROLLBACK")

    def interrupt(self) -> None:
        """Called by the event loop when nobody waits for the answer any more."""
        with self._lock:
            self._cancelled = True
            if self._session is not None:
                self._session.interrupt()
