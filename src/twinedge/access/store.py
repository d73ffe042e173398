"""Tables of keys, sessions and remembered answers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.access.model import ADMIN, ApiKey, BrowserSession
from twinedge.db.base import Base, Json, Micros


class KeyRow(Base):
    """A key; a revoked one stays, so that its id is never used again."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    scopes: Mapped[list[Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_us: Mapped[int] = mapped_column(Micros)
    expires_us: Mapped[int | None] = mapped_column(Micros)
    last_used_us: Mapped[int | None] = mapped_column(Micros)
    revoked_us: Mapped[int | None] = mapped_column(Micros)

    def to_key(self) -> ApiKey:
        return ApiKey(
            self.id, self.name, tuple(self.scopes),
            self.created_us, self.expires_us, self.last_used_us,
        )  # fmt: skip


class SessionRow(Base):
    """A browser session, by the digest of its cookie."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id"), index=True)
    expires_us: Mapped[int] = mapped_column(Micros)


class ReplayRow(Base):
    """A POST done under an Idempotency-Key; `status` is null while it runs."""

    __tablename__ = "idempotency"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    headers: Mapped[list[Any]] = mapped_column(Json)
    sealed_body: Mapped[str] = mapped_column(Text)
    created_us: Mapped[int] = mapped_column(Micros, index=True)


def live_keys(session: Session) -> list[tuple[str, ApiKey]]:
    """`(digest, key)` of every key that is not revoked."""
    rows = session.scalars(select(KeyRow).where(KeyRow.revoked_us.is_(None)))
    return [(row.digest, row.to_key()) for row in rows]


def page_of_keys(session: Session, offset: int, limit: int) -> tuple[list[ApiKey], int]:
    """Newest first, the id as tie-break; and how many there are."""
    live = KeyRow.revoked_us.is_(None)
    order = (KeyRow.created_us.desc(), KeyRow.id)
    rows = session.scalars(select(KeyRow).where(live).order_by(*order).offset(offset).limit(limit))
    total = session.scalar(select(func.count()).select_from(KeyRow).where(live))
    return [row.to_key() for row in rows], total or 0


def find_key(session: Session, id: str) -> KeyRow | None:
    row = session.get(KeyRow, id)
    return row if row is not None and row.revoked_us is None else None


def add_key(session: Session, key: ApiKey, digest: str) -> None:
    session.add(
        KeyRow(
            id=key.id, name=key.name, scopes=list(key.scopes), digest=digest,
            created_us=key.created_us, expires_us=key.expires_us,
        )
    )  # fmt: skip
    session.flush()


def revoke(session: Session, row: KeyRow, now_us: int) -> None:
    """End the key and its sessions."""
    row.revoked_us = now_us
    end_sessions(session, row.id)


def admins_besides(session: Session, id: str, now_us: int) -> int:
    """How many other keys hold `admin` and have not expired."""
    return sum(
        key.id != id and ADMIN in key.scopes and (key.expires_us is None or key.expires_us > now_us)
        for _, key in live_keys(session)
    )


def mark_used(session: Session, used_us: Mapping[str, int]) -> None:
    for id, moment_us in used_us.items():
        session.execute(update(KeyRow).where(KeyRow.id == id).values(last_used_us=moment_us))


def all_sessions(session: Session, now_us: int) -> dict[str, BrowserSession]:
    """Sessions by digest that have not ended."""
    rows = session.scalars(select(SessionRow).where(SessionRow.expires_us > now_us))
    return {row.digest: BrowserSession(row.key_id, row.expires_us) for row in rows}


def add_session(session: Session, digest: str, browser: BrowserSession) -> None:
    session.add(SessionRow(digest=digest, key_id=browser.key_id, expires_us=browser.expires_us))


def end_session(session: Session, digest: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.digest == digest))


def end_sessions(session: Session, key_id: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.key_id == key_id))


def purge_sessions(session: Session, now_us: int) -> None:
    session.execute(delete(SessionRow).where(SessionRow.expires_us <= now_us))


def find_replay(session: Session, id: str) -> ReplayRow | None:
    return session.get(ReplayRow, id)


def put_replay(session: Session, id: str, fingerprint: str, now_us: int) -> None:
    """Begin an attempt; replaces what an older one left behind."""
    session.execute(delete(ReplayRow).where(ReplayRow.id == id))
    session.add(
        ReplayRow(
            id=id, fingerprint=fingerprint, status=None, headers=[], sealed_body="",
            created_us=now_us,
        )
    )  # fmt: skip
    session.flush()


def finish_replay(
    session: Session, id: str, status: int, headers: list[list[str]], sealed_body: str
) -> None:
    session.execute(
        update(ReplayRow)
        .where(ReplayRow.id == id)
        .values(status=status, headers=headers, sealed_body=sealed_body)
    )


def drop_replay(session: Session, id: str) -> None:
    session.execute(delete(ReplayRow).where(ReplayRow.id == id))


def purge_replays(session: Session, before_us: int) -> None:
    session.execute(delete(ReplayRow).where(ReplayRow.created_us < before_us))
