"""The one thread that keeps the store in shape: moves, sorting, months, deletes, compaction.

It wakes when a hot table is sealed or a delete waits, else once a second. Order: moves first, then
deletes in the order asked, then at most one re-sort or one step of compaction. A failure (disk
full) is tried again with a back-off; meanwhile appends go on as long as the disk takes them.
"""

import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import duckdb

from twinedge.kit.backoff import Backoff
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Unavailable
from twinedge.storage.duckdb import compaction, history
from twinedge.storage.duckdb.catalog import Catalog
from twinedge.storage.duckdb.database import Database, in_words
from twinedge.storage.duckdb.layout import DAY_US, Piece, month_of, overlaps
from twinedge.storage.duckdb.session import Session
from twinedge.storage.duckdb.writer import Writer
from twinedge.telemetry.model import Range, Series

_TICK_S = 1.0
_CHECKPOINT_ATTEMPTS = 20
_CHECKPOINT_PAUSE_S = 0.01
_COMPACT_PAUSE_S = 600.0
_YIELD_AT = 3
"""A re-sort gives way when so many hot tables wait to be moved."""


@dataclass(frozen=True, slots=True)
class Habits:
    """When the keeper does what; see DuckdbStore."""

    move_after_s: float
    sort_rows: int
    day_tables_days: int
    merge_rows: int
    free_bytes: int
    compact_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Callable[[], int]
    answer: "Future[int]"


