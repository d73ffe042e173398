"""Tables of models and of what deployed ones remember."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.ml.models.model import Deployment, Model, ModelStatus


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

    def to_model(self) -> Model:
        facts, deployment = self.facts, None
        if self.deployment is not None:
            read = dict(self.deployment)
            if read["assets"] is not None:
                read["assets"] = {
                    asset: {name: (place[0], place[1]) for name, place in bound.items()}
                    for asset, bound in read["assets"].items()
                }
            deployment = Deployment(**read)
        return Model(
            self.id, self.name, self.version, self.algorithm, self.task,
            tuple(facts["features"]), facts["target"], facts["threshold"], facts["metrics"],
            facts["card"], ModelStatus(self.status), deployment, self.dataset_id,
            self.training_id, self.revision, self.created_us,
        )  # fmt: skip


class StateRow(Base):
    """What a deployed model remembers of one asset, after all rows up to `position_us`."""

    __tablename__ = "ml_states"

    model_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    position_us: Mapped[int] = mapped_column(Micros)
    state: Mapped[str]


def get_row(session: Session, id: str) -> ModelRow | None:
    return session.get(ModelRow, id)


def newest_version(session: Session, name: str) -> int:
    """The highest version of a name; 0 without any."""
    return session.scalar(select(func.max(ModelRow.version)).where(ModelRow.name == name)) or 0


def deployed(session: Session) -> list[ModelRow]:
    """Rows of models that watch something."""
    return list(
        session.scalars(select(ModelRow).where(ModelRow.status == ModelStatus.DEPLOYED.value))
    )


def set_deployment(row: ModelRow, deployment: Deployment | None) -> None:
    """Deploy or undeploy."""
    row.deployment = None if deployment is None else asdict(deployment)
    row.status = (ModelStatus.READY if deployment is None else ModelStatus.DEPLOYED).value
    row.revision += 1


def find_models(
    session: Session, status: ModelStatus | None, name: str | None, offset: int, limit: int
) -> tuple[list[Model], int]:
    """One page, newest first, and the total."""
    wanted = [] if status is None else [ModelRow.status == status.value]
    if name is not None:
        wanted.append(ModelRow.name == name)
    total = session.scalar(select(func.count()).select_from(ModelRow).where(*wanted)) or 0
    rows = session.scalars(
        select(ModelRow)
        .where(*wanted)
        .order_by(ModelRow.created_us.desc(), ModelRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_model() for row in rows], total


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
