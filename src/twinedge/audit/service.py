"""The log: written in groups, read in pages, proved as a whole.

Guarantees: a change's entry is on disk before its answer leaves; entries keep the order of their
answers. An attempt that changed nothing (refused, failed) is counted and written within FLUSH_S.
When the disk fails, entries wait in memory and further changes are refused until they are written.
A change whose process dies between its commit and its entry is not in the log; nobody was told
that it was made. Used from the event loop only. Measured: see docs/guide/audit.md.
"""

import asyncio
from http import HTTPStatus

import structlog

from twinedge.audit import store
from twinedge.audit.model import Entry, Head, Record, Verdict, Wanted, follow
from twinedge.audit.repeats import Repeats
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Unavailable
from twinedge.web.audit import Attempt

_RETRY_AFTER_S = 5
_log = structlog.get_logger(__name__)


class Audit:
    """Implements `web.audit.Auditor`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._repeats = Repeats()
        self._waiting: list[Record] = []
        self._writing: asyncio.Task[None] | None = None
        self._is_blind = False

    async def start(self) -> None:
        """Write down that the server starts. Raises Unavailable when nothing can be written."""
        start = Attempt(None, "twinedge", "none", "", "START", None, "", None, "", 200)
        await self.note(start)
        await self.ready()

    async def stop(self) -> None:
        """Write what waits."""
        await self.flush()

    async def ready(self) -> None:
        """Raise Unavailable while entries of earlier changes wait for the disk."""
        if not self._is_blind:
            return
        await self._write()
        if self._is_blind:
            raise Unavailable(
                "the audit log cannot be written, so nothing may be changed now", _RETRY_AFTER_S
            )

    async def note(self, attempt: Attempt) -> None:
        """Take an attempt in; a success is on disk when this returns, unless the disk fails."""
        now_us = self._clock.now_us()
        if attempt.status >= HTTPStatus.BAD_REQUEST:
            self._repeats.count(now_us, attempt)
            return
        self._waiting.append(Record(now_us, attempt))
        await self._write()

    def count(self, attempt: Attempt) -> None:
        """Take in an attempt that was refused; written with the next flush."""
        self._repeats.count(self._clock.now_us(), attempt)

    async def flush(self) -> None:
        """Write down what was refused since the last time."""
        if not self._is_blind:
            self._waiting += self._repeats.take()
        if self._waiting:
            await self._write()

    async def list(self, wanted: Wanted, offset: int, limit: int) -> tuple[list[Entry], int]:
        """A page of entries, newest first, and how many there are."""
        await self.flush()
        return await self._db.read(lambda s: store.page(s, wanted, offset, limit))

    async def verify(self, noted: Head | None = None) -> Verdict:
        """Follow the chain from its first entry. noted: a head that must still lie on it."""
        await self.flush()
        return await self._db.read(lambda s: follow(store.chain(s), noted))

    async def _write(self) -> None:
        """Write all that waits; those who come meanwhile share the next transaction."""
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await asyncio.shield(self._writing)

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                group = list(self._waiting)
                await self._db.write(lambda s, group=group: store.append(s, group))  # type: ignore[misc]
                del self._waiting[: len(group)]
            self._is_blind = False
        except Exception:  # whatever the database raises: changes wait until it works again
            if not self._is_blind:
                _log.exception("the audit log cannot be written; changes are refused until it can")
            self._is_blind = True
        finally:
            self._writing = None
