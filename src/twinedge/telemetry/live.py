"""The live hub: news of all rooms to every subscribed client.

Guarantees: `publish` never waits and never fails because of a client. `seq` rises with every piece
of news, also across restarts. Telemetry is gathered for `tick_s` and written once for all clients
with the same filters; a tick of more than `TICK_POINTS_MAX` points for one topic is cut down to the
newest point of each series, with a gap message before it. The last news of each channel are kept
(bounded by entries and points), so that a client that comes back can be given what it missed, and
a busy channel pushes nothing of another out.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from twinedge.assets.model import Tag
from twinedge.assets.service import Register
from twinedge.kit.clock import Clock, to_iso
from twinedge.kit.errors import Unauthorized
from twinedge.telemetry.live_channels import CHANNELS, Topic
from twinedge.telemetry.live_client import NOT_SIGNED_IN, Client
from twinedge.telemetry.live_tick import Tick, newest_rows
from twinedge.telemetry.model import Batch, Series, joined
from twinedge.telemetry.stream import Stream
from twinedge.web.routing import Principal

TICK_POINTS_MAX = 1000
_KEPT_NEWS = 5000
_KEPT_POINTS = 100_000
_WELCOME_S = 15.0
"""How often sockets are checked for sessions that ended."""

_json = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class _Event:
    seq: int
    channel: str
    attributes: Mapping[str, str | None]
    frame: str


@dataclass(slots=True)
class _Group:
    """The clients of one telemetry topic, and which series it is (valid for one version)."""

    clients: set[Client] = field(default_factory=set)
    version: int = -1
    wanted: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))


class _News:
    """The last of one channel; what is beyond the bounds is forgotten."""

    def __init__(self, seq: int) -> None:
        self.forgotten_seq = seq
        """Of the newest that is not kept."""
        self._kept: deque[_Event | Tick] = deque()
        self._points = 0

    def keep(self, news: _Event | Tick) -> None:
        self._kept.append(news)
        self._points += _points_of(news)
        while len(self._kept) > _KEPT_NEWS or self._points > _KEPT_POINTS:
            oldest = self._kept.popleft()
            self._points -= _points_of(oldest)
            self.forgotten_seq = oldest.seq

    def since(self, seq: int) -> Iterator[_Event | Tick]:
        return (news for news in self._kept if news.seq > seq)


def _points_of(news: _Event | Tick) -> int:
    return len(news) if isinstance(news, Tick) else 0


class LiveHub:
    """Run `run` as a task; rooms call `publish`; sockets `join`. Used from the event loop only.

    latest: the newest points of series, from memory.
    """

    def __init__(
        self,
        stream: Stream,
        register: Register,
        latest: Callable[[Series], Batch],
        clock: Clock,
        tick_s: float = 0.1,
    ) -> None:
        self._stream = stream
        self._register = register
        self._latest = latest
        self._clock = clock
        self._tick_s = tick_s
        self._clients: set[Client] = set()
        self._groups: dict[Topic, _Group] = {}
        # so a seq of before a restart is always older than anything kept now
        self._seq = clock.now_us()
        self._news = {channel: _News(self._seq) for channel in CHANNELS}

    def __len__(self) -> int:
        return len(self._clients)

    async def run(self) -> None:
        """Carry telemetry to the clients until cancelled."""
        checked_s = self._clock.monotonic_s()
        with self._stream.subscribe("live", max_points=200_000) as points:
            while True:
                batch = await points.get()
                if batch is None:
                    return
                await asyncio.sleep(self._tick_s)
                self.carry([batch, *points.drain()], points.take_gap())
                if self._clock.monotonic_s() - checked_s > _WELCOME_S:
                    checked_s = self._clock.monotonic_s()
                    self.dismiss_strangers()

    def publish(self, channel: str, data: Mapping[str, Any], **attributes: str | None) -> None:
        """Tell every client whose filters match these attributes. data: as JSON."""
        kind = CHANNELS[channel].type
        frame = self.frame(kind, channel, data, seq=self._next_seq())
        self._news[channel].keep(_Event(self._seq, channel, attributes, frame))
        for client in self._clients:
            if any(t.channel == channel and t.matches(attributes) for t in client.topics):
                client.offer(channel, frame)

    def carry(self, batches: list[Batch], dropped: int = 0) -> None:
        """Send stored points as one tick. dropped: points that never reached the hub."""
        batch = joined(batches)
        tick = Tick(self._next_seq(), self._now(), batch, self._register)
        self._news["telemetry"].keep(tick)
        for topic, group in self._groups.items():
            rows = self._rows(topic, group, batch)
            lost = dropped
            if len(rows) > TICK_POINTS_MAX:
                newest = rows[newest_rows(batch.take(rows))]
                lost += len(rows) - len(newest)
                rows = newest
            gap = self._gap("telemetry", lost, tick.seq) if lost else None
            if not len(rows) and gap is None:
                continue
            frame = tick.frame(rows)
            series = batch.series[rows]
            for client in group.clients:
                if gap is not None:
                    client.offer("telemetry", gap)
                client.offer("telemetry", frame, series)

    # clients

    @contextmanager
    def join(self, principal: Principal, welcome: Callable[[], object]) -> Iterator[Client]:
        """Take a client in for as long as the block lasts."""
        client = Client(principal, welcome, self._catch_up)
        self._clients.add(client)
        try:
            yield client
        finally:
            self._clients.discard(client)
            for topic in list(client.topics):
                self.unsubscribe(client, topic)

    def subscribe(self, client: Client, topic: Topic, since_seq: int | None = None) -> None:
        """Begin; first what came after `since_seq`, with a gap message if not all of it is kept."""
        client.topics.add(topic)
        if topic.channel == "telemetry":
            self._groups.setdefault(topic, _Group()).clients.add(client)
        if since_seq is not None:
            self._replay(client, topic, since_seq)

    def snapshot(self, client: Client, topic: Topic) -> None:
        """Send the newest value of every series of a telemetry topic."""
        wanted = np.array([tag.series for tag in self._tags(topic)], np.uint32)
        for frame in self._newest(wanted):
            client.answer(frame)

    def unsubscribe(self, client: Client, topic: Topic) -> None:
        """Stop; a topic without filters stops all of its channel."""
        gone = {t for t in client.topics if t == topic or Topic(t.channel) == topic}
        client.topics -= gone
        for each in gone:
            group = self._groups.get(each)
            if group is not None:
                group.clients.discard(client)
                if not group.clients:
                    del self._groups[each]

    def close_key(self, key_id: str) -> None:
        """End every socket opened with a key; told by the room `access`."""
        for client in self._clients:
            if client.principal.id == key_id:
                client.end(NOT_SIGNED_IN, "this key has ended")

    def dismiss_strangers(self) -> None:
        """End the sockets whose key or session is no longer valid."""
        for client in self._clients:
            try:
                client.welcome()
            except Unauthorized as error:
                client.end(NOT_SIGNED_IN, error.message)

    # frames

    def frame(
        self,
        type: str,
        channel: str | None,
        data: Mapping[str, Any] | None,
        request_id: object = None,
        seq: int | None = None,
    ) -> str:
        """A message; an answer carries the seq of the newest news."""
        message: dict[str, Any] = {
            "type": type,
            "channel": channel,
            "data": data,
            "timestamp": self._now(),
            "seq": self._seq if seq is None else seq,
        }
        if request_id is not None:
            message["request_id"] = request_id
        return _json(message).decode()

    def _gap(self, channel: str, lost: int | None, seq: int) -> str:
        return self.frame("gap", channel, {"lost": lost}, seq=seq)

    def _catch_up(self, lost: Mapping[str, int], missed: Series) -> list[str]:
        gaps = [self._gap(channel, count, self._seq) for channel, count in lost.items()]
        return [*gaps, *self._newest(missed)]

    def _newest(self, series: Series) -> list[str]:
        tick = Tick(self._seq, self._now(), self._latest(series), self._register)
        starts = range(0, len(tick), TICK_POINTS_MAX)
        return [
            tick.frame(np.arange(start, min(start + TICK_POINTS_MAX, len(tick))))
            for start in starts
        ]

    def _replay(self, client: Client, topic: Topic, since_seq: int) -> None:
        kept = self._news[topic.channel]
        if since_seq < kept.forgotten_seq:
            client.answer(self._gap(topic.channel, None, kept.forgotten_seq))
        for news in kept.since(since_seq):
            if isinstance(news, _Event):
                if topic.matches(news.attributes):
                    client.answer(news.frame)
            else:
                rows = self._rows(topic, self._groups[topic], news.batch)
                for start in range(0, len(rows), TICK_POINTS_MAX):
                    client.answer(news.frame(rows[start : start + TICK_POINTS_MAX]))

    def _rows(self, topic: Topic, group: _Group, batch: Batch) -> NDArray[np.intp]:
        """Which rows of a batch belong to a topic."""
        if not topic.filters:
            return np.arange(len(batch))
        if group.version != self._register.version:
            numbers = [tag.series for tag in self._tags(topic)]
            group.wanted = np.zeros(max(numbers, default=0) + 1, np.bool_)
            group.wanted[numbers] = True
            group.version = self._register.version
        inside = batch.series < len(group.wanted)
        rows = np.flatnonzero(inside)
        return rows[group.wanted[batch.series[rows]]]

    def _tags(self, topic: Topic) -> list[Tag]:
        sources = topic.values("data_source_id")
        tags = self._register.select(topic.values("asset_id"), topic.values("tag_name"))
        return [tag for tag in tags if not sources or tag.data_source_id in sources]

    def _next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def _now(self) -> str:
        return to_iso(self._clock.now_us())
