"""Table of datasets."""

from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.ml.datasets.model import Column, Dataset, Origin, Snapshot, Status


class DatasetRow(Base):
    """A dataset; `snapshot` describes its file."""

    __tablename__ = "ml_datasets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String)
    status: Mapped[str] = mapped_column(String(16), index=True)
    source: Mapped[str] = mapped_column(String(16))
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(Json)
    version: Mapped[int]
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)

    def to_dataset(self) -> Dataset:
        snapshot = None
        if self.snapshot is not None:
            read = dict(self.snapshot)
            read["columns"] = tuple(Column(**column) for column in read["columns"])
            snapshot = Snapshot(**read)
        return Dataset(
            self.id, self.name, self.description, Status(self.status), Origin(self.source),
            snapshot, self.version, self.created_us, self.updated_us,
        )  # fmt: skip


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
