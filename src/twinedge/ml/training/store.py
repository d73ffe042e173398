"""Table of training jobs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.ml.jobs import OPEN, JobStatus
from twinedge.ml.training.model import Order, Training


class TrainingRow(Base):
    """One job."""

    __tablename__ = "ml_trainings"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    dataset_id: Mapped[str] = mapped_column(String(64), index=True)
    order: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(16), index=True)
    progress: Mapped[float]
    message: Mapped[str]
    metrics: Mapped[dict[str, Any] | None] = mapped_column(Json)
    model_id: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None]
    warnings: Mapped[list[Any] | None] = mapped_column(Json)
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    started_us: Mapped[int | None] = mapped_column(Micros)
    finished_us: Mapped[int | None] = mapped_column(Micros)
    restarts: Mapped[int] = mapped_column(default=0)

    def to_training(self) -> Training:
        return Training(
            self.id, self.name, self.dataset_id, Order.from_json(self.order),
            JobStatus(self.status), self.progress, self.message, self.metrics, self.model_id,
            self.error,
            tuple(self.warnings or ()), self.created_us, self.started_us, self.finished_us,
            self.restarts,
        )  # fmt: skip


def get_row(session: Session, id: str) -> TrainingRow | None:
    return session.get(TrainingRow, id)


def that_made(session: Session, model_id: str) -> TrainingRow | None:
    """The job that a model came of."""
    return session.scalar(select(TrainingRow).where(TrainingRow.model_id == model_id))


def find_trainings(
    session: Session, status: JobStatus | None, dataset_id: str | None, offset: int, limit: int
) -> tuple[list[Training], int]:
    """One page, newest first, and the total."""
    wanted = [] if status is None else [TrainingRow.status == status.value]
    if dataset_id is not None:
        wanted.append(TrainingRow.dataset_id == dataset_id)
    total = session.scalar(select(func.count()).select_from(TrainingRow).where(*wanted)) or 0
    rows = session.scalars(
        select(TrainingRow)
        .where(*wanted)
        .order_by(TrainingRow.created_us.desc(), TrainingRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_training() for row in rows], total


def open_rows(session: Session) -> list[TrainingRow]:
    """Jobs not finished, oldest first."""
    return list(
        session.scalars(
            select(TrainingRow)
            .where(TrainingRow.status.in_(OPEN))
            .order_by(TrainingRow.created_us, TrainingRow.id)
        )
    )


def open_of_datasets(session: Session, dataset_ids: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the jobs that still need these datasets."""
    rows = session.execute(
        select(TrainingRow.dataset_id, TrainingRow.id).where(
            TrainingRow.dataset_id.in_(dataset_ids), TrainingRow.status.in_(OPEN)
        )
    )
    users: dict[str, list[str]] = {}
    for dataset_id, id in rows:
        users.setdefault(dataset_id, []).append(id)
    return users
