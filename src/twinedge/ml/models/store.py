"""Tables of models, their aliases, and what deployed ones did and remember."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.ml.jobs import OPEN, JobStatus
from twinedge.ml.models.model import (
    Backfill,
    BackfillOrder,
    Deployment,
    Missing,
    Mode,
    Model,
    ModelFilter,
    ModelStatus,
)


class ModelRow(Base):
    """One version of a model."""

    __tablename__ = "ml_models"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    algorithm: Mapped[str] = mapped_column(String(64))
    task: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    deployment: Mapped[dict[str, Any] | None] = mapped_column(Json)
    dataset_id: Mapped[str] = mapped_column(String(64))
    training_id: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    created_us: Mapped[int] = mapped_column(Micros, index=True)

    def to_model(self, aliases: Sequence[str]) -> Model:
        facts = self.facts
        return Model(
            self.id, self.name, self.version, facts.get("description", ""), self.algorithm,
            self.task, tuple(facts["features"]), facts["target"], facts["threshold"],
            facts["metrics"], facts["card"], ModelStatus(self.status), tuple(aliases),
            None if self.deployment is None else read_deployment(self.deployment),
            self.dataset_id, self.training_id, self.revision, self.created_us,
        )  # fmt: skip


class AliasRow(Base):
    """A word for one version of a name; a name has each word once."""

    __tablename__ = "ml_aliases"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    alias: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_id: Mapped[str] = mapped_column(String(64), index=True)


class DeploymentRow(Base):
    """One deployment, past or present (ended_us None)."""

    __tablename__ = "ml_deployments"

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    deployment: Mapped[dict[str, Any]] = mapped_column(Json)
    ended_us: Mapped[int | None] = mapped_column(Micros)


class StateRow(Base):
    """What a deployed model remembers of one asset, after all rows up to `position_us`."""

    __tablename__ = "ml_states"

    model_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    position_us: Mapped[int] = mapped_column(Micros)
    state: Mapped[str]


class BackfillRow(Base):
    """One job that scores history."""

    __tablename__ = "ml_backfills"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_id: Mapped[str] = mapped_column(String(64), index=True)
    order: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(16), index=True)
    progress: Mapped[float]
    message: Mapped[str]
    rows_scored: Mapped[int]
    error: Mapped[str | None]
    created_us: Mapped[int] = mapped_column(Micros)
    started_us: Mapped[int | None] = mapped_column(Micros)
    finished_us: Mapped[int | None] = mapped_column(Micros)

    def to_backfill(self) -> Backfill:
        asset_ids = tuple(self.order["asset_ids"])
        return Backfill(
            self.id, self.model_id, BackfillOrder(**{**self.order, "asset_ids": asset_ids}),
            JobStatus(self.status), self.progress, self.message, self.rows_scored, self.error,
            self.created_us, self.started_us, self.finished_us,
        )  # fmt: skip


def read_deployment(stored: dict[str, Any]) -> Deployment:
    """What `set_deployment` wrote."""
    read = dict(stored)
    if read["assets"] is not None:
        read["assets"] = {
            asset: {name: (place[0], place[1]) for name, place in bound.items()}
            for asset, bound in read["assets"].items()
        }
    read["mode"] = Mode(read["mode"])
    read["missing"] = Missing(read.get("missing", Missing.SKIP))
    return Deployment(**read)


# --- models and their aliases ------------------------------------------------------------------


def get_row(session: Session, id: str) -> ModelRow | None:
    return session.get(ModelRow, id)


def models_of(session: Session, rows: Sequence[ModelRow]) -> list[Model]:
    """The rows with their aliases, in their order."""
    ids = [row.id for row in rows]
    aliases: dict[str, list[str]] = {}
    for alias in session.scalars(
        select(AliasRow).where(AliasRow.model_id.in_(ids)).order_by(AliasRow.alias)
    ):
        aliases.setdefault(alias.model_id, []).append(alias.alias)
    return [row.to_model(aliases.get(row.id, ())) for row in rows]


def names(session: Session) -> list[tuple[str, str]]:
    """(id, name) of every version of every model."""
    return [(row.id, row.name) for row in session.execute(select(ModelRow.id, ModelRow.name))]


def newest_version(session: Session, name: str) -> int:
    """The highest version of a name; 0 without any."""
    return session.scalar(select(func.max(ModelRow.version)).where(ModelRow.name == name)) or 0


def find_models(
    session: Session, where: ModelFilter, offset: int, limit: int
) -> tuple[list[Model], int]:
    """One page, newest first, and the total."""
    wanted: list[ColumnElement[bool]] = []
    if where.status is not None:
        wanted.append(ModelRow.status == where.status.value)
    if where.name is not None:
        wanted.append(ModelRow.name == where.name)
    if where.alias is not None:
        named = select(AliasRow.model_id).where(AliasRow.alias == where.alias)
        wanted.append(ModelRow.id.in_(named))
    total = session.scalar(select(func.count()).select_from(ModelRow).where(*wanted)) or 0
    rows = session.scalars(
        select(ModelRow)
        .where(*wanted)
        .order_by(ModelRow.created_us.desc(), ModelRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return models_of(session, list(rows)), total


def made_by(session: Session, training_id: str) -> ModelRow | None:
    """The model that came of a training."""
    return session.scalar(select(ModelRow).where(ModelRow.training_id == training_id).limit(1))


def made_from(session: Session, dataset_ids: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the models, but archived ones, by the dataset they were made from."""
    rows = session.execute(
        select(ModelRow.dataset_id, ModelRow.id).where(
            ModelRow.dataset_id.in_(dataset_ids), ModelRow.status != ModelStatus.ARCHIVED.value
        )
    )
    users: dict[str, list[str]] = {}
    for dataset_id, id in rows:
        users.setdefault(dataset_id, []).append(id)
    return users


