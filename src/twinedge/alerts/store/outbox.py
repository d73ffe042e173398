"""The outbox: messages queued, held, tried, delivered."""

from collections.abc import Sequence

from sqlalchemy import Select, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session, aliased, selectinload

from twinedge.alerts.store.tables import AttemptRow, ChannelRow, DeliveryRow, SubjectRow

WAITING = ("pending", "held")
_FINAL = ("sent", "failed", "skipped", "merged")


def put(session: Session, rows: Sequence[DeliveryRow]) -> None:
    session.add_all(rows)


def due(session: Session, now_us: int, limit: int) -> list[DeliveryRow]:
    """Messages to try now, oldest first: per alert and channel none before its predecessor."""
    earlier = aliased(DeliveryRow)
    blocked = exists().where(
        earlier.alert_id == DeliveryRow.alert_id,
        earlier.channel_id == DeliveryRow.channel_id,
        earlier.number < DeliveryRow.number,
        earlier.status == "pending",
    )
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.status == "pending", DeliveryRow.due_us <= now_us, ~blocked)
        .order_by(DeliveryRow.number)
        .limit(limit)
    )
    return list(session.scalars(query))


def held_due(session: Session, now_us: int, limit: int = 5000) -> list[DeliveryRow]:
    """Held messages whose time has come, oldest first."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.status == "held", DeliveryRow.due_us <= now_us)
        .order_by(DeliveryRow.number)
        .limit(limit)
    )
    return list(session.scalars(query))


def held_under(session: Session, prefix: str) -> list[DeliveryRow]:
    """Held messages whose key begins so."""
    held = DeliveryRow.hold_key.startswith(prefix, autoescape=True)
    return list(session.scalars(select(DeliveryRow).where(DeliveryRow.status == "held", held)))


def tell_also_of(session: Session, id: str, others: Sequence[str]) -> None:
    """This message tells of the alerts of those others, too."""
    told = select(literal(id), SubjectRow.alert_id).where(SubjectRow.delivery_id.in_(others))
    columns = [SubjectRow.delivery_id, SubjectRow.alert_id]
    session.execute(insert(SubjectRow).from_select(columns, told.distinct()))


def recent_counts(session: Session, since_us: int) -> dict[str, int]:
    """Messages per channel queued for sending since then (the storm cap counts these)."""
    query = (
        select(DeliveryRow.channel_id, func.count())
        .where(DeliveryRow.created_us > since_us, DeliveryRow.status.in_(("pending", "sent")))
        .group_by(DeliveryRow.channel_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def last_told_us(session: Session, alert_id: str) -> int | None:
    """When people were last told that the alert came or grew."""
    return session.scalar(
        select(func.max(DeliveryRow.created_us)).where(
            DeliveryRow.subjects.any(SubjectRow.alert_id == alert_id),
            DeliveryRow.event.in_(("raised", "joined")),
        )
    )


def add_attempt(
    session: Session, delivery_id: str, at_us: int, ok: bool, duration_ms: int, detail: str
) -> None:
    session.add(
        AttemptRow(
            delivery_id=delivery_id, at_us=at_us, ok=ok, duration_ms=duration_ms, detail=detail
        )
    )


def finish(
    session: Session, id: str, status: str, detail: str | None, now_us: int, attempts: int
) -> None:
    """The last word on a message."""
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == id)
        .values(status=status, detail=detail, finished_us=now_us, attempts=attempts)
    )


def postpone(session: Session, id: str, due_us: int, detail: str, attempts: int) -> None:
    """Try again later."""
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == id)
        .values(due_us=due_us, detail=detail, attempts=attempts)
    )


def skip_waiting_of_channel(session: Session, channel_id: str, why: str, now_us: int) -> None:
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.channel_id == channel_id, DeliveryRow.status.in_(WAITING))
        .values(status="skipped", detail=why, finished_us=now_us)
    )


def page_of_deliveries(
    session: Session, query: Select[DeliveryRow], offset: int, limit: int
) -> tuple[list[DeliveryRow], int]:
    """Newest first, with their alerts."""
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = query.order_by(DeliveryRow.number.desc()).offset(offset).limit(limit)
    return list(session.scalars(page.options(selectinload(DeliveryRow.subjects)))), total


def deliveries(
    channel_id: str | None, alert_id: str | None, status: str | None
) -> Select[DeliveryRow]:
    """The log, filtered; None is any. alert_id: messages that tell of it, alone or among others."""
    query = select(DeliveryRow)
    if channel_id is not None:
        query = query.where(DeliveryRow.channel_id == channel_id)
    if alert_id is not None:
        query = query.where(DeliveryRow.subjects.any(SubjectRow.alert_id == alert_id))
    if status is not None:
        query = query.where(DeliveryRow.status == status)
    return query


def attempts_of(session: Session, ids: Sequence[str]) -> list[AttemptRow]:
    """Every try for these messages, oldest first."""
    query = select(AttemptRow).where(AttemptRow.delivery_id.in_(ids)).order_by(AttemptRow.id)
    return list(session.scalars(query))


def channel_named(session: Session, name: str) -> ChannelRow | None:
    return session.scalar(select(ChannelRow).where(ChannelRow.name == name))


def delete_finished_before(session: Session, us: int, limit: int = 1000) -> int:
    """Forget messages finished before that moment; how many went."""
    ids = session.scalars(
        select(DeliveryRow.id)
        .where(DeliveryRow.status.in_(_FINAL), DeliveryRow.finished_us < us)
        .limit(limit)
    ).all()
    session.execute(delete(AttemptRow).where(AttemptRow.delivery_id.in_(ids)))
    session.execute(delete(SubjectRow).where(SubjectRow.delivery_id.in_(ids)))
    session.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(ids)))
    return len(ids)
