"""The live socket on a real server, read by a WebSocket client of another make."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from starlette.types import Scope
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.people import ScopeKeys
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import SystemClock
from twinedge.kit.errors import Unauthorized
from twinedge.telemetry.latest import LatestCache
from twinedge.telemetry.live import LiveHub
from twinedge.telemetry.live_routes import live_routes
from twinedge.telemetry.model import Batch, Series, batch_of
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app
from twinedge.web.routing import Principal

START_US = 1_767_693_600_000_000


class Keys(ScopeKeys):
    """By header, query or session cookie; what is in `ended` is no longer valid."""

    def __init__(self) -> None:
        self.ended: set[str] = set()
        self.failures = 0

    def authenticate_token(self, token: str) -> Principal:
        if token in self.ended:
            raise Unauthorized("this key is not valid")
        return super().authenticate_token(token)

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Principal:
        if b"authorization" in headers:
            return super().authenticate(method, headers)
        name, _, cookie = headers.get(b"cookie", b"").decode().partition("=")
        if name != "twinedge_session":
            raise Unauthorized("no session")
        return self.authenticate_token(cookie)

    def fail(self, scope: Scope) -> None:
        self.failures += 1


class Rig:
    """A server with the live socket and nothing else."""

    def __init__(self, hub: LiveHub, stream: Stream, latest: LatestCache, port: int) -> None:
        self.hub = hub
        self.keys = Keys()
        self.port = port
        self.clients: list[ClientConnection] = []
        self._stream = stream
        self._latest = latest
        self._moment = START_US

    def store(self, *points: tuple[int, float]) -> Batch:
        """Publish points (series, value), each a second after the one before."""
        times = []
        for _ in points:
            self._moment += 1_000_000
            times.append(self._moment)
        series = [number for number, _ in points]
        values = [value for _, value in points]
        batch = batch_of(series, times, values, [0] * len(points), self._moment)
        self._latest.apply(batch)
        self._stream.publish(batch)
        return batch

    async def open(self, key: str | None = "admin", **options: Any) -> "Talk":
        query = "" if key is None else f"?token={key}"
        url = f"ws://127.0.0.1:{self.port}/v1/ws{query}"
        connection = await connect(url, compression=None, proxy=None, **options)
        self.clients.append(connection)
        return Talk(connection)


class Talk:
    """One connection; what comes is read as JSON, in order."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(60):
            message: dict[str, Any] = json.loads(await self.connection.recv())
        assert {"type", "channel", "data", "timestamp", "seq"} <= set(message)
        return message

    async def ask(self, **message: Any) -> dict[str, Any]:
        await self.say(**message)
        return await self.hear()

    async def close_code(self) -> int | None:
        """Read whatever comes until the server closes."""
        async with asyncio.timeout(60):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
        return self.connection.close_code


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    clock = SystemClock()
    db = Database(f"sqlite:///{tmp_path / 'meta.db'}")
    db.migrate()
    register = Register(db, clock)
    await register.load()
    wanted = [NewTag("Pump_001", "temperature", Kind.NUMBER, "ds-1")]
    wanted += [NewTag("Pump_002", "temperature", Kind.NUMBER, "ds-2")]
    wanted += [NewTag("Pump_001", "running", Kind.BOOLEAN)]
    await register.ensure(wanted)
    latest = LatestCache()

    def newest(series: Series) -> Batch:
        return latest.get(series.astype(np.uint32), 0)

    stream = Stream()
    hub = LiveHub(stream, register, newest, clock, tick_s=0.02)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        rig = Rig(hub, stream, latest, listener.getsockname()[1])
        app = create_app(
            routers=[],
            authenticator=rig.keys,
            version="1.0.0",
            extra_routes=live_routes(hub, rig.keys, rig.keys.fail),
        )
        config = uvicorn.Config(
            app,
            log_config=None,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        serving = asyncio.create_task(server.serve([listener]))
        carrying = asyncio.create_task(hub.run())
        await until(lambda: server.started and bool(stream.subscriptions))
        yield rig
        for client in rig.clients:
            await client.close()
        server.should_exit = True
        await serving
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
    db.close()


async def until(done: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(timeout_s):
        while not done():
            await asyncio.sleep(0.005)
