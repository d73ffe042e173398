"""The database file: opening, cursors for threads, and starting again after a fatal error."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from twinedge.kit.errors import Unavailable
from twinedge.storage.duckdb.session import Session
from twinedge.telemetry.model import StoreLocked

_ROW_GROUP = 245_760
"""Rows whose columns are compressed together. Twice DuckDB's own: a column's share then fills whole
blocks, which saves 14 % of the file at the same query times (docs/decisions/telemetry-store.md)."""

_open_here: set[Path] = set()
"""Files open in this process: DuckDB's own lock tells processes apart, not stores."""


class Database:
    """One DuckDB instance and a pool of cursors.

    After a fatal error (a checkpoint that hit a full disk) DuckDB refuses everything until all
    cursors are closed and the file is opened anew; `session` does that by itself for the next
    caller, and calls `on_open` with a session before anybody else gets one.
    """

    def __init__(
        self, path: Path, *, memory_limit_mb: int, threads: int, on_open: Callable[[Session], None]
    ) -> None:
        self.path = path
        self._config = {
            "memory_limit": f"{memory_limit_mb}MB",
            "threads": str(threads),
            "checkpoint_threshold": "1TB",
            "immediate_transaction_mode": "true",
            "temp_directory": f"{path}.tmp",
        }
        self._on_open = on_open
        self._gate = threading.Condition()
        self._root: Any = None
        self._idle: list[Session] = []
        self._busy = 0
        self._broken = False
        self._closed = True

    def open(self) -> None:
        """Open or create the file, mode 0600.

        Raises StoreLocked if anybody else has it, Unavailable if it is no database of ours.
        """
        resolved = self.path.resolve()
        if resolved in _open_here:
            raise StoreLocked(f"{self.path} is already open in this process")
        _open_here.add(resolved)
        try:
            self._connect()
        except duckdb.Error as error:
            _open_here.discard(resolved)
            raise Unavailable(f"{self.path} cannot be opened: {in_words(error)}") from error
        except BaseException:
            _open_here.discard(resolved)
            raise
        self._closed = False

    def close(self) -> None:
        """Close every cursor and the file; DuckDB writes its log into the file on the way."""
        with self._gate:
            self._closed = True
            self._gate.wait_for(lambda: self._busy == 0)
            self._disconnect()
        _open_here.discard(self.path.resolve())

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A cursor for one piece of work of one thread.

        Raises Unavailable while the file cannot be opened. A fatal error of DuckDB passes through
        and makes the next session open the file again.
        """
        session = self._take()
        try:
            yield session
        except duckdb.FatalException:
            self._broken = True
            raise
        except duckdb.Error as error:
            self._broken = self._broken or "has been invalidated" in str(error)
            raise
        finally:
            self._give_back(session)

    def protect(self) -> None:
        """Keep the file and its log private to the account we run under."""
        for name in (self.path, Path(f"{self.path}.wal")):
            with suppress(FileNotFoundError):
                name.chmod(0o600)

    def size_bytes(self) -> int:
        """Bytes of the file and its log."""
        size = 0
        for name in (self.path, Path(f"{self.path}.wal")):
            with suppress(FileNotFoundError):
                size += name.stat().st_size
        return size

    def _take(self) -> Session:
        with self._gate:
            if self._broken:
                self._gate.wait_for(lambda: self._busy == 0 or not self._broken)
            if self._broken:
                self._disconnect()
                self._broken = False
            if self._closed:
                raise Unavailable("The telemetry store is closed")
            if self._root is None:
                self._reconnect()
            session = self._idle.pop() if self._idle else self._session()
            self._busy += 1
            return session

    def _give_back(self, session: Session) -> None:
        with self._gate:
            self._busy -= 1
            self._idle.append(session)
            self._gate.notify_all()

    def _reconnect(self) -> None:
        try:
            self._connect()
        except (duckdb.Error, StoreLocked) as error:
            self._disconnect()
            raise Unavailable(
                f"The telemetry file cannot be opened again: {in_words(error)}", 5
            ) from error

    def _connect(self) -> None:
        self._root = duckdb.connect(config=self._config)
        name = str(self.path).replace("'", "''")
        try:
            # attached, because the size of row groups cannot be told to `connect`
            self._root.execute(
                f"ATTACH '{name}' AS telemetry"
                f" (STORAGE_VERSION 'latest', ROW_GROUP_SIZE {_ROW_GROUP})"
            )
        except duckdb.IOException as error:
            self._disconnect()
            if "lock" in str(error):
                raise StoreLocked(
                    f"{self.path} is in use by another process; only one TwinEdge can run on a"
                    " data directory"
                ) from error
            raise
        except BaseException:
            self._disconnect()
            raise
        try:
            session = self._session()
            self._on_open(session)
            self._idle.append(session)
        except BaseException:
            self._disconnect()
            raise
        self.protect()

    def _session(self) -> Session:
        session = Session(self._root.cursor())
        session.do("USE telemetry")
        return session

    def _disconnect(self) -> None:
        for session in self._idle:
            session.close()
        self._idle.clear()
        if self._root is not None:
            self._root.close()
            self._root = None


def first_line(error: Exception) -> str:
    """DuckDB's message without the advice that follows it."""
    return str(error).split("\n", 1)[0]


def in_words(error: Exception) -> str:
    """What went wrong with the disk, for a person.

    The reason may stand in a later line: after a fatal error DuckDB says first that the database
    is invalidated, then why.
    """
    text = str(error)
    if "No space left" in text or "Disk quota" in text:
        return "the disk is full"
    if "Out of Memory" in text:
        return "the memory limit of the telemetry store is reached"
    return first_line(error)
