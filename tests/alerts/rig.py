"""The whole room on a fresh database, with a clock moved by hand and channels that only record."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from tests.contracts.memory_store import MemoryStore
from tests.db.databases import new_sqlite
from tests.people import OneKey
from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.alerts.room import AlertRoom, open_room
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.assets.store import AssetRow
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import US, ManualClock, from_iso
from twinedge.kit.errors import Fault
from twinedge.telemetry.model import Quality, batch_of
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app
from twinedge.web.envelope import Body

NOON = from_iso("2026-01-06T12:00:00Z")


class RecordConfig(Body):
    to: str = "anyone"
    secret: SecretStr | None = None


@dataclass
class Recorder:
    """A channel type that keeps what it is told; `broken` makes it fail."""

    kind: str
    config: type[RecordConfig] = RecordConfig
    sent: list[Message] = field(default_factory=list)
    broken: str | None = None
    permanent: bool = False

    async def check(self, config: RecordConfig) -> list[Fault]:
        return [Fault("to", "is nobody")] if config.to == "nobody" else []

    async def send(self, config: RecordConfig, message: Message) -> str:
        if self.broken is not None:
            raise DeliveryFailed(self.broken, self.permanent)
        self.sent.append(message)
        return "ok"


class Rig:
    """Everything a test needs at hand. Seconds are counted from noon."""

    def __init__(self, db: Database, store: MemoryStore | None = None, **options: Any) -> None:
        self.db = db
        self.clock = ManualClock(NOON)
        self.store = store or MemoryStore()
        self.stream = Stream()
        self.register = Register(self.db, self.clock)
        self.kinds = {kind: Recorder(kind) for kind in ("email", "slack", "teams", "webhook")}
        self._options = options
        self.room: AlertRoom = self._open()
        self.http = self._client()

    def _client(self) -> httpx.AsyncClient:
        app = create_app(routers=[self.room.router], authenticator=OneKey(), version="0")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://test/v1",
            headers={"Authorization": "Bearer YOUR_API_KEY", "Content-Type": "application/json"},
        )

    def _open(self) -> AlertRoom:
        return open_room(
            self.db, Vault(b"k" * 32), self.register, self.store, self.stream, self.clock,
            self.kinds, link_key=b"secret", public_url="https://plant.example", **self._options,
        )  # fmt: skip

    async def start(self) -> "Rig":
        await self.store.open()
        await self.register.load()
        await self.room.evaluation.start()
        return self

    async def restart(self) -> None:
        """As after kill -9: nothing of the old room is asked to save anything."""
        await self.http.aclose()
        self.room = self._open()
        self.http = self._client()
        await self.room.evaluation.start()

    async def close(self) -> None:
        await self.http.aclose()

    # --- points ---

    async def tag(self, asset: str, name: str, kind: Kind = Kind.NUMBER, source: str | None = None):
        (tag,) = await self.register.ensure([NewTag(asset, name, kind, source)])
        return tag.series

    async def points(self, asset: str, name: str, *rows, source: str | None = None, quality=0):
        """rows: (second after noon, value). Stored, then judged."""
        kind = Kind.TEXT if any(isinstance(v, str) for _, v in rows) else Kind.NUMBER
        series = await self.tag(asset, name, kind, source)
        batch = batch_of(
            [series] * len(rows),
            [NOON + round(s * US) for s, _ in rows],
            [math.nan if isinstance(v, str) or v is None else float(v) for _, v in rows],
            [Quality.BAD if v is None else quality for _, v in rows],
            max(self.clock.now_us(), NOON + round(rows[-1][0] * US)),
            [v if isinstance(v, str) else None for _, v in rows],
        )
        await self.store.append(batch)
        await self.room.evaluation.feed([batch])

    async def flood(self, series: list[int], second: float, value: float) -> None:
        """One point for each of many series, at once."""
        n = len(series)
        ts = NOON + round(second * US)
        self.clock.advance(max(0.0, (ts - self.clock.now_us()) / US))
        batch = batch_of(series, [ts] * n, [value] * n, [0] * n, ts)
        await self.store.append(batch)
        await self.room.evaluation.feed([batch])

    async def parent(self, asset: str, parent: str) -> None:
        """Put an asset below another in the tree."""

        def change(session) -> None:
            session.get(AssetRow, asset).parent_id = parent

        await self.db.write(change)

    async def at(self, second: float) -> None:
        """The clock reads noon and so many seconds; timers and chores are done."""
        self.clock.advance(second - self.second())
        await self.room.evaluation.tick()
        await self.room.worker._do_chores()

    def second(self) -> float:
        """How many seconds after noon it is."""
        return (self.clock.now_us() - NOON) / US

    async def deliver(self) -> list[Message]:
        """Try everything in the outbox; the messages that went out, by whatever channel."""
        before = {kind: len(r.sent) for kind, r in self.kinds.items()}
        while await self.room.worker.deliver_due():
            pass
        return [m for kind, r in self.kinds.items() for m in r.sent[before[kind] :]]

    # --- HTTP ---

    async def call(
        self, method: str, path: str, body: Any = None, status: int = 200, **more
    ) -> Any:
        answer = await self.http.request(method, path, json=body, **more)
        assert answer.status_code == status, answer.text
        return answer.json()["data"] if status < 400 else answer.json()["error"]

    async def faults(self, method: str, path: str, body: Any) -> dict[str, str]:
        error = await self.call(method, path, body, status=400)
        return {fault["field"]: fault["message"] for fault in error["details"]}

    async def rule(self, **more: Any) -> Any:
        condition = {"tag_name": "temperature", "operator": "gt", "value": 80}
        body = {"name": "Hot", "severity": "warning", "condition": condition} | more
        return await self.call("POST", "/alert-rules", body, 201)

    async def alerts(self, query: str = "") -> list[Any]:
        return await self.call("GET", f"/alerts?per_page=100{query}")

    async def channel(self, name: str = "email", **more: Any) -> Any:
        body = {"name": name, "type": name, "config": {"to": "anyone"}} | more
        return await self.call("POST", "/notification-channels", body, 201)


@asynccontextmanager
async def rig_on(db: Database, **options: Any) -> AsyncIterator[Rig]:
    """The rig on a migrated database of any make."""
    rig = await Rig(db, **options).start()
    try:
        yield rig
    finally:
        await rig.close()


@asynccontextmanager
async def rig_at(path: Path, **options: Any) -> AsyncIterator[Rig]:
    """The rig on a new SQLite file in this directory."""
    db = new_sqlite(path)
    try:
        async with rig_on(db, **options) as rig:
            yield rig
    finally:
        db.close()
