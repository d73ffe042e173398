"""Catching up: stored points that the engine has not judged are read and judged again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twinedge.alerts.engine.engine import Engine
from twinedge.alerts.engine.machine import Transition
from twinedge.kit.clock import MAX_US, MIN_US, US
from twinedge.telemetry.model import Batch, Range, Scan, Series

PAGE = 50_000
FRESH_US = 600 * US
"""Series heard within so long before the stop are replayed together."""


class Points(Protocol):
    """The stored telemetry, as far as the engine reads it."""

    async def scan(self, question: Scan) -> Batch: ...

    async def latest_before(self, series: Series, ts: int) -> Batch: ...


class Replay:
    """Feeds the engine from the store; `book` writes down what it decides."""

    def __init__(
        self, engine: Engine, points: Points,
        book: Callable[[Sequence[Transition]], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._engine = engine
        self._points = points
        self._book = book

    async def hold(self, series: set[int], before_us: int = MAX_US) -> None:
        """Let the engine know the newest point before that moment of series it never saw."""
        unseen = sorted(number for number in series if not self._engine.has_seen(number))
        if unseen:
            numbers = np.array(unseen, np.uint32)
            self._engine.hold(await self._points.latest_before(numbers, before_us))

    async def hold_births(self, births: Mapping[str, int]) -> None:
        """Values held when rules (id -> moment) came into being, so that replay begins there."""
        by_birth: dict[int, set[int]] = {}
        for rule_id, birth_us in births.items():
            for key in self._engine.keys(rule_id):
                by_birth.setdefault(birth_us, set()).update(self._engine.leaf_series(key))
        for birth_us, series in by_birth.items():
            await self.hold(series, birth_us)

    async def run(self, since_us: int, unseen_from_us: int = MIN_US) -> None:
        """Judge stored points behind what the engine knows, in the order of ts.

        since_us: when the engine last knew everything. Series that were silent for long before it
        are read first, so that one late tag does not make all others be read again.
        unseen_from_us: from when points of series never seen count.
        """
        behind = await self._series_behind(unseen_from_us)
        if not behind:
            return
        fresh_us = since_us - FRESH_US
        start_us = min((ts for ts in behind.values() if ts >= fresh_us), default=fresh_us)
        lagging = {series: ts for series, ts in behind.items() if ts < start_us}
        if lagging:
            await self._span(list(lagging), Range(min(lagging.values()), start_us))
        await self._span(list(behind), Range(start_us, None))

    async def _span(self, series: Sequence[int], span: Range) -> None:
        question = Scan(np.array(sorted(series), np.uint32), span, limit=PAGE)
        while len(batch := await self._points.scan(question)):
            await self._book(self._engine.feed(batch.take(self._is_news(batch)), replay=True))
            if len(batch) < PAGE:
                break
            question = replace(question, after=(int(batch.ts[-1]), int(batch.series[-1])))

    def _is_news(self, batch: Batch) -> NDArray[np.bool_]:
        """All but points the engine has: after a bad one, one seen again would count as good."""
        known = self._engine.known_until(batch.series)
        news: NDArray[np.bool_] = (batch.ts != known) | self._engine.differs(batch)
        return news

    async def _series_behind(self, unseen_from_us: int) -> dict[int, int]:
        """Series whose newest stored point the engine does not know -> from when to read them.

        That point is newer, or a correction of the one the engine has, under the same timestamp.
        """
        watched = self._engine.watched_series()
        if not len(watched):
            return {}
        newest = await self._points.latest_before(watched, MAX_US)
        known = np.maximum(self._engine.known_until(newest.series), unseen_from_us)
        later = (newest.ts > known) | ((newest.ts == known) & self._engine.differs(newest))
        return dict(zip(newest.series[later].tolist(), known[later].tolist(), strict=True))
