"""What rules, channels, routes and maintenance windows have in common: id, version, pages."""

from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from twinedge.alerts.store.tables import ChannelRow, MaintenanceRow, RouteRow, RuleRow
from twinedge.kit.errors import Conflict, NotFound

Row = TypeVar("Row", RuleRow, ChannelRow, RouteRow, MaintenanceRow)

KINDS: dict[type[Any], str] = {
    RuleRow: "alert rule",
    ChannelRow: "notification channel",
    RouteRow: "notification route",
    MaintenanceRow: "maintenance window",
}


def get(session: Session, kind: type[Row], id: str) -> Row:
    """The row. Raises NotFound."""
    row = session.get(kind, id)
    if row is None:
        raise NotFound.of(KINDS[kind], id)
    return row


def add(session: Session, row: Row) -> None:
    """Insert. Raises Conflict when the id is taken."""
    if session.get(type(row), row.id) is not None:
        raise Conflict(f"{KINDS[type(row)]} {row.id!r} already exists")
    session.add(row)
    session.flush()


def all_of(session: Session, kind: type[Row]) -> list[Row]:
    """Every row, oldest first."""
    return list(session.scalars(select(kind).order_by(kind.created_us, kind.id)))


def page(
    session: Session, query: Select[Row], kind: type[Row], offset: int, limit: int
) -> tuple[list[Row], int]:
    """One page, newest first, and how many there are in all."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = session.scalars(
        query.order_by(kind.created_us.desc(), kind.id.desc()).offset(offset).limit(limit)
    )
    return list(rows), total
