"""The dashboards room on a real database, behind the real edge."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.people import OpenDoor
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.dashboards.routes import router
from twinedge.dashboards.service import Dashboards
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock
from twinedge.web.app import create_app


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def client(tmp_path: Path, clock: ManualClock) -> AsyncIterator[httpx.AsyncClient]:
    db = Database(f"sqlite:///{tmp_path / 'meta.db'}")
    db.migrate()
    register = Register(db, clock)
    await register.load()
    await register.ensure(
        [
            NewTag("Pump_001", "temperature", Kind.NUMBER, unit="°C"),
            NewTag("Pump_001", "vibration", Kind.NUMBER, unit="mm/s"),
            NewTag("Pump_001", "bearing", Kind.NUMBER, unit="°C"),
            NewTag("Pump_001", "running", Kind.BOOLEAN),
        ]
    )
    service = Dashboards(db, register, clock)
    app = create_app(
        routers=[router(service)],
        authenticator=OpenDoor("read:dashboards", "write:dashboards"),
        version="1.0.0",
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/v1") as client:
        yield client
    db.close()
