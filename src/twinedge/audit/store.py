"""The table of the log: appended to, never changed; triggers refuse anything else."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.audit.model import GENESIS, Entry, Head, Outcome, Record, Wanted, chained
from twinedge.db.base import Base, Micros
from twinedge.web.audit import Attempt

_AT_ONCE = 2000


class EntryRow(Base):
    """One entry; the order of `seq` is the order of the chain."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_us: Mapped[int] = mapped_column(Micros, index=True)
    times: Mapped[int]
    actor_id: Mapped[str | None] = mapped_column(String(64), index=True)
    actor_name: Mapped[str | None] = mapped_column(String(200))
    via: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(16))
    route: Mapped[str | None] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(200))
    object_id: Mapped[str | None] = mapped_column(String(200), index=True)
    request_id: Mapped[str] = mapped_column(String(128))
    status: Mapped[int]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def to_entry(self) -> Entry:
        attempt = Attempt(
            self.actor_id, self.actor_name, self.via, self.address, self.method,
            self.route, self.path, self.object_id, self.request_id, self.status,
        )  # fmt: skip
        record = Record(self.at_us, attempt, self.times)
        return Entry(self.seq, record, self.previous_hash, self.hash)


def append(session: Session, records: Sequence[Record]) -> Head:
    """Add records at the end of the chain, in order."""
    head = head_of(session)
    for record in records:
        entry, a = chained(head, record), record.attempt
        session.add(
            EntryRow(
                seq=entry.seq, at_us=record.at_us, times=record.times, actor_id=a.actor_id,
                actor_name=a.actor_name, via=a.via, address=a.address, method=a.method,
                route=a.route, path=a.path, object_id=a.object_id, request_id=a.request_id,
                status=a.status, previous_hash=entry.previous_hash, hash=entry.hash,
            )
        )  # fmt: skip
        head = Head(entry.seq, entry.hash)
    session.flush()
    return head


def head_of(session: Session) -> Head:
    """The last entry's place and hash; GENESIS before the first."""
    newest = select(EntryRow.seq, EntryRow.hash).order_by(EntryRow.seq.desc()).limit(1)
    row = session.execute(newest).first()
    return Head(row.seq, row.hash) if row is not None else Head(0, GENESIS)


def page(session: Session, wanted: Wanted, offset: int, limit: int) -> tuple[list[Entry], int]:
    """Newest first, and how many there are in all."""
    conditions = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(EntryRow).where(*conditions))
    newest = select(EntryRow).where(*conditions).order_by(EntryRow.seq.desc())
    rows = session.scalars(newest.offset(offset).limit(limit))
    return [row.to_entry() for row in rows], total or 0


def chain(session: Session) -> Iterator[Entry]:
    """Every entry, oldest first, some thousands in memory at a time."""
    seq = 0
    while True:
        following = select(EntryRow).where(EntryRow.seq > seq).order_by(EntryRow.seq)
        rows = session.scalars(following.limit(_AT_ONCE)).all()
        if not rows:
            return
        for row in rows:
            yield row.to_entry()
        seq = rows[-1].seq
        session.expunge_all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = {
        EntryRow.actor_id: wanted.actor_id,
        EntryRow.method: wanted.method,
        EntryRow.route: wanted.route,
        EntryRow.object_id: wanted.object_id,
        EntryRow.request_id: wanted.request_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.start_us is not None:
        conditions.append(EntryRow.at_us >= wanted.start_us)
    if wanted.end_us is not None:
        conditions.append(EntryRow.at_us < wanted.end_us)
    if wanted.outcome is not None:
        low, high = {
            Outcome.DONE: (0, 400), Outcome.REFUSED: (400, 500), Outcome.FAILED: (500, 1000),
        }[wanted.outcome]  # fmt: skip
        conditions.append(EntryRow.status.between(low, high - 1))
    return conditions
