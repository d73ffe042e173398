"""Use cases of maintenance windows and notification routes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from twinedge.alerts.bodies import MaintenanceBody, RouteBody, ScheduleBody
from twinedge.alerts.model import Json
from twinedge.alerts.service.book import Book
from twinedge.alerts.service.channels import channel_faults
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.service.surroundings import in_force
from twinedge.alerts.store import alerts as store
from twinedge.alerts.store import items
from twinedge.alerts.store.tables import MaintenanceRow, RouteRow, schedule_json
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Invalid
from twinedge.kit.ids import new_id
from twinedge.web.etag import IfMatch


class Maintenance:
    """Planned spans in which alerts are out of service; a change takes effect at once."""

    def __init__(self, db: Database, evaluation: Evaluation, clock: Clock) -> None:
        self._db = db
        self._evaluation = evaluation
        self._clock = clock

    async def page(self, offset: int, limit: int) -> tuple[Sequence[MaintenanceRow], int]:
        """Newest first."""
        return await self._db.read(
            lambda s: items.page(s, select(MaintenanceRow), MaintenanceRow, offset, limit)
        )

    async def get(self, id: str) -> MaintenanceRow:
        return await self._db.read(lambda s: items.get(s, MaintenanceRow, id))

    def is_active(self, row: MaintenanceRow) -> bool:
        return in_force(row, self._clock.now_us())

    async def create(self, body: MaintenanceBody) -> MaintenanceRow:
        now_us = self._clock.now_us()

        def add(session: Session, book: Book) -> MaintenanceRow:
            row = MaintenanceRow(id=body.id or new_id("mw"), version=1, created_us=now_us)
            _take_window(row, body, now_us)
            items.add(session, row)
            return row

        row = await self._evaluation.transact(add)
        await self._review()
        return row

    async def update(self, id: str, body: MaintenanceBody, match: IfMatch) -> MaintenanceRow:
        _check_id(id, body.id)

        def change(session: Session, book: Book) -> MaintenanceRow:
            row = items.get(session, MaintenanceRow, id)
            match.check(row.version)
            row.version += 1
            _take_window(row, body, self._clock.now_us())
            return row

        row = await self._evaluation.transact(change)
        await self._review()
        return row

    async def delete(self, id: str) -> None:
        await self._evaluation.transact(lambda s, _book: s.delete(items.get(s, MaintenanceRow, id)))
        await self._review()

    async def _review(self) -> None:
        await self._evaluation.transact(lambda s, book: book.review(store.open_alerts(s)))


class Routes:
    """Which alerts also go where, whatever their rule says."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(self, offset: int, limit: int) -> tuple[Sequence[RouteRow], int]:
        """Newest first."""
        return await self._db.read(
            lambda s: items.page(s, select(RouteRow), RouteRow, offset, limit)
        )

    async def get(self, id: str) -> RouteRow:
        return await self._db.read(lambda s: items.get(s, RouteRow, id))

    async def create(self, body: RouteBody) -> RouteRow:
        now_us = self._clock.now_us()

        def add(session: Session) -> RouteRow:
            row = RouteRow(id=body.id or new_id("nr"), version=1, created_us=now_us)
            _take_route(session, row, body, now_us)
            items.add(session, row)
            return row

        return await self._db.write(add)

    async def update(self, id: str, body: RouteBody, match: IfMatch) -> RouteRow:
        _check_id(id, body.id)

        def change(session: Session) -> RouteRow:
            row = items.get(session, RouteRow, id)
            match.check(row.version)
            row.version += 1
            _take_route(session, row, body, self._clock.now_us())
            return row

        return await self._db.write(change)

    async def delete(self, id: str) -> None:
        await self._db.write(lambda s: s.delete(items.get(s, RouteRow, id)))


def schedule_document(body: ScheduleBody | None) -> Json | None:
    """A written schedule as it is stored."""
    return None if body is None else schedule_json(body.to_schedule())


def _check_id(id: str, written: str | None) -> None:
    if written is not None and written != id:
        raise Invalid.at("id", "cannot be changed")


def _take_window(row: MaintenanceRow, body: MaintenanceBody, now_us: int) -> None:
    if faults := body.faults():
        raise Invalid("the maintenance window is not valid", faults)
    row.name, row.reason, row.updated_us = body.name, body.reason, now_us
    row.start_us, row.end_us = body.start, body.end
    row.schedule, row.scope = schedule_document(body.schedule), body.scope.model_dump()


def _take_route(session: Session, row: RouteRow, body: RouteBody, now_us: int) -> None:
    if faults := channel_faults(session, body.notifications, "notifications"):
        raise Invalid("the route is not valid", faults)
    row.name, row.enabled, row.updated_us = body.name, body.enabled, now_us
    row.scope, row.schedule = body.scope.model_dump(), schedule_document(body.schedule)
    row.notifications = list(dict.fromkeys(body.notifications))
