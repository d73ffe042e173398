"""The supervisor: a keeper per source, none of which can touch another."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from twinedge.kit.clock import Clock
from twinedge.sources.config import Environ
from twinedge.sources.delivery import Delivery, Ingest
from twinedge.sources.keeper import Keeper
from twinedge.sources.knock import Knock, knock
from twinedge.sources.model import State, Status, StatusChange
from twinedge.sources.ports import Claims, Drivers, Link, Plan

_UNKNOWN = Status(State.DISABLED)


class StatusNews:
    """News of states: an async iterator. One waiting entry a source, the newest; so it is bounded
    by the number of sources, and a slow reader misses only states that are over."""

    def __init__(self) -> None:
        self._waiting: dict[str, StatusChange] = {}
        self._wake = asyncio.Event()

    def offer(self, change: StatusChange) -> None:
        """Called by the supervisor; never blocks."""
        self._waiting.pop(change.id, None)
        self._waiting[change.id] = change
        self._wake.set()

    async def get(self) -> StatusChange:
        """The next change, in the order of the newest of each source."""
        while not self._waiting:
            self._wake.clear()
            await self._wake.wait()
        return self._waiting.pop(next(iter(self._waiting)))

    async def __aiter__(self) -> AsyncIterator[StatusChange]:
        while True:
            yield await self.get()


class Supervisor:
    """Runs every source's keeper. Implements `ports.Runtime`.

    register: where discovered tags are claimed. ingest: returns when a batch is stored, raises
    Unavailable when the store cannot take it now. environ: for `${ENV_NAME}` in settings.
    """

    def __init__(
        self,
        register: Claims,
        ingest: Ingest,
        drivers: Drivers,
        clock: Clock,
        environ: Environ | None = None,
        knock: Knock = knock,
    ) -> None:
        self._register = register
        self._ingest = ingest
        self._drivers = drivers
        self._clock = clock
        self._environ = os.environ if environ is None else environ
        self._knock = knock
        self._keepers: dict[str, Keeper] = {}
        self._readers: list[StatusNews] = []
        self._is_running = False

    async def start(self) -> None:
        """Begin with what was applied so far."""
        self._is_running = True
        for keeper in self._keepers.values():
            keeper.start()

    async def stop(self) -> None:
        """Let go of every device within 2 s, all at once. No tag goes bad by that."""
        self._is_running = False
        keepers = list(self._keepers.values())
        self._keepers.clear()
        await asyncio.gather(*(keeper.stop(gone=False) for keeper in keepers))

    async def apply(self, plan: Plan) -> None:
        keeper = self._keepers.get(plan.id)
        if keeper is not None:
            await keeper.change(plan)
            return
        driver = self._drivers[plan.type]
        delivery = Delivery(plan.id, driver.acknowledges, self._register, self._ingest, self._clock)
        keeper = Keeper(
            plan, driver, delivery, self._clock, self._environ, self._publish, self._knock
        )
        self._keepers[plan.id] = keeper
        if self._is_running:
            keeper.start()

    async def forget(self, id: str) -> None:
        keeper = self._keepers.pop(id, None)
        if keeper is not None:
            await keeper.stop(gone=True)

    def retry(self, id: str) -> None:
        keeper = self._keepers.get(id)
        if keeper is not None:
            keeper.retry()

    def status(self, id: str) -> Status:
        keeper = self._keepers.get(id)
        return _UNKNOWN if keeper is None else keeper.status()

    def state_counts(self) -> dict[str, int]:
        """How many sources are in each state; every state is there."""
        counts = dict.fromkeys((state.value for state in State), 0)
        for keeper in self._keepers.values():
            counts[keeper.state.value] += 1
        return counts

    def connected(self) -> frozenset[str]:
        return frozenset(id for id, keeper in self._keepers.items() if keeper.state.is_connected)

    def link(self, id: str) -> Link | None:
        keeper = self._keepers.get(id)
        return None if keeper is None else keeper.link

    @contextmanager
    def status_changes(self) -> Iterator[StatusNews]:
        """Follow the states of all sources from now on."""
        news = StatusNews()
        self._readers.append(news)
        try:
            yield news
        finally:
            self._readers.remove(news)

    def _publish(self, change: StatusChange) -> None:
        for reader in self._readers:
            reader.offer(change)
