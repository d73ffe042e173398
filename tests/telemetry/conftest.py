"""One telemetry room: a real metadata database, a store in memory, and an app of its routes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.contracts.memory_store import MemoryStore
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock, from_iso
from twinedge.telemetry.routes import TelemetryLimits, routes
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream
from twinedge.web.answers import handle

NOW = "2026-01-06T12:00:00Z"


@dataclass
class Person:
    """A principal with these scopes."""

    scopes: frozenset[str]
    id: str = "key-1"
    name: str = "test"

    def may(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass
class Room:
    """Everything of one telemetry room, and a client that speaks to it."""

    db: Database
    register: Register
    store: MemoryStore
    telemetry: Telemetry
    clock: ManualClock
    scopes: set[str]
    charged: list[int] = field(default_factory=list)
    sources: set[str] = field(default_factory=lambda: {"ds-1", "ds-2"})
    client: httpx.AsyncClient = field(init=False)

    async def source_exists(self, id: str) -> bool:
        return id in self.sources

    async def post(self, data: object, **params: str) -> httpx.Response:
        """POST points as JSON."""
        return await self.client.post("/v1/telemetry", json={"data": data}, params=params)

    async def rows(self, **params: object) -> list[dict[str, object]]:
        """The rows of GET /telemetry, which must succeed."""
        answer = await self.client.get("/v1/telemetry", params=params)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, object]] = answer.json()["data"]
        return rows


class Door:
    """Stands in for the middleware: puts the principal in place."""

    def __init__(self, app: ASGIApp, scopes: set[str]) -> None:
        self._app = app
        self._scopes = scopes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["principal"] = Person(frozenset(self._scopes))
        await self._app(scope, receive, send)


@pytest.fixture
def limits() -> TelemetryLimits:
    return TelemetryLimits()


@pytest.fixture
async def room(tmp_path: Path, limits: TelemetryLimits) -> AsyncIterator[Room]:
    db = Database(f"sqlite:///{tmp_path / 'meta.db'}")
    db.migrate()
    clock = ManualClock(from_iso(NOW))
    register = Register(db, clock)
    await register.load()
    store = MemoryStore()
    telemetry = Telemetry(store, register, Stream(), clock)
    await telemetry.start()
    scopes = {"read:telemetry", "write:telemetry"}
    room = Room(db, register, store, telemetry, clock, scopes)
    app = Starlette(
        routes=routes(
            telemetry,
            register,
            clock,
            room.source_exists,
            lambda _scope, points: room.charged.append(points),
            limits,
        ),
        exception_handlers={Exception: handle} | dict.fromkeys(_errors(), handle),
    )
    transport = httpx.ASGITransport(Door(app, scopes), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        room.client = client
        yield room
    await telemetry.stop()
    db.close()


def _errors() -> list[type[Exception]]:
    from starlette.exceptions import HTTPException

    from twinedge.kit.errors import TwinEdgeError

    return [TwinEdgeError, HTTPException]