class Keeper:
    """Owned by the store; `start` once, `stop` once."""

    def __init__(
        self, database: Database, catalog: Catalog, writer: Writer, habits: Habits, clock: Clock
    ) -> None:
        self.trouble: str | None = None
        self.bytes_on_disk = 0
        self._database = database
        self._catalog = catalog
        self._writer = writer
        self._habits = habits
        self._clock = clock
        self._backoff = Backoff(first_s=0.5, cap_s=30.0)
        self._wake = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._stopping = False
        self._retry_at_s = 0.0
        self._written_at_s: dict[str, float] = {}
        self._active_since = (0, 0.0)
        self._unfolded = False
        self._sorting: Session | None = None
        self._compacted_to = 0
        self._compact_after_s = 0.0
        self._thread = threading.Thread(target=self._run, name="telemetry-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Break off a re-sort, finish the move or delete at hand, end the thread; blocks."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
            if self._sorting is not None:
                self._sorting.interrupt()
        self._thread.join()
        for job in self._jobs:
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_exception(Unavailable("The telemetry store is closing"))

    def wake(self) -> None:
        with self._wake:
            self._wake.notify_all()

    def erase(self, series: Series | None, span: Range) -> "Future[int]":
        """Delete points, those in hot tables of the span included (they are sealed first)."""

        def work() -> int:
            with self._database.session() as session:
                count = history.erase(session, self._catalog, series, span)
            self._checkpoint()
            return count

        return self._after_sealing(span, work)

    def settle(self) -> "Future[int]":
        """Move, merge and sort all that is stored now; answers how many points are in history."""

        def work() -> int:
            while self._tidy():
                continue
            for piece in list(self._catalog.pieces.values()):
                if piece.sorted_rows < piece.rows:
                    self._resort([piece], piece)
            self._checkpoint()
            while self._compact():
                self._checkpoint()
            return sum(p.rows for p in self._catalog.pieces.values())

        return self._after_sealing(Range(), work)

    def _after_sealing(self, span: Range, work: Callable[[], int]) -> "Future[int]":
        job = _Job(work, Future())

        def sealed(error: Exception | None) -> None:
            if error is not None:
                _fail(job, error)
                return
            with self._wake:
                self._jobs.append(job)
                self._wake.notify_all()

        self._writer.seal(span, sealed)
        return job.answer

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(self._urgent, _TICK_S)
                if self._stopping:
                    return
            self._round()

    def _urgent(self) -> bool:
        return self._stopping or bool(self._jobs) or (bool(self._catalog.sealed) and self._due())

    def _due(self) -> bool:
        return self._clock.monotonic_s() >= self._retry_at_s

    def _round(self) -> None:
        if self._due():
            self._attempt(self._upkeep)
        while self._jobs and not self._stopping:
            self._do(self._jobs.popleft())
        self._seal_by_age()
        self._database.protect()
        self.bytes_on_disk = self._database.size_bytes()

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as failure:  # the thread must outlive a full disk and whatever else
            if self._stopping:
                return
            self.trouble = f"Points cannot be moved into history: {in_words(failure)}"
            self._retry_at_s = self._clock.monotonic_s() + self._backoff.next_s()
            self._writer.resume(hold=False)
        else:
            self.trouble = None
            self._backoff.reset()

    def _upkeep(self) -> None:
        moved = False
        while self._catalog.sealed and not self._stopping:
            self._need_space()
            with self._database.session() as session:
                if self._catalog.sealed:
                    self._move(session)
                    moved = True
            self._writer.resume(hold=True)
            self._checkpoint()
        if not moved and not self._stopping and (self._tidy() or self._unfolded):
            self._checkpoint()

    def _move(self, session: Session) -> None:
        before = dict(self._catalog.pieces)
        history.move(session, self._catalog, self._catalog.sealed[0], self._recent())
        now_s = self._clock.monotonic_s()
        for name, piece in self._catalog.pieces.items():
            if before.get(name) != piece:
                self._written_at_s[name] = now_s

    def _do(self, job: _Job) -> None:
        try:
            count = job.work()
        except Exception as failure:  # answered to whoever asked
            _fail(job, failure)
        else:
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_result(count)

    def _tidy(self) -> bool:
        """One re-sort, merge of a month, or step of compaction; whether something was done."""
        pieces = list(self._catalog.pieces.values())
        recent = self._recent()
        for piece in pieces:
            if piece.is_day and not overlaps(month_of(piece).lo, month_of(piece).hi, recent):
                month = month_of(piece)
                parts = [
                    p for p in pieces if p.name == month.name or (p.is_day and month_of(p) == month)
                ]
                if sum(p.rows for p in parts) <= self._habits.merge_rows:
                    return self._resort(parts, month)
        for piece in pieces:
            if self._wants_sorting(piece):
                return self._resort([piece], piece)
        return self._compact()

    def _compact(self) -> bool:
        """One step towards a smaller file, if much of it is free; whether something was done."""
        now_s = self._clock.monotonic_s()
        with self._database.session() as session:
            blocks = compaction.blocks_of(session)
            if not blocks.are_too_many(self._habits.compact_bytes) or (
                blocks.total >= self._compacted_to and now_s < self._compact_after_s
            ):
                return False
            # a step that gains nothing (a reader holds what was freed) is not tried again at once
            self._compacted_to, self._compact_after_s = blocks.total, now_s + _COMPACT_PAUSE_S
            piece = compaction.last_piece(session, self._catalog.pieces.values(), blocks)
        return piece is not None and self._resort([piece], piece)

    def _wants_sorting(self, piece: Piece) -> bool:
        """Much came since the last sort, or something did and the table is quiet now."""
        loose = piece.rows - piece.sorted_rows
        if loose >= max(self._habits.sort_rows, piece.sorted_rows):
            return True
        quiet_s = self._clock.monotonic_s() - self._written_at_s.get(piece.name, 0.0)
        over = piece.hi <= self._clock.now_us()
        return loose > 0 and over and quiet_s > self._habits.move_after_s

    def _resort(self, parts: list[Piece], into: Piece) -> bool:
        self._need_space(sum(p.rows for p in parts) * 12)
        with self._database.session() as session:
            with self._wake:
                if self._stopping:
                    return False
                self._sorting = session
            try:
                return history.resort(session, self._catalog, parts, into, self._may_go_on)
            finally:
                with self._wake:
                    self._sorting = None

    def _may_go_on(self) -> bool:
        return not (self._stopping or self._jobs or len(self._catalog.sealed) >= _YIELD_AT)

    def _checkpoint(self) -> None:
        """Fold the log into the file, between two commits of the writer.

        Not on a nearly full disk: DuckDB gives up the whole file when a checkpoint runs out of
        space, and the log alone still takes points. A reader that began before a table was dropped
        stands in the way until it ends; then the next tick tries again.
        """
        self._unfolded = True
        for _ in range(_CHECKPOINT_ATTEMPTS):
            if self._free_bytes() < self._habits.free_bytes:
                return
            try:
                with self._writer.commit_lock, self._database.session() as session:
                    session.do("CHECKPOINT")
            except duckdb.TransactionException:
                time.sleep(_CHECKPOINT_PAUSE_S)
            else:
                self._unfolded = False
                return

    def _need_space(self, more: int = 0) -> None:
        if self._free_bytes() < self._habits.free_bytes + more:
            raise Unavailable("the disk is full")

    def _free_bytes(self) -> int:
        return shutil.disk_usage(self._database.path.parent).free

    def _seal_by_age(self) -> None:
        """Have the active table moved when it is old, so that history is sorted and logs short."""
        number, since_s = self._active_since
        now_s = self._clock.monotonic_s()
        active = self._catalog.active
        if number != active.number:
            self._active_since = (active.number, now_s)
        elif active.rows and now_s - since_s >= self._habits.move_after_s:
            self._active_since = (active.number, now_s)
            self._writer.seal(Range(), self._sealed_by_age)

    def _sealed_by_age(self, error: Exception | None) -> None:
        if error is not None:
            self.trouble = f"A new table cannot be begun: {in_words(error)}"

    def _recent(self) -> Range:
        """Months that touch this are kept by the day."""
        now, days = self._clock.now_us(), self._habits.day_tables_days * DAY_US
        return Range(now - days, now + days)


def _fail(job: _Job, failure: Exception) -> None:
    """Tell whoever asked; a caller that has gone is not told."""
    if job.answer.set_running_or_notify_cancel():
        job.answer.set_exception(
            Unavailable(f"The telemetry store cannot do this now: {in_words(failure)}", 5)
        )
