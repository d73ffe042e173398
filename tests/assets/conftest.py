"""The assets room on a real database, behind its routes."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from twinedge.assets.routes import router
from twinedge.assets.service import Assets, Register
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import TwinEdgeError
from twinedge.web.answers import handle


class Anyone:
    """A principal with every scope."""

    id = "key-1"
    name = "test"

    def may(self, scope: str) -> bool:
        return True


class Door:
    """Stands in for the middleware: puts the principal in place."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["principal"] = Anyone()
        await self._app(scope, receive, send)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    db = Database(f"sqlite:///{tmp_path / 'meta.db'}")
    db.migrate()
    yield db
    db.close()


@pytest.fixture
async def register(db: Database, clock: ManualClock) -> Register:
    register = Register(db, clock)
    await register.load()
    return register


@pytest.fixture
def assets(db: Database, register: Register, clock: ManualClock) -> Assets:
    return Assets(db, register, clock)


@pytest.fixture
async def client(assets: Assets) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router(assets), prefix="/v1")
    for error in (TwinEdgeError, HTTPException, RequestValidationError):
        app.add_exception_handler(error, handle)
    transport = httpx.ASGITransport(Door(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client
