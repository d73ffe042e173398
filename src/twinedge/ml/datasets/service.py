"""Use cases of datasets."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.ml.datasets import store
from twinedge.ml.datasets.model import (
    Dataset,
    Origin,
    Preview,
    Snapshot,
    Status,
    TelemetryQuery,
    Version,
)
from twinedge.ml.datasets.ports import Labels, NoLabels, UsedBy
from twinedge.ml.datasets.taking import take
from twinedge.telemetry.service import Telemetry


class Datasets:
    """Datasets below `directory`; a file is written once and never changed."""

    def __init__(
        self, db: Database, telemetry: Telemetry, register: Register, clock: Clock,
        directory: Path, labels: Labels | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._telemetry = telemetry
        self._register = register
        self._clock = clock
        self._directory = directory
        self._labels = labels or NoLabels()
        self._used_by: list[UsedBy] = []
        for left in directory.glob(".upload-*"):  # of an upload that a kill cut short
            shutil.rmtree(left, ignore_errors=True)

    def ask_for_users(self, used_by: UsedBy) -> None:
        """Have another room asked which datasets it needs."""
        self._used_by.append(used_by)

    async def users_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Ids of the open trainings and the models that need each of these datasets."""
        users: dict[str, list[str]] = {id: [] for id in ids}
        for ask in self._used_by:
            for id, found in (await ask(ids)).items():
                users[id] += found
        return users

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
            snapshot = await self._collected(query)
        now = self._clock.now_us()
        row = store.DatasetRow(
            id=id or new_id("dset"),
            name=name,
            description=description,
            status=Status.EMPTY.value,
            source=(Origin.UPLOAD if query is None else Origin.TELEMETRY).value,
            snapshot=None,
            content_version=0,
            revision=1,
            created_us=now,
            updated_us=now,
        )

        def add(session: Session) -> Dataset:
            if store.get_row(session, row.id) is not None:
                raise Conflict(f"a dataset {row.id!r} exists already")
            if snapshot is not None:
                store.fill(session, row, snapshot, now)
            session.add(row)
            session.flush()
            return row.to_dataset()

        return await self._db.write(add)

    async def upload(self, id: str, path: Path) -> Dataset:
        """Read the file and make it the dataset's content.

        Raises BadFile, and the old content stays.
        """
        await self.get(id)
        snapshot = await asyncio.to_thread(take, path, self._directory)

        def change(session: Session) -> Dataset:
            row = _row(session, id)
            row.updated_us = self._clock.now_us()
            store.fill(session, row, snapshot, row.updated_us)
            row.source = Origin.UPLOAD.value
            row.revision += 1
            session.flush()
            return row.to_dataset()

        return await self._db.write(change)

    async def preview(self, id: str, rows: int, version: int | None) -> Preview:
        """Columns and first rows of a version (None: the newest); an empty dataset has none."""
        snapshot = (await self.get(id)).snapshot
        if version is not None:
            found = await self._db.read(lambda s: store.get_version(s, id, version))
            if found is None:
                raise NotFound(f"dataset {id!r} has no version {version}")
            snapshot = found.snapshot
        if snapshot is None:
            return Preview()
        from twinedge.ml.datasets import snapshots

        path = self.file_of(snapshot)
        return await asyncio.to_thread(snapshots.preview, path, snapshot, rows)

    async def versions(self, id: str, offset: int, limit: int) -> tuple[Sequence[Version], int]:
        """Every content the dataset has had, newest first, and how many."""
        await self.get(id)
        return await self._db.read(lambda s: store.find_versions(s, id, offset, limit))

    async def describe(
        self, id: str, name: str | None, description: str | None, check: Callable[[int], None]
    ) -> Dataset:
        """Change name and description; None keeps them. `check` sees the stored version."""

        def change(session: Session) -> Dataset:
            row = _row(session, id)
            check(row.revision)
            row.name = row.name if name is None else name
            row.description = row.description if description is None else description
            row.revision += 1
            row.updated_us = self._clock.now_us()
            session.flush()
            return row.to_dataset()

        return await self._db.write(change)

    async def delete(self, id: str) -> None:
        """Remove the dataset with all its versions; Conflict while something needs it."""
        await self.get(id)
        if users := (await self.users_of([id]))[id]:
            raise Conflict(
                f"dataset {id!r} is in use by {', '.join(users[:20])}: cancel these trainings, "
                "and archive or delete these models first"
            )
        files = await self._db.write(lambda session: store.remove(session, _row(session, id)))
        from twinedge.ml.datasets import snapshots

        for file in files:
            await asyncio.to_thread(snapshots.remove, self._directory / file)

    async def _collected(self, query: TelemetryQuery) -> Snapshot:
        """The rows of stored telemetry, on disk; written piece by piece as they are read."""
        from twinedge.ml.datasets import snapshots  # with Arrow, 50 MB that idle servers spare
        from twinedge.ml.datasets.telemetry_rows import pieces

        with snapshots.Writer(self._directory) as writer:
            async for piece in pieces(self._telemetry, self._register, self._labels, query):
                await asyncio.to_thread(writer.add, piece)
            if writer.rows == 0:
                message = "there are no points of these tags in this range"
                raise Invalid.at("telemetry", message)
            return await asyncio.to_thread(writer.finish)

    def room_for_upload(self) -> Path:
        """A new directory for an upload, on the disk the data is on; the caller removes it."""
        self._directory.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".upload-", dir=self._directory))

    def file_of(self, snapshot: Snapshot) -> Path:
        """Where the rows are."""
        return self._directory / snapshot.file

    def file_of_hash(self, sha256: str) -> Path | None:
        """Where the rows with this hash are; None when they are gone."""
        path = self._directory / f"{sha256}.parquet"
        return path if path.exists() else None

    async def ready(self, id: str, version: int | None = None) -> Version:
        """A content with rows, None the newest; Conflict when there is none."""
        dataset = await self.get(id)
        if dataset.snapshot is None:
            raise Conflict(f"dataset {id!r} is {dataset.status.value}: it has no rows yet")
        wanted = dataset.version if version is None else version
        found = await self._db.read(lambda s: store.get_version(s, id, wanted))
        if found is None:
            raise NotFound(f"dataset {id!r} has no version {wanted}")
        return found


def _row(session: Session, id: str) -> store.DatasetRow:
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("dataset", id)
    return row
