"""Access over a fresh SQLite database, behind the real edge."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.db.databases import new_sqlite
from twinedge.access.model import NewKey
from twinedge.access.replays import Replays
from twinedge.access.routes import router, session_router
from twinedge.access.service import Access
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import ManualClock
from twinedge.web.app import create_app
from twinedge.web.buckets import RateLimiter
from twinedge.web.limits import PLANS

ADMIN_KEY = "the-admin-key-of-the-environment"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = new_sqlite(tmp_path)
    yield db
    db.close()


@pytest.fixture
async def access(db: Database, clock: ManualClock, tmp_path: Path) -> Access:
    access = Access(db, clock)
    await access.bootstrap(ADMIN_KEY, tmp_path / "admin.key")
    return access


@pytest.fixture
def replays(db: Database, clock: ManualClock) -> Replays:
    return Replays(db, Vault(b"k" * 32), clock)


@pytest.fixture
def app(access: Access, replays: Replays, clock: ManualClock) -> FastAPI:
    limiter = RateLimiter(PLANS["generous"], clock)
    return create_app(
        routers=[router(access), session_router(access, limiter.fail)],
        authenticator=access,
        version="0",
        limiter=limiter,
        idempotency=replays,
    )


Connect = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def connect(app: FastAPI) -> AsyncIterator[Connect]:
    """Makes clients: with a key, or as a browser without one."""
    made: list[httpx.AsyncClient] = []

    def connect(key: str | None = ADMIN_KEY, scheme: str = "http") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        client = httpx.AsyncClient(
            transport=transport, base_url=f"{scheme}://test", headers=headers
        )
        made.append(client)
        return client

    yield connect
    for client in made:
        await client.aclose()


@pytest.fixture
def admin(connect: Connect) -> httpx.AsyncClient:
    return connect()


@pytest.fixture
async def reader(access: Access) -> str:
    """The text of a key that may only read telemetry."""
    _, token = await access.create(NewKey("reader", ("read:telemetry",), id="reader"))
    return token
