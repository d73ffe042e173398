"""Use cases of alerts: look, acknowledge, resolve, shelve, raise by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from twinedge.alerts.links import Links
from twinedge.alerts.model import Alert, GroupKey, Severity, Value
from twinedge.alerts.service.book import Book
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.statistics import Performance, measure
from twinedge.alerts.store import alerts as store
from twinedge.alerts.store.alerts import AlertFilter
from twinedge.alerts.store.tables import AlertRow, ShelfRow
from twinedge.db.database import Database
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict, Invalid

STATISTICS_MAX = 200_000
SHELF_MAX_S = 31 * 86_400


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert that a person or another system raises."""

    id: str | None
    name: str
    severity: Severity
    message: str
    asset_id: str | None
    tag_name: str | None
    value: Value | None
    triggered_us: int | None


class Alerts:
    """Changes go through the evaluation's lock, so the engine and people never collide."""

    def __init__(self, db: Database, evaluation: Evaluation, links: Links, clock: Clock) -> None:
        self._db = db
        self._evaluation = evaluation
        self._links = links
        self._clock = clock

    async def list(
        self, where: AlertFilter, offset: int, limit: int
    ) -> tuple[Sequence[Alert], int]:
        """Unresolved first, then newest."""

        def read(session: Session) -> tuple[Sequence[Alert], int]:
            rows, total = store.page_of_alerts(session, where, offset, limit)
            return [row.to_alert() for row in rows], total

        alerts, total = await self._db.read(read)
        return [self._fresh(alert) for alert in alerts], total

    async def get(self, id: str) -> Alert:
        return self._fresh(await self._db.read(lambda s: store.get_alert(s, id).to_alert()))

    async def acknowledge(self, id: str, actor: str, note: str | None) -> Alert:
        """Someone takes care; harmless twice. Raises Conflict when resolved."""

        def change(session: Session, book: Book) -> Alert:
            row = store.get_alert(session, id)
            book.acknowledge(row, actor, note)
            return row.to_alert()

        return self._fresh(await self._evaluation.transact(change))

    async def acknowledge_by_link(self, token: str) -> Alert:
        """The same for the holder of a link from a message. Raises Forbidden, Conflict."""
        alert_id, channel = self._links.read(token, self._clock.now_us())
        return await self.acknowledge(alert_id, f"link sent to {channel}", None)

    async def of_link(self, token: str) -> Alert:
        """The alert a link is about. Raises Forbidden."""
        alert_id, _ = self._links.read(token, self._clock.now_us())
        return await self.get(alert_id)

    async def resolve(self, id: str, actor: str, note: str | None) -> Alert:
        """End it by hand; it comes back only after the condition has cleared once."""

        def change(session: Session, book: Book) -> tuple[Alert, Sequence[GroupKey]]:
            row = store.get_alert(session, id)
            keys = row.engine_keys
            book.close(row, self._clock.now_us(), actor, note)
            return row.to_alert(), keys

        return await self._evaluation.resolve(change)

    async def shelve(
        self, id: str, seconds: int | None, until_us: int | None, reason: str, actor: str
    ) -> Alert:
        """Silence the alert's rule on its asset for a while, also for alerts that come anew."""
        now_us = self._clock.now_us()
        if (seconds is None) == (until_us is None):
            raise Invalid.at("duration_seconds", "give either duration_seconds or until")
        until = until_us if until_us is not None else now_us + (seconds or 0) * US
        if not now_us < until <= now_us + SHELF_MAX_S * US:
            field = "until" if until_us is not None else "duration_seconds"
            raise Invalid.at(field, "must end in the future, at most 31 days from now")

        def change(session: Session, book: Book) -> Alert:
            row = _open(session, id)
            rule_id, label = row.shelf_key
            shelf = ShelfRow(
                rule_id=rule_id, asset_id=label, until_us=until, reason=reason, actor=actor
            )
            store.put_shelf(session, shelf)
            book.shelve(row, shelf)
            return row.to_alert()

        return self._fresh(await self._evaluation.transact(change))

    async def unshelve(self, id: str, actor: str) -> Alert:
        """Take it off the shelf. Raises Conflict if it is not on it."""

        def change(session: Session, book: Book) -> Alert:
            row = _open(session, id)
            if row.shelved_until_us is None:
                raise Conflict(f"alert {id!r} is not shelved")
            store.remove_shelf(session, row.shelf_key)
            book.unshelve(row, actor)
            return row.to_alert()

        return self._fresh(await self._evaluation.transact(change))

    async def create(self, new: NewAlert, actor: str) -> Alert:
        """Raise an alert by hand; it goes through routes and ends by hand."""

        def change(session: Session, book: Book) -> Alert:
            if new.id is not None and session.get(AlertRow, new.id) is not None:
                raise Conflict(f"alert {new.id!r} already exists")
            now_us = self._clock.now_us()
            return book.open_manual(
                new.id, new.severity, new.name, new.message, new.asset_id, new.tag_name,
                new.value, new.triggered_us or now_us, actor,
            ).to_alert()  # fmt: skip

        return await self._evaluation.transact(change)

    async def statistics(self, start_us: int, end_us: int) -> Performance:
        """Alarm performance after EEMUA 191 and ISA-18.2 over [start, end)."""

        def read(session: Session) -> Performance:
            rows = store.between(session, start_us, end_us, STATISTICS_MAX)
            return measure([row.to_alert() for row in rows], start_us, end_us)

        return await self._db.read(read)

    def _fresh(self, alert: Alert) -> Alert:
        """With the newest value instead of the one at the last change."""
        return replace(alert, last_value=self._evaluation.last_value(alert))


def _open(session: Session, id: str) -> AlertRow:
    row = store.get_alert(session, id)
    if not row.is_open:
        raise Conflict(f"alert {id!r} is already resolved")
    return row
