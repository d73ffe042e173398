"""One source's life: connect, watch, lose, wait, connect again.

Guarantee: at most one link at a time, a fresh one for every attempt; every await has a deadline;
whatever a driver does (raise, hang, fall silent) ends in a state with words, never in the end of
the keeper. A link is only called connected once data or a keep-alive came through it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import BaseModel

from twinedge.kit.clock import Clock
from twinedge.sources.config import Environ, resolve
from twinedge.sources.delivery import Delivery, Session
from twinedge.sources.knock import KNOCK_EVERY_S, Knock, door_opens, knock
from twinedge.sources.model import ConfigFault, LinkLost, State, Status, StatusChange
from twinedge.sources.outage import Outage
from twinedge.sources.ports import Driver, Link, Plan

log = structlog.get_logger(__name__)

OPEN_S = 20.0
OPEN_LOOK_S = 0.5
RETAG_S = 10.0
CONFIG_RETRY_S = 60.0
OWN_FAULT_S = 5.0
CANCEL_S = 0.4
CLOSE_S = 1.5
"""With CANCEL_S below the two seconds in which a source stops."""


@dataclass(slots=True)
class _Live:
    """A link under way."""

    link: Link
    session: Session
    settings: BaseModel
    task: asyncio.Task[None] = field(init=False)
    is_running: bool = False
    """Open, and told its tags."""


class Keeper:
    """Keeps the link of one source alive for as long as its plan says so."""

    def __init__(
        self,
        plan: Plan,
        driver: Driver,
        delivery: Delivery,
        clock: Clock,
        environ: Environ,
        on_change: Callable[[StatusChange], None],
        knock: Knock = knock,
    ) -> None:
        self._knock = knock
        self._where = ""
        self._plan = plan
        self._driver = driver
        self._delivery = delivery
        self._clock = clock
        self._environ = environ
        self._on_change = on_change
        self._outage = Outage()
        self._news = asyncio.Event()
        self._settled = asyncio.Event()
        self._again = False
        self._live: _Live | None = None
        self._looks_good = plan.resumed
        self._logged_down = False
        self._attempts = 0
        self._since_us = clock.now_us()
        self._state = State.CONNECTING if plan.enabled else State.DISABLED
        self._error: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._strays: set[asyncio.Task[None]] = set()
        delivery.discovered.update(plan.discovered)
        delivery.retag(plan.tags)

    # -- what others ask and order

    def start(self) -> None:
        """Begin; `stop` ends it."""
        self._task = asyncio.create_task(self._run(), name=f"source {self._plan.id}")

    async def stop(self, *, gone: bool) -> None:
        """Let go of the device within 2 s. gone: the source is deleted, its tags go bad; at the
        end of the process they do not, since nothing is known of the device."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if gone:
            self._lose()
            self._tell(State.DISABLED, None)
        await self._delivery.flush(0.5)

    async def change(self, plan: Plan) -> None:
        """Follow another plan; returns when a disabled source has let go."""
        self._plan = plan
        self._settled.clear()
        self._news.set()
        if not plan.enabled and self._task is not None:
            settled = asyncio.ensure_future(self._settled.wait())
            await asyncio.wait({settled, self._task}, return_when=asyncio.FIRST_COMPLETED)
            settled.cancel()

    def retry(self) -> None:
        """Connect now, with a fresh link."""
        self._again = True
        self._news.set()

    @property
    def state(self) -> State:
        return self._state

    @property
    def link(self) -> Link | None:
        """The link, for questions; None unless connected."""
        return self._live.link if self._live is not None and self._state.is_connected else None

    def status(self) -> Status:
        delivery = self._delivery
        return Status(
            state=self._state,
            last_error=self._error,
            since_us=self._since_us,
            last_data_us=delivery.last_data_us,
            points_per_second=delivery.points_per_second(),
            discovered=len(delivery.discovered - {tag.series for tag in self._plan.tags}),
            attempts=self._attempts,
            held_points=delivery.held_points,
            dropped_points=delivery.dropped_points,
            tags=delivery.tag_states(),
        )

    # -- the loop

    async def _run(self) -> None:
        pump = asyncio.create_task(self._delivery.pump())
        try:
            while True:
                try:
                    await self._round()
                except Exception:  # a fault of ours must not end the source for good
                    log.exception("keeper failed", source=self._plan.id)
                    self._show(State.BACKOFF, "an internal error; the log has the details")
                    await asyncio.sleep(OWN_FAULT_S)
        finally:
            pump.cancel()
            await asyncio.wait({pump, *self._strays}, timeout=CANCEL_S)

    async def _round(self) -> None:
        """One attempt, from its beginning to the wait after it."""
        self._news.clear()
        plan = self._plan
        self._take_tags()
        if self._again:
            self._again = False
            self._outage.reset()
        if not plan.enabled:
            self._lose()
            self._show(State.DISABLED, None)
            self._settled.set()
            await self._news.wait()
            return
        try:
            if plan.fault is not None:
                raise ConfigFault(plan.fault)
            settings = resolve(self._driver, plan.config, self._environ)
            self._where = self._driver.endpoint(settings)
            await self._connect(plan, settings)
            self._outage.reset()
            self._show(State.CONNECTING, None)
        except ConfigFault as fault:
            await self._rest(State.CONFIG_ERROR, _words(fault), CONFIG_RETRY_S)
        except LinkLost as lost:
            await self._rest(State.BACKOFF, lost.message, None)
        except Exception as error:  # a driver's crash must touch nothing but its own source
            log.exception("driver crashed", source=plan.id, type=plan.type)
            words = f"the {self._driver.title} driver failed: {type(error).__name__}: {error}"
            await self._rest(State.BACKOFF, words, None)

    async def _rest(self, state: State, words: str, wait_s: float | None) -> None:
        """Say what is wrong, and wait for the time of the next attempt or for a change."""
        delay_s = self._outage.down(self._clock.monotonic_s())
        self._lose()
        if not self._logged_down:
            self._logged_down = True
            log.warning("source down", source=self._plan.id, state=state.value, reason=words)
        if not self._news.is_set():
            self._show(state, words)
        news = asyncio.create_task(self._news.wait())
        waits: set[asyncio.Task[Any]] = {news}
        if wait_s is None and delay_s > KNOCK_EVERY_S:
            waits.add(asyncio.create_task(door_opens(self._where, self._knock)))
        try:
            await asyncio.wait(
                waits,
                timeout=delay_s if wait_s is None else wait_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            for task in waits:
                task.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        if not self._news.is_set():
            return
        if self._plan.enabled:  # someone changed something: this is a new beginning
            self._outage.reset()
            self._show(State.CONNECTING, None)

    async def _connect(self, plan: Plan, settings: BaseModel) -> None:
        """One link from open to close; returns when the plan asks for another, else raises."""
        self._attempts += 1
        self._delivery.begin()
        session = Session(self._delivery, self._clock, self._hear)
        live = _Live(self._driver.link(settings, session), session, settings)
        live.task = asyncio.create_task(self._open_and_run(live), name=f"link {plan.id}")
        self._live = live
        try:
            await self._watch(live, plan)
        finally:
            session.close()
            self._live = None
            await self._close(live)

    async def _open_and_run(self, live: _Live) -> None:
        try:
            async with asyncio.timeout(OPEN_S):
                await live.link.open()
        except TimeoutError:
            where = self._driver.endpoint(live.settings)
            raise LinkLost(f"{where} did not finish connecting within {OPEN_S:.0f} s") from None
        live.session.last_sign_s = self._clock.monotonic_s()
        live.is_running = True
        await live.link.run([tag for tag in self._plan.tags if tag.spec.enabled])
        raise LinkLost("the connection ended")

    async def _watch(self, live: _Live, plan: Plan) -> None:
        """Until the link ends, falls silent, or the plan asks for another link."""
        while True:
            await self._wait_for_news(live)
            if live.task.done():
                await live.task
            if self._news.is_set():
                self._news.clear()
                if self._again or _needs_fresh_link(plan, self._plan):
                    self._news.set()
                    return
                before, plan = plan.tags, self._plan
                if plan.tags != before:
                    await self._retag(live)
            self._check_silence(live)

    async def _wait_for_news(self, live: _Live) -> None:
        news = asyncio.create_task(self._news.wait())
        try:
            left_s = OPEN_LOOK_S  # while it opens, look whether it is open and to be watched
            if live.is_running:
                left_s = max(self._silence_s(live) - self._silent_for_s(live), 0.0) + 0.001
            await asyncio.wait(
                {live.task, news}, timeout=left_s, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            news.cancel()

    async def _retag(self, live: _Live) -> None:
        """Give a running link its new tags; one still opening reads them when it is open."""
        self._take_tags()
        if not live.is_running:
            return
        try:
            async with asyncio.timeout(RETAG_S):
                await live.link.retag([tag for tag in self._plan.tags if tag.spec.enabled])
        except TimeoutError:
            raise LinkLost(f"the change of tags took more than {RETAG_S:.0f} s") from None
        self._hear()

    def _take_tags(self) -> None:
        """Follow the plan's tags; those switched off go bad, for their last value looks alive."""
        before = set(self._delivery.tag_states())
        self._delivery.retag(self._plan.tags)
        if self._looks_good:
            off = {tag.series for tag in self._plan.tags if not tag.spec.enabled}
            self._delivery.mark_bad(before & off)

    def _check_silence(self, live: _Live) -> None:
        if live.is_running and self._silent_for_s(live) >= self._silence_s(live):
            where = self._driver.endpoint(live.settings)
            raise LinkLost(
                f"{where} is connected but silent: no data and no keep-alive "
                f"for {self._silent_for_s(live):.0f} s"
            )

    def _silence_s(self, live: _Live) -> float:
        specs = [tag.spec for tag in self._plan.tags if tag.spec.enabled]
        return self._driver.silence_s(live.settings, specs)

    def _silent_for_s(self, live: _Live) -> float:
        return self._clock.monotonic_s() - live.session.last_sign_s

    async def _close(self, live: _Live) -> None:
        """Free the device within 2 s, whatever the driver does."""
        live.task.cancel()
        await asyncio.wait({live.task}, timeout=CANCEL_S)
        try:
            async with asyncio.timeout(CLOSE_S):
                await live.link.close()
        except TimeoutError:
            log.warning("close took too long", source=self._plan.id)
        except Exception:  # the contract says close never raises; a driver may be wrong
            log.exception("close failed", source=self._plan.id)
        self._strays.add(live.task)
        live.task.add_done_callback(self._bury)

    def _bury(self, task: asyncio.Task[None]) -> None:
        """A given-up link's task ended; how is of no interest any more."""
        self._strays.discard(task)
        if not task.cancelled():
            task.exception()

    # -- state

    def _hear(self) -> None:
        """The link gave a sign of life, or a tag's fault began or ended."""
        if self._live is None or not self._live.session.is_alive:
            return
        self._looks_good = True
        self._outage.up(self._clock.monotonic_s())
        if self._logged_down:
            self._logged_down = False
            log.info("source up", source=self._plan.id)
        trouble = self._delivery.trouble()
        state = State.CONNECTED if trouble is None else State.DEGRADED
        self._show(state, trouble or self._delivery.warning())

    def _lose(self) -> None:
        """Tags that look good without a link get one bad-quality marker."""
        if self._looks_good:
            self._looks_good = False
            self._delivery.mark_all_bad()

    def _show(self, state: State, error: str | None) -> None:
        if (state, error) == (self._state, self._error):
            return
        if state is not self._state:
            self._since_us = self._clock.now_us()
        self._state, self._error = state, error
        self._tell(state, error)

    def _tell(self, state: State, error: str | None) -> None:
        plan = self._plan
        self._on_change(
            StatusChange(plan.id, plan.name, plan.type, state, error, self._clock.now_us())
        )


def _needs_fresh_link(old: Plan, new: Plan) -> bool:
    return (old.enabled, old.config, old.fault) != (new.enabled, new.config, new.fault)


def _words(fault: ConfigFault) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