def set_alias(session: Session, row: ModelRow, alias: str) -> None:
    """Give the word to this version; the version of the name that had it loses it."""
    session.merge(AliasRow(name=row.name, alias=alias, model_id=row.id))


def remove_alias(session: Session, model_id: str, alias: str) -> bool:
    """Take the word away; False when this version does not have it."""
    found = session.scalar(
        select(AliasRow).where(AliasRow.model_id == model_id, AliasRow.alias == alias)
    )
    if found is not None:
        session.delete(found)
    return found is not None


def move_aliases(session: Session, row: ModelRow, name: str) -> None:
    """Take the aliases along when a model gets another name; taken words stay where they are."""
    for alias in list(session.scalars(select(AliasRow).where(AliasRow.model_id == row.id))):
        session.delete(alias)
        session.flush()
        if session.get(AliasRow, (name, alias.alias)) is None:
            session.add(AliasRow(name=name, alias=alias.alias, model_id=row.id))


def remove(session: Session, row: ModelRow) -> None:
    """Forget a model and all that belongs to it."""
    for table in (AliasRow, BackfillRow, DeploymentRow, StateRow):
        session.execute(delete(table).where(table.model_id == row.id))
    session.delete(row)


# --- deployments -------------------------------------------------------------------------------


def deployed(session: Session) -> list[ModelRow]:
    """Rows of models that watch something."""
    return list(
        session.scalars(
            select(ModelRow)
            .where(ModelRow.status == ModelStatus.DEPLOYED.value)
            .order_by(ModelRow.id)
        )
    )


def begin_deployment(session: Session, row: ModelRow, deployment: Deployment) -> None:
    """Deploy: the row watches, with nothing remembered."""
    end_deployment(session, row, deployment.since_us, ModelStatus.DEPLOYED)
    row.deployment = asdict(deployment)
    session.add(
        DeploymentRow(model_id=row.id, name=row.name, deployment=row.deployment, ended_us=None)
    )
    forget_states(session, row.id)


def end_deployment(session: Session, row: ModelRow, now_us: int, status: ModelStatus) -> None:
    """The row no longer watches; what it did is kept as history."""
    for past in session.scalars(
        select(DeploymentRow).where(
            DeploymentRow.model_id == row.id, DeploymentRow.ended_us.is_(None)
        )
    ):
        past.ended_us = now_us
    row.deployment = None
    row.status = status.value
    row.revision += 1


def ended_deployments(session: Session, name: str) -> list[tuple[str, Deployment]]:
    """(model, deployment) of a name's past deployments, the last one first."""
    rows = session.scalars(
        select(DeploymentRow)
        .where(DeploymentRow.name == name, DeploymentRow.ended_us.is_not(None))
        .order_by(DeploymentRow.id.desc())
    )
    return [(row.model_id, read_deployment(row.deployment)) for row in rows]


def states_of(session: Session, model_id: str) -> dict[str, tuple[int, str]]:
    """(position, state) by asset."""
    rows = session.scalars(select(StateRow).where(StateRow.model_id == model_id))
    return {row.asset_id: (row.position_us, row.state) for row in rows}


def keep_states(session: Session, model_id: str, states: dict[str, tuple[int, str]]) -> None:
    for asset_id, (position_us, state) in states.items():
        session.merge(
            StateRow(model_id=model_id, asset_id=asset_id, position_us=position_us, state=state)
        )


def forget_states(session: Session, model_id: str) -> None:
    session.execute(delete(StateRow).where(StateRow.model_id == model_id))


# --- backfills ---------------------------------------------------------------------------------


def get_backfill(session: Session, id: str) -> BackfillRow | None:
    return session.get(BackfillRow, id)


def find_backfills(
    session: Session, model_id: str, offset: int, limit: int
) -> tuple[list[Backfill], int]:
    """One page of a model's, newest first, and the total."""
    mine = BackfillRow.model_id == model_id
    total = session.scalar(select(func.count()).select_from(BackfillRow).where(mine)) or 0
    rows = session.scalars(
        select(BackfillRow)
        .where(mine)
        .order_by(BackfillRow.created_us.desc(), BackfillRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_backfill() for row in rows], total


def open_backfills(session: Session) -> list[BackfillRow]:
    """Those not finished, the oldest first."""
    return list(
        session.scalars(
            select(BackfillRow)
            .where(BackfillRow.status.in_(OPEN))
            .order_by(BackfillRow.created_us, BackfillRow.id)
        )
    )
