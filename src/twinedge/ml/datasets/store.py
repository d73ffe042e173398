"""Table of datasets."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.ml.datasets.model import Column, Dataset, Origin, Snapshot, Status, Version


class DatasetRow(Base):
    """A dataset; `snapshot` describes its file."""

    __tablename__ = "ml_datasets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String)
    status: Mapped[str] = mapped_column(String(16), index=True)
    source: Mapped[str] = mapped_column(String(16))
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(Json)
    content_version: Mapped[int]
    revision: Mapped[int] = mapped_column("version")
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)

    def to_dataset(self) -> Dataset:
        snapshot = None if self.snapshot is None else _snapshot(self.snapshot)
        return Dataset(
            self.id, self.name, self.description, Status(self.status), Origin(self.source),
            snapshot, self.content_version, self.revision, self.created_us, self.updated_us,
        )  # fmt: skip


class VersionRow(Base):
    """One content a dataset has or had."""

    __tablename__ = "ml_dataset_versions"

    dataset_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    created_us: Mapped[int] = mapped_column(Micros)

    def to_version(self) -> Version:
        return Version(self.version, _snapshot(self.snapshot), self.created_us)


def _snapshot(read: dict[str, Any]) -> Snapshot:
    columns = tuple(Column(**column) for column in read["columns"])
    return Snapshot(**{**read, "columns": columns})


def fill(session: Session, row: DatasetRow, snapshot: Snapshot, now_us: int) -> None:
    """Make the snapshot the row's content, as its next version."""
    row.snapshot = asdict(snapshot)
    row.status = Status.READY.value
    row.content_version += 1
    session.add(
        VersionRow(
            dataset_id=row.id,
            version=row.content_version,
            snapshot=row.snapshot,
            created_us=now_us,
        )
    )


def find_versions(
    session: Session, dataset_id: str, offset: int, limit: int
) -> tuple[list[Version], int]:
    """One page, newest first, and the total."""
    mine = VersionRow.dataset_id == dataset_id
    total = session.scalar(select(func.count()).select_from(VersionRow).where(mine)) or 0
    rows = session.scalars(
        select(VersionRow)
        .where(mine)
        .order_by(VersionRow.version.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_version() for row in rows], total


def get_version(session: Session, dataset_id: str, version: int) -> Version | None:
    row = session.get(VersionRow, (dataset_id, version))
    return None if row is None else row.to_version()


def remove(session: Session, row: DatasetRow) -> list[str]:
    """Delete a dataset and its versions; answers the files no other version has."""
    mine = VersionRow.dataset_id == row.id
    files = {v.snapshot["file"] for v in session.scalars(select(VersionRow).where(mine))}
    session.execute(delete(VersionRow).where(mine))
    session.delete(row)
    session.flush()
    kept = {snapshot["file"] for snapshot in session.scalars(select(VersionRow.snapshot))}
    return sorted(files - kept)


def get_row(session: Session, id: str) -> DatasetRow | None:
    return session.get(DatasetRow, id)


def find_datasets(
    session: Session, status: Status | None, offset: int, limit: int
) -> tuple[list[Dataset], int]:
    """One page, newest first, and the total."""
    wanted = [] if status is None else [DatasetRow.status == status.value]
    total = session.scalar(select(func.count()).select_from(DatasetRow).where(*wanted)) or 0
    rows = session.scalars(
        select(DatasetRow)
        .where(*wanted)
        .order_by(DatasetRow.created_us.desc(), DatasetRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_dataset() for row in rows], total
