"""Alerts, shelves and the engine's state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session

from twinedge.alerts.model import GroupKey, Json, Severity, State, Status
from twinedge.alerts.store.tables import (
    AlertRow,
    CheckpointRow,
    GroupStateRow,
    MemberRow,
    ShelfRow,
)
from twinedge.kit.errors import NotFound

_CHUNK = 400
_STATE, _ALIVE = 1, 2
"""Rows of the table of checkpoints."""


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts; None is any. start inclusive, end exclusive, by triggered_us.

    asset_id: of this asset, alone or as a member of a group. text: anywhere in what people read.
    """

    status: Status | None = None
    severity: Severity | None = None
    start_us: int | None = None
    end_us: int | None = None
    rule_id: str | None = None
    asset_id: str | None = None
    data_source_id: str | None = None
    state: State | None = None
    text: str | None = None


_SEARCHED = (
    AlertRow.rule_name, AlertRow.message, AlertRow.asset_id, AlertRow.tag_name, AlertRow.note,
)  # fmt: skip
_STATES = (
    (State.RESOLVED, AlertRow.is_open.is_(False)),
    (State.SHELVED, AlertRow.shelved_until_us.is_not(None)),
    (State.SUPPRESSED, AlertRow.suppressed_by.is_not(None)),
    (State.OUT_OF_SERVICE, AlertRow.out_of_service.is_not(None)),
    (State.ACKNOWLEDGED, AlertRow.status == Status.ACKNOWLEDGED),
    (State.CLEARED_UNACKNOWLEDGED, AlertRow.cleared_us.is_not(None)),
)
"""As `Alert.state`: the first that applies, else unacknowledged."""


def open_key(key: GroupKey) -> str:
    """The text that is unique among open alerts."""
    return f"{key[0]}/{key[1]}"


def _filtered(where: AlertFilter) -> Select[AlertRow]:
    query = select(AlertRow)
    if where.status is not None:
        query = query.where(AlertRow.status == where.status)
    if where.severity is not None:
        query = query.where(AlertRow.severity == where.severity)
    if where.start_us is not None:
        query = query.where(AlertRow.triggered_us >= where.start_us)
    if where.end_us is not None:
        query = query.where(AlertRow.triggered_us < where.end_us)
    if where.rule_id is not None:
        query = query.where(AlertRow.rule_id == where.rule_id)
    if where.asset_id is not None:
        member = AlertRow.members.any(MemberRow.asset_id == where.asset_id)
        query = query.where(or_(AlertRow.asset_id == where.asset_id, member))
    if where.data_source_id is not None:
        query = query.where(AlertRow.data_source_id == where.data_source_id)
    if where.state is not None:
        query = query.where(_in_state(where.state))
    if where.text is not None:
        found = [column.icontains(where.text, autoescape=True) for column in _SEARCHED]
        query = query.where(or_(*found))
    return query


def _in_state(state: State) -> ColumnElement[bool]:
    earlier: list[ColumnElement[bool]] = []
    for word, holds in _STATES:
        if word is state:
            return and_(holds, *earlier)
        earlier.append(not_(holds))
    return and_(*earlier)


def page_of_alerts(
    session: Session, where: AlertFilter, offset: int, limit: int
) -> tuple[list[AlertRow], int]:
    """Unresolved first, then newest by trigger, then by id."""
    query = _filtered(where)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (AlertRow.is_open.desc(), AlertRow.triggered_us.desc(), AlertRow.id.desc())
    return list(session.scalars(query.order_by(*order).offset(offset).limit(limit))), total


def get_alert(session: Session, id: str) -> AlertRow:
    """The row. Raises NotFound."""
    row = session.get(AlertRow, id)
    if row is None:
        raise NotFound.of("alert", id)
    return row


def open_alerts(session: Session, keys: Iterable[GroupKey] | None = None) -> list[AlertRow]:
    """The open alerts of these rules and assets (None = all), any order."""
    if keys is None:
        return list(session.scalars(select(AlertRow).where(AlertRow.is_open.is_(True))))
    wanted = [open_key(key) for key in keys]
    found: list[AlertRow] = []
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        found += session.scalars(select(AlertRow).where(AlertRow.open_key.in_(chunk)))
    return found


