"""What a backup copies: telemetry, then the metadata, then the files that the metadata names.

In this order the copies fit each other: a series is numbered in the metadata before its first
point is stored, and a file is written before the metadata names it.
"""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from twinedge.db.database import Database
from twinedge.storage.duckdb.store import DuckdbStore


@dataclass(frozen=True)
class TelemetryPart:
    """`telemetry.duckdb`, one moment of it, while points go on being stored."""

    store: DuckdbStore
    name: str = "telemetry"

    async def copy_to(self, folder: Path) -> None:
        await self.store.copy_to(folder / "telemetry.duckdb")


@dataclass(frozen=True)
class MetadataPart:
    """`twinedge.db`; on PostgreSQL its own tools copy it."""

    db: Database
    name: str = "metadata"

    async def copy_to(self, folder: Path) -> None:
        await self.db.copy_to(folder / "twinedge.db")


@dataclass(frozen=True)
class FilesPart:
    """A folder of files that are written once and then only removed."""

    folder: Path
    name: str

    async def copy_to(self, folder: Path) -> None:
        if self.folder.exists():
            await asyncio.to_thread(self._copy, folder / self.folder.name)

    def _copy(self, target: Path) -> None:
        def copy(source: str, to: str) -> str:
            try:
                return str(shutil.copy2(source, to))
            except FileNotFoundError:
                return to  # removed a moment ago

        shutil.copytree(self.folder, target, copy_function=copy)
