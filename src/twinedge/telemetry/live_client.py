"""One client of the live socket, as the hub sees it: what waits to be sent, and what was lost.

Guarantee: frames leave in order. At most `QUEUE_MAX` messages wait; beyond that, new telemetry is
only noted by its series and sent later as the newest value of each, and other messages are
counted; a `gap` message comes before what follows. So a slow client costs others nothing.
"""

import asyncio
from collections import deque
from collections.abc import Callable

import numpy as np

from twinedge.telemetry.live_channels import Topic
from twinedge.telemetry.model import Series
from twinedge.web.routing import Principal

QUEUE_MAX = 64
_HARD_MAX = 6000
"""Frames waiting (answers and replays included) at which a client is given up."""

TOO_SLOW = 4408
NOT_SIGNED_IN = 4401

CatchUp = Callable[[dict[str, int], Series], list[str]]
"""Writes the gap messages (lost by channel) and the newest values of the series missed."""


class Client:
    """principal: who it is. welcome: raises Unauthorized once its key or session has ended."""

    def __init__(
        self, principal: Principal, welcome: Callable[[], object], catch_up: CatchUp
    ) -> None:
        self.principal = principal
        self.welcome = welcome
        self.topics: set[Topic] = set()
        self.ended: tuple[int, str] | None = None
        self._catch_up = catch_up
        self._queue: deque[str] = deque()
        self._lost: dict[str, int] = {}
        self._missed: Series = np.empty(0, np.uint32)
        self._wake = asyncio.Event()

    def answer(self, frame: str) -> None:
        """Queue an answer or a replay; a client that lets thousands of them wait is given up."""
        self._queue.append(frame)
        if len(self._queue) > _HARD_MAX:
            self.end(TOO_SLOW, "too many messages wait to be read")
        self._wake.set()

    def offer(self, channel: str, frame: str, series: Series | None = None) -> None:
        """Queue news, or note its loss. series: of the telemetry in it, one entry a point."""
        if self._lost.get(channel) or len(self._queue) >= QUEUE_MAX:
            self._lost[channel] = self._lost.get(channel, 0) + (
                1 if series is None else len(series)
            )
            if series is not None:
                self._missed = np.union1d(self._missed, series).astype(np.uint32)
        else:
            self._queue.append(frame)
        self._wake.set()

    def end(self, code: int, reason: str) -> None:
        """Close the connection with this code; only the first reason counts."""
        self.ended = self.ended or (code, reason)
        self._wake.set()

    async def next(self) -> str | None:
        """The next frame to send; None when the connection is to be closed."""
        while True:
            if self.ended is not None:
                return None
            if self._queue:
                return self._queue.popleft()
            if self._lost:
                lost, self._lost = self._lost, {}
                missed, self._missed = self._missed, np.empty(0, np.uint32)
                self._queue.extend(self._catch_up(lost, missed))
                continue
            self._wake.clear()
            await self._wake.wait()