def open_of_rule(session: Session, rule_id: str) -> list[AlertRow]:
    query = select(AlertRow).where(AlertRow.rule_id == rule_id, AlertRow.is_open.is_(True))
    return list(session.scalars(query))


def due_for_notice(session: Session, now_us: int, limit: int = 500) -> list[AlertRow]:
    """Open alerts whose repeat or escalation is due."""
    query = (
        select(AlertRow)
        .where(AlertRow.next_notice_us <= now_us, AlertRow.is_open.is_(True))
        .order_by(AlertRow.next_notice_us)
        .limit(limit)
    )
    return list(session.scalars(query))


def between(session: Session, start_us: int, end_us: int, limit: int) -> list[AlertRow]:
    """Alerts open at any time in [start, end), oldest first; at most `limit`."""
    query = (
        select(AlertRow)
        .where(AlertRow.triggered_us < end_us)
        .where((AlertRow.resolved_us.is_(None)) | (AlertRow.resolved_us >= start_us))
        .order_by(AlertRow.triggered_us, AlertRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def delete_resolved_before(session: Session, us: int, limit: int = 1000) -> int:
    """Forget alerts resolved before that moment; how many went."""
    ids = session.scalars(
        select(AlertRow.id)
        .where(AlertRow.is_open.is_(False), AlertRow.resolved_us < us)
        .limit(limit)
    ).all()
    session.execute(delete(MemberRow).where(MemberRow.alert_id.in_(ids)))
    session.execute(delete(AlertRow).where(AlertRow.id.in_(ids)))
    return len(ids)


# --- shelves -----------------------------------------------------------------------------------


def shelves(session: Session, now_us: int) -> dict[GroupKey, ShelfRow]:
    """Shelves that still hold."""
    query = select(ShelfRow).where(ShelfRow.until_us > now_us)
    return {(row.rule_id, row.asset_id): row for row in session.scalars(query)}


def put_shelf(session: Session, row: ShelfRow) -> None:
    session.merge(row)


def remove_shelf(session: Session, key: GroupKey) -> None:
    session.execute(delete(ShelfRow).where(ShelfRow.rule_id == key[0], ShelfRow.asset_id == key[1]))


def remove_old_shelves(session: Session, now_us: int) -> None:
    session.execute(delete(ShelfRow).where(ShelfRow.until_us <= now_us))


# --- the engine's state ------------------------------------------------------------------------


def journal(session: Session) -> dict[GroupKey, tuple[str, Json]]:
    """Group states since the checkpoint: key -> (fingerprint, state)."""
    rows = session.scalars(select(GroupStateRow))
    return {(row.rule_id, row.asset_id): (row.fingerprint, row.state) for row in rows}


def put_states(session: Session, states: Sequence[tuple[GroupKey, str, Json]]) -> None:
    """Insert or replace the states of these groups."""
    if not states:
        return
    table, connection = GroupStateRow.__table__, session.connection()
    old = [{"rule": key[0], "asset": key[1]} for key, _, _ in states]
    connection.execute(
        delete(GroupStateRow).where(
            table.c.rule_id == bindparam("rule"), table.c.asset_id == bindparam("asset")
        ),
        old,
    )
    new = [
        {"rule_id": key[0], "asset_id": key[1], "fingerprint": mark, "state": state}
        for key, mark, state in states
    ]
    connection.execute(insert(GroupStateRow), new)


def put_checkpoint(session: Session, at_us: int, body: bytes) -> None:
    """Replace the checkpoint; the journal before it is no longer needed."""
    session.merge(CheckpointRow(id=_STATE, at_us=at_us, body=body))
    put_alive(session, at_us)
    session.execute(delete(GroupStateRow))


def get_checkpoint(session: Session) -> CheckpointRow | None:
    return session.get(CheckpointRow, _STATE)


def put_alive(session: Session, at_us: int) -> None:
    """The engine lives and has booked what it knew by then; a row of its own, so it is cheap."""
    session.merge(CheckpointRow(id=_ALIVE, at_us=at_us, body=b""))


def alive_us(session: Session) -> int | None:
    """When the engine was last known to live; None before the first checkpoint."""
    row = session.get(CheckpointRow, _ALIVE) or session.get(CheckpointRow, _STATE)
    return None if row is None else row.at_us
