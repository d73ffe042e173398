"""Use cases of datasets."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.datasets import reading, snapshots, store
from twinedge.ml.datasets.model import Dataset, Origin, Preview, Snapshot, Status, TelemetryQuery
from twinedge.ml.datasets.ports import UsedBy
from twinedge.ml.datasets.telemetry_rows import collect
from twinedge.telemetry.service import Telemetry


class Datasets:
    """Datasets below `directory`; a file is written once and never changed."""

    def __init__(
        self, db: Database, telemetry: Telemetry, register: Register, clock: Clock, directory: Path
    ) -> None:
        self._db = db
        self._telemetry = telemetry
        self._register = register
        self._clock = clock
        self._directory = directory
        self._used_by: list[UsedBy] = []

    def ask_before_delete(self, used_by: UsedBy) -> None:
        """Have another room asked whether it needs a dataset that is to go."""
        self._used_by.append(used_by)

    async def list(
        self, status: Status | None, offset: int, limit: int
    ) -> tuple[list[Dataset], int]:
        """One page, newest first, and the total."""
        return await self._db.read(lambda s: store.find_datasets(s, status, offset, limit))

    async def get(self, id: str) -> Dataset:
        row = await self._db.read(lambda session: store.get_row(session, id))
        if row is None:
            raise NotFound.of("dataset", id)
        return row.to_dataset()

    async def create(
        self, id: str | None, name: str, description: str, query: TelemetryQuery | None
    ) -> Dataset:
        """An empty dataset, or one of stored telemetry. Raises Conflict for a taken id."""
        snapshot = None
        if query is not None:
            table = await collect(self._telemetry, self._register, query)
            snapshot = await asyncio.to_thread(snapshots.write, table, self._directory)
        now = self._clock.now_us()
        row = store.DatasetRow(
            id=id or new_id("dset"),
            name=name,
            description=description,
            status=Status.EMPTY if snapshot is None else Status.READY,
            source=Origin.UPLOAD if query is None else Origin.TELEMETRY,
            snapshot=None if snapshot is None else asdict(snapshot),
            version=1,
            created_us=now,
            updated_us=now,
        )

        def add(session: Session) -> Dataset:
            if store.get_row(session, row.id) is not None:
                raise Conflict(f"a dataset {row.id!r} exists already")
            session.add(row)
            session.flush()
            return row.to_dataset()

        return await self._db.write(add)

    async def upload(self, id: str, path: Path) -> Dataset:
        """Read the file and make it the dataset's content.

        Raises BadFile, and the old content stays.
        """
        await self.get(id)
        snapshot = await asyncio.to_thread(self._snapshot_of, path)

        def change(session: Session) -> Dataset:
            row = _row(session, id)
            row.snapshot = asdict(snapshot)
            row.status, row.source = Status.READY.value, Origin.UPLOAD.value
            row.version += 1
            row.updated_us = self._clock.now_us()
            session.flush()
            return row.to_dataset()

        return await self._db.write(change)

    async def preview(self, id: str, rows: int) -> Preview:
        """The first rows; an empty dataset has none."""
        dataset = await self.get(id)
        if dataset.snapshot is None:
            return Preview((), [], 0)
        path = self.file_of(dataset.snapshot)
        return await asyncio.to_thread(snapshots.preview, path, dataset.snapshot, rows)

    async def describe(
        self, id: str, name: str | None, description: str | None, check: Callable[[int], None]
    ) -> Dataset:
        """Change name and description; None keeps them. `check` sees the stored version."""

        def change(session: Session) -> Dataset:
            row = _row(session, id)
            check(row.version)
            row.name = row.name if name is None else name
            row.description = row.description if description is None else description
            row.version += 1
            row.updated_us = self._clock.now_us()
            session.flush()
            return row.to_dataset()

        return await self._db.write(change)

    async def delete(self, id: str) -> None:
        """Remove the dataset; Conflict while a training needs it. Its file goes with it."""
        dataset = await self.get(id)
        for used_by in self._used_by:
            if (user := await used_by(id)) is not None:
                raise Conflict(f"dataset {id!r} is in use by {user}")
        shared = await self._db.write(lambda session: _remove(session, id))
        if dataset.snapshot is not None and not shared:
            await asyncio.to_thread(self.file_of(dataset.snapshot).unlink, missing_ok=True)

    def file_of(self, snapshot: Snapshot) -> Path:
        """Where the rows are."""
        return self._directory / snapshot.file

    async def ready(self, id: str) -> tuple[Dataset, Path]:
        """A dataset with rows and their file; Conflict when it has none."""
        dataset = await self.get(id)
        if dataset.snapshot is None:
            raise Conflict(f"dataset {id!r} is {dataset.status.value}: it has no rows yet")
        return dataset, self.file_of(dataset.snapshot)

    def _snapshot_of(self, path: Path) -> Snapshot:
        return snapshots.write(reading.read_file(path), self._directory)


def _row(session: Session, id: str) -> store.DatasetRow:
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("dataset", id)
    return row


def _remove(session: Session, id: str) -> bool:
    """Delete the row; answers whether another dataset has the same file."""
    row = _row(session, id)
    snapshot = row.snapshot
    session.delete(row)
    session.flush()
    others, _total = store.find_datasets(session, Status.READY, 0, 1_000_000)
    return snapshot is not None and any(
        other.snapshot is not None and other.snapshot.file == snapshot["file"] for other in others
    )
