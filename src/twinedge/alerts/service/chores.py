"""What has to be done by the clock: outages, reminders, muting that ends, held messages."""

from sqlalchemy.orm import Session

from twinedge.alerts.links import Links
from twinedge.alerts.model import SOURCE_RULE_ID
from twinedge.alerts.service import notices
from twinedge.alerts.service.book import Book
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.store import alerts as store
from twinedge.alerts.store import outbox
from twinedge.db.database import Database
from twinedge.kit.clock import US, Clock

KEEP_US = 400 * 86_400 * US
"""Resolved alerts and finished messages are kept a year and a bit."""


class Chores:
    """Each method looks whether something is due and does it; cheap when nothing is."""

    def __init__(self, db: Database, evaluation: Evaluation, links: Links, clock: Clock) -> None:
        self._db = db
        self._evaluation = evaluation
        self._links = links
        self._clock = clock

    async def outages(self) -> None:
        """Open and close the one alert of each data source."""
        now_us = self._clock.now_us()
        outages = self._evaluation.outages
        opening = outages.take_to_open(now_us)
        ended = outages.take_ended()
        if not opening and not ended and not outages.changed:
            return
        outages.changed = False

        def change(session: Session, book: Book) -> None:
            for source_id, outage in opening.items():
                book.open_outage(source_id, outage.name, outage.reason, outage.since_us)
            for source_id, back_us in ended.items():
                for row in store.open_alerts(session, [(SOURCE_RULE_ID, source_id)]):
                    book.close(row, back_us, "system", "the source is back")
            session.flush()
            book.review(store.open_alerts(session))

        await self._evaluation.transact(change)

    async def review(self) -> None:
        """When a shelf or a window ends, have a transaction come, which unmutes what is muted no
        longer."""
        due_us = self._evaluation.review_due_us
        if due_us is not None and self._clock.now_us() >= due_us:
            await self._evaluation.transact(lambda _session, _book: None)

    async def remind(self) -> None:
        """Repeat and escalate."""
        now_us = self._clock.now_us()
        if not await self._db.read(lambda s: store.due_for_notice(s, now_us, 1)):
            return

        def change(session: Session, book: Book) -> None:
            for row in store.due_for_notice(session, now_us):
                book.remind(row)

        await self._evaluation.transact(change)

    async def release(self) -> None:
        """Let held messages go, many as one."""
        now_us = self._clock.now_us()
        if not await self._db.read(lambda s: outbox.held_due(s, now_us, 1)):
            return
        link = self._links.alerts()
        await self._evaluation.transact(lambda s, _book: notices.release(s, now_us, link))
        self._evaluation.notices_queued.set()

    async def tidy(self) -> None:
        """Forget what is older than KEEP_US; a bounded piece a call."""
        before_us = self._clock.now_us() - KEEP_US

        def change(session: Session) -> None:
            store.delete_resolved_before(session, before_us)
            outbox.delete_finished_before(session, before_us)

        await self._db.write(change)
