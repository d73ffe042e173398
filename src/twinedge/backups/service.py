"""Use cases of backups: take, list, remove; and the loop that takes them by itself."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import structlog

from twinedge.backups import folder as files
from twinedge.backups.model import Backup, BackupStatus, BackupUnusable
from twinedge.backups.ports import Part
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict, NotFound, TwinEdgeError
from twinedge.kit.ids import is_id, new_id

_DRAFT = ".draft-"
_RETRY_S = 600
_log = structlog.get_logger(__name__)


class Backups:
    """Folders below one folder; what is there is the truth, no table knows of them.

    A backup is whole or not there: it is written under a name of a draft, checked into its
    manifest, and renamed. Parts are copied in their order; a part that others refer to stands
    after those that refer to it. At most one is taken at a time. Failed ones are remembered until
    the process ends, and leave nothing on disk.
    """

    def __init__(
        self, folder: Path, parts: Sequence[Part], clock: Clock, version: str, keep: int
    ) -> None:
        """keep: how many the loop leaves; those taken by hand count too."""
        self._folder = folder
        self._parts = parts
        self._clock = clock
        self._version = version
        self._keep = keep
        self._task: asyncio.Task[None] | None = None
        self._unfinished: dict[str, Backup] = {}

    async def start(self) -> None:
        """Throw away what a killed process left half-done."""
        for draft in self._folder.glob(f"{_DRAFT}*"):
            await asyncio.to_thread(shutil.rmtree, draft)

    async def stop(self) -> None:
        """Break off a running backup."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task})

    async def list(self) -> list[Backup]:
        """Every backup, newest first; running and failed ones too."""
        ready = await asyncio.to_thread(self._ready)
        return sorted(
            [*ready, *self._unfinished.values()], key=lambda b: (b.created_us, b.id), reverse=True
        )

    async def get(self, id: str) -> Backup:
        found = next((backup for backup in await self.list() if backup.id == id), None)
        if found is None:
            raise NotFound.of("backup", id)
        return found

    async def create(self, note: str) -> Backup:
        """Begin a backup; it goes on by itself. Raises Conflict while one is being taken."""
        if self._task is not None and not self._task.done():
            raise Conflict("a backup is being taken already; wait for it to end")
        backup = Backup(
            id=new_id("backup"),
            status=BackupStatus.RUNNING,
            note=note,
            version=self._version,
            parts=tuple(part.name for part in self._parts),
            size_bytes=0,
            created_us=self._clock.now_us(),
            finished_us=None,
            error=None,
        )
        self._unfinished[backup.id] = backup
        self._task = asyncio.create_task(self._take(backup))
        return backup

    async def delete(self, id: str) -> None:
        """Remove a backup from disk, or a failed one from the list."""
        backup = await self.get(id)
        if backup.status is BackupStatus.RUNNING:
            raise Conflict("this backup is being taken; wait for it to end")
        if self._unfinished.pop(id, None) is None:
            await asyncio.to_thread(shutil.rmtree, self._folder / id)

    async def take_regularly(self, every_hours: float) -> None:
        """Take a backup whenever the newest is so old, and remove the oldest; for ever."""
        while True:
            try:
                await self._take_due(every_hours)
            except (OSError, TwinEdgeError) as error:  # of the folder; the next one may work
                _log.warning("backup_chore_failed", error=str(error))
                await asyncio.sleep(_RETRY_S)

    async def _take_due(self, every_hours: float) -> None:
        """Wait until one may be due; take it if it is, and remove what is too old."""
        newest = next((b for b in await self.list() if b.status is BackupStatus.READY), None)
        age_s = every_hours * 3600
        if newest is not None:
            age_s = max(0.0, (self._clock.now_us() - newest.created_us) / US)
        if age_s < every_hours * 3600:
            await asyncio.sleep(every_hours * 3600 - age_s)
            return
        backup = await self.create("taken by itself")
        await self.wait()
        if backup.id in self._unfinished:
            await asyncio.sleep(_RETRY_S)
        else:
            await self._prune()

    async def wait(self) -> None:
        """Until no backup is being taken."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _take(self, backup: Backup) -> None:
        draft = self._folder / f"{_DRAFT}{backup.id}"
        try:
            draft.mkdir(mode=0o700, parents=True)
            for part in self._parts:
                await part.copy_to(draft)
            done = replace(backup, finished_us=self._clock.now_us())
            await asyncio.to_thread(files.seal, draft, done)
            draft.replace(self._folder / backup.id)
            del self._unfinished[backup.id]
            _log.info("backup_taken", id=backup.id)
        except asyncio.CancelledError:
            await self._fail(backup, draft, "the server was stopped")
            raise
        except (OSError, TwinEdgeError) as error:
            await self._fail(backup, draft, _in_words(error))
        except BaseException as error:
            await self._fail(backup, draft, f"unexpected: {type(error).__name__}")
            raise

    async def _fail(self, backup: Backup, draft: Path, error: str) -> None:
        _log.warning("backup_failed", id=backup.id, error=error)
        self._unfinished[backup.id] = replace(
            backup, status=BackupStatus.FAILED, finished_us=self._clock.now_us(), error=error
        )
        # what cannot be removed now is thrown away at the next start
        await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)

    async def _prune(self) -> None:
        ready = [b for b in await self.list() if b.status is BackupStatus.READY]
        for backup in ready[self._keep :]:
            await self.delete(backup.id)

    def _ready(self) -> Sequence[Backup]:
        found = []
        for folder in self._folder.glob("*"):
            if not folder.is_dir() or not is_id(folder.name):
                continue
            try:
                found.append(replace(files.read(folder), id=folder.name))
            except BackupUnusable as error:
                _log.warning("not_a_backup", folder=str(folder), error=error.message)
        return found


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == ENOSPC:
        return "the disk is full"
    return error.message if isinstance(error, TwinEdgeError) else str(error)
