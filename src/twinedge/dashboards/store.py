"""Tables of dashboards and of their versions."""

from typing import Any

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.dashboards.model import VERSIONS_KEPT, Content, Dashboard, SavedVersion
from twinedge.db.base import Base, Json, Micros


class DashboardRow(Base):
    """A dashboard as it is now."""

    __tablename__ = "dashboards"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String)
    layout: Mapped[dict[str, Any]] = mapped_column(Json)
    variables: Mapped[list[Any]] = mapped_column(Json)
    version: Mapped[int]
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)

    def to_dashboard(self) -> Dashboard:
        content = Content(self.name, self.description, self.layout, tuple(self.variables))
        return Dashboard(self.id, content, self.version, self.created_us, self.updated_us)


class VersionRow(Base):
    """What a dashboard was after one change."""

    __tablename__ = "dashboard_versions"

    dashboard_id: Mapped[str] = mapped_column(ForeignKey("dashboards.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String)
    layout: Mapped[dict[str, Any]] = mapped_column(Json)
    variables: Mapped[list[Any]] = mapped_column(Json)
    saved_us: Mapped[int] = mapped_column(Micros)
    saved_by: Mapped[str] = mapped_column(String(200))

    def to_version(self) -> SavedVersion:
        content = Content(self.name, self.description, self.layout, tuple(self.variables))
        return SavedVersion(self.version, content, self.saved_us, self.saved_by)


def find_dashboards(
    session: Session, search: str | None, offset: int, limit: int
) -> tuple[list[Dashboard], int]:
    """A page of dashboards, newest first, and how many match."""
    wanted = []
    if search is not None:
        wanted.append(func.lower(DashboardRow.name).contains(search.lower(), autoescape=True))
    total = session.scalar(select(func.count()).select_from(DashboardRow).where(*wanted)) or 0
    rows = session.scalars(
        select(DashboardRow)
        .where(*wanted)
        .order_by(DashboardRow.created_us.desc(), DashboardRow.id)
        .offset(offset)
        .limit(limit)
    )
    return [row.to_dashboard() for row in rows], total


def get_row(session: Session, id: str) -> DashboardRow | None:
    return session.get(DashboardRow, id)


def save(
    session: Session, row: DashboardRow, content: Content, now_us: int, saved_by: str
) -> Dashboard:
    """Give the row this content as its next version, keep that, and drop the oldest kept."""
    row.name, row.description = content.name, content.description
    row.layout, row.variables = dict(content.layout), [dict(v) for v in content.variables]
    row.version += 1
    row.updated_us = now_us
    session.add(row)
    session.flush()
    session.add(
        VersionRow(
            dashboard_id=row.id,
            version=row.version,
            name=row.name,
            description=row.description,
            layout=row.layout,
            variables=row.variables,
            saved_us=now_us,
            saved_by=saved_by,
        )
    )
    session.execute(
        delete(VersionRow).where(
            VersionRow.dashboard_id == row.id, VersionRow.version <= row.version - VERSIONS_KEPT
        )
    )
    session.flush()
    return row.to_dashboard()


def new_row(id: str, now_us: int) -> DashboardRow:
    """A dashboard without content or version yet; `save` gives it both."""
    return DashboardRow(id=id, version=0, created_us=now_us)


def remove(session: Session, row: DashboardRow) -> None:
    session.execute(delete(VersionRow).where(VersionRow.dashboard_id == row.id))
    session.delete(row)


def find_versions(
    session: Session, id: str, offset: int, limit: int
) -> tuple[list[SavedVersion], int]:
    """A page of a dashboard's kept versions, newest first, and how many are kept."""
    wanted = VersionRow.dashboard_id == id
    total = session.scalar(select(func.count()).select_from(VersionRow).where(wanted)) or 0
    rows = session.scalars(
        select(VersionRow)
        .where(wanted)
        .order_by(VersionRow.version.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_version() for row in rows], total


def get_version(session: Session, id: str, version: int) -> SavedVersion | None:
    row = session.get(VersionRow, (id, version))
    return None if row is None else row.to_version()
