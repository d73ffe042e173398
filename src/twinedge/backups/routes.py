"""/backups: copies of everything, for admins."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from twinedge.backups.model import NOTE_MAX, Backup, BackupStatus
from twinedge.backups.service import Backups
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, One, Paging
from twinedge.web.routing import Router, scope

ADMIN = "admin"


class NewBackup(Body):
    """A backup to take now."""

    note: str = Field("", max_length=NOTE_MAX, examples=["before the upgrade"])


class BackupItem(Item):
    """A backup, and where it stands."""

    id: str
    status: BackupStatus
    note: str
    version: str = Field(description="Of the TwinEdge that made it")
    parts: list[str]
    size_bytes: int
    created_at: Moment
    finished_at: Moment | None
    error: str | None = Field(description="Why it failed, in plain words")


def router(backups: Backups) -> Router:
    """The room's routes."""
    router = Router("/backups", tag="Backups", resource="backups")

    @router.get("")
    @scope(ADMIN)
    async def list_backups(paging: Annotated[Paging, Depends()]) -> Many[BackupItem]:
        """Every backup, newest first."""
        found = await backups.list()
        page = found[paging.offset : paging.offset + paging.per_page]
        return Many(data=[_item(backup) for backup in page], meta=paging.meta(len(found)))

    @router.post("", status_code=202)
    @scope(ADMIN)
    async def create_backup(body: NewBackup, response: Response) -> One[BackupItem]:
        """Begin a backup; ask for it until its `status` is `ready`. Nothing stops meanwhile."""
        begun = await backups.create(body.note)
        response.headers["Location"] = f"/v1/backups/{begun.id}"
        return One(data=_item(begun))

    @router.get("/{id}")
    @scope(ADMIN)
    async def get_backup(id: str) -> One[BackupItem]:
        """One backup."""
        return One(data=_item(await backups.get(id)))

    @router.delete("/{id}")
    @scope(ADMIN)
    async def delete_backup(id: str) -> One[Deleted]:
        """Remove a backup from disk."""
        await backups.delete(id)
        return One(data=Deleted(id=id))

    return router


def _item(backup: Backup) -> BackupItem:
    return BackupItem(
        id=backup.id,
        status=backup.status,
        note=backup.note,
        version=backup.version,
        parts=list(backup.parts),
        size_bytes=backup.size_bytes,
        created_at=backup.created_us,
        finished_at=backup.finished_us,
        error=backup.error,
    )
