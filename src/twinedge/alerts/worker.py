"""The room's long loops: judging points, doing chores, delivering messages, the heartbeat.

Guarantee: points are judged in the order they were published, each once; when more than a million
wait, the oldest are dropped from the queue and read again from the store, so none is missed.
Delivery is at least once, per alert and channel in order, in tasks of its own: a dead mail server
delays neither judging nor other channels.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import structlog
from sqlalchemy.orm import Session

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Heartbeat
from twinedge.alerts.service.channels import Channels
from twinedge.alerts.service.chores import Chores
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.service.pulse import BEAT_S
from twinedge.alerts.store import outbox
from twinedge.alerts.store.tables import DeliveryRow
from twinedge.db.database import Database
from twinedge.kit.clock import MAX_US, US, Clock
from twinedge.telemetry.model import joined
from twinedge.telemetry.stream import Stream, Subscription

log = structlog.get_logger(__name__)

TICK_S = 0.2
CHORES_S = 0.5
CHECKPOINT_S = 15.0
TIDY_S = 3600.0
QUEUE_POINTS = 1_000_000
"""Points that may wait to be judged."""
AT_ONCE = 8
"""Messages tried at the same time."""
DUE_MAX = 100
SEND_S = 20.0
"""The longest one try may take."""
FIRST_RETRY_S, LAST_RETRY_S = 5.0, 1800.0
GIVE_UP_US = 86_400 * US
"""A message is given up a day after it was queued."""


def retry_delay_s(attempts: int) -> float:
    """Seconds until the next try after so many: 5, 10, 20 ... 1800."""
    return float(min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(attempts - 1, 20)))


GATHER_S = 0.01
"""How long points gather before they are judged together."""


class AlertWorker:
    """Owns every task of the room. `stop` ends them within a few seconds and keeps the state."""

    def __init__(
        self, evaluation: Evaluation, chores: Chores, channels: Channels, db: Database,
        stream: Stream, clock: Clock, heartbeat: Heartbeat | None = None,
        heartbeat_s: float = 60.0, queue_points: int = QUEUE_POINTS,
    ) -> None:  # fmt: skip
        self._evaluation = evaluation
        self._chores = chores
        self._channels = channels
        self._db = db
        self._stream = stream
        self._clock = clock
        self._heartbeat = heartbeat
        self._heartbeat_s = heartbeat_s
        self._queue_points = queue_points
        self._tasks: list[asyncio.Task[None]] = []
        self._subscription: Subscription | None = None
        self._missed = 0
        """Points to be read from the store before anything newer is judged."""
        self._is_cut = False
        """Whether a stop ended judging in the middle: then memory is ahead of what is booked."""
        self._in_hand_us = MAX_US
        """When the oldest point came that was taken from the queue and is not judged yet."""
        self._alive_s = clock.monotonic_s()
        self.delivered = 0
        self.failed = 0

    async def start(self) -> None:
        """Catch up with what was stored, then run. Points published meanwhile wait."""
        self._is_cut, self._missed = False, 0
        self._subscription = self._stream.subscribe("alerts", self._queue_points)
        await self._evaluation.start()
        loops: list[Coroutine[Any, Any, None]] = [
            self._judge(self._subscription),
            self._every(TICK_S, self._tick),
            self._every(CHORES_S, self._do_chores),
            self._every(1.0, self._checkpoint_rules),
            self._every(BEAT_S, self._evaluation.beat),
            self._every(CHECKPOINT_S, self._checkpoint),
            self._every(TIDY_S, self._chores.tidy),
            self._deliver(),
            self._follow_scores(),
        ]
        if self._heartbeat is not None:
            loops.append(self._every(self._heartbeat_s, self._beat))
        self._tasks = [asyncio.create_task(loop) for loop in loops]

    async def stop(self) -> None:
        """End every loop, judge what still waits, keep the engine's state."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._subscription is not None:
            if not self._is_cut:  # else the next start goes on from the last checkpoint, as ever
                await self._evaluation.feed(self._subscription.drain())
                await self._evaluation.checkpoint()
            self._subscription.close()
        self._tasks, self._subscription = [], None

    @property
    def is_alive(self) -> bool:
        """Whether points and timers were judged within the last 10 seconds."""
        return bool(self._tasks) and self._clock.monotonic_s() - self._alive_s < 10

    async def _every(self, pause_s: float, work: Callable[[], Awaitable[object]]) -> None:
        """Do it again and again; a failure is logged and does not end the loop."""
        while True:
            try:
                await work()
            except Exception:
                log.exception("an alert chore failed", chore=getattr(work, "__name__", "?"))
            await asyncio.sleep(pause_s)

    # --- judging ---------------------------------------------------------------------------

    async def _judge(self, subscription: Subscription) -> None:
        while (first := await subscription.get()) is not None:
            try:
                self._in_hand_us = first.arrived_us
                batches = [first, *subscription.drain()]
                self._missed += subscription.take_gap()
                if self._missed:
                    # first, while nothing newer was judged: older points would count as late
                    log.warning("alerts fell behind and read the store", points=self._missed)
                    await self._evaluation.catch_up()
                    self._missed = 0
                await self._evaluation.feed([joined(batches)])
            except asyncio.CancelledError:
                self._is_cut = True
                raise
            except Exception:
                log.exception("points could not be judged")
                self._missed = max(self._missed, 1)
                await asyncio.sleep(CHORES_S)
            self._in_hand_us = MAX_US
            # single points by the thousand come as batches of one; judging a few at once is cheap
            await asyncio.sleep(GATHER_S)

    async def _follow_scores(self) -> None:
        while True:
            await self._evaluation.scores_changed.wait()
            try:
                await self._evaluation.refresh_scores()
            except Exception:
                log.exception("rules on scores could not be refreshed")
                self._evaluation.scores_changed.set()
                await asyncio.sleep(CHORES_S)

    def _waiting_since_us(self) -> int:
        queue = self._subscription
        queued_us = MAX_US if queue is None else queue.waiting_since_us
        return min(self._in_hand_us, queued_us)

    async def _tick(self) -> None:
        try:
            await self._evaluation.tick(self._waiting_since_us)
        except asyncio.CancelledError:
            self._is_cut = True
            raise
        self._alive_s = self._clock.monotonic_s()

    async def _do_chores(self) -> None:
        await self._chores.outages()
        await self._chores.review()
        await self._chores.remind()
        await self._chores.release()

    async def _checkpoint(self) -> None:
        if self._evaluation.dirty:
            await self._evaluation.checkpoint()

    async def _checkpoint_rules(self) -> None:
        if self._evaluation.rules_changed:
            await self._evaluation.checkpoint()

    async def _beat(self) -> None:
        if self._heartbeat is not None and self.is_alive:
            await self._heartbeat.beat()

    # --- delivering ------------------------------------------------------------------------

    async def _deliver(self) -> None:
        while True:
            self._evaluation.notices_queued.clear()
            try:
                sent = await self.deliver_due()
            except Exception:
                log.exception("the outbox could not be worked on")
                sent = 0
            if sent == 0:
                await self._sleep_until_due()

    async def _sleep_until_due(self) -> None:
        try:
            await asyncio.wait_for(self._evaluation.notices_queued.wait(), 1.0)
        except TimeoutError:
            return

    async def deliver_due(self) -> int:
        """Try every message that is due; how many there were. One channel takes one at a time."""
        now_us = self._clock.now_us()
        due = await self._db.read(lambda s: outbox.due(s, now_us, DUE_MAX))
        by_channel: dict[str, list[DeliveryRow]] = {}
        for row in due:
            by_channel.setdefault(row.channel_id, []).append(row)
        limit = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for rows in by_channel.values():
                group.create_task(self._deliver_channel(rows, limit))
        return len(due)

    async def _deliver_channel(self, rows: Sequence[DeliveryRow], limit: asyncio.Semaphore) -> None:
        for row in rows:
            async with limit:
                if not await self._try(row):
                    return  # the channel does not answer: the rest would only wait as long

    async def _try(self, row: DeliveryRow) -> bool:
        """One try, logged; whether it went through."""
        started_s, at_us = self._clock.monotonic_s(), self._clock.now_us()
        permanent = False
        try:
            async with asyncio.timeout(SEND_S):
                ok, detail = True, await self._channels.deliver(row)
        except DeliveryFailed as error:
            ok, detail, permanent = False, error.message, error.permanent
        except TimeoutError:
            ok, detail = False, f"no answer within {SEND_S:g} s"
        except Exception as error:
            log.exception("a notifier broke", delivery=row.id)
            ok, detail = False, f"{type(error).__name__}: {error}"
        took_ms = round((self._clock.monotonic_s() - started_s) * 1000)
        attempts = row.attempts + 1
        delay_us = round(retry_delay_s(attempts) * US)
        over = permanent or at_us + delay_us - row.created_us > GIVE_UP_US

        def book(session: Session) -> None:
            outbox.add_attempt(session, row.id, at_us, ok, took_ms, detail[:2000])
            if ok or over:
                status = "sent" if ok else "failed"
                outbox.finish(session, row.id, status, detail[:2000], at_us, attempts)
            else:
                outbox.postpone(session, row.id, at_us + delay_us, detail[:2000], attempts)

        await self._db.write(book)
        self.delivered += ok
        self.failed += not ok and over
        return ok or permanent
