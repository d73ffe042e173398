"""A backup: what it is, how far it got, and the errors of taking one back."""

from dataclasses import dataclass
from enum import StrEnum

from twinedge.kit.errors import TwinEdgeError

NOTE_MAX = 500


class BackupStatus(StrEnum):
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the parts, as of the moment each was copied; error is for people."""

    id: str
    status: BackupStatus
    note: str
    version: str
    """Of the TwinEdge that made it."""
    parts: tuple[str, ...]
    size_bytes: int
    created_us: int
    finished_us: int | None
    error: str | None


class BackupUnusable(TwinEdgeError):
    """This folder is no backup, or not the one that was made: it must not be put in place."""

    code = "conflict"
    status = 409
