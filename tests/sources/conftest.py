"""The room behind the real web edge and a real database, with scripted devices."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.people import ScopeKeys
from tests.sources.scripted import ScriptedDriver
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import SystemClock
from twinedge.sources.routes import router
from twinedge.sources.service import Sources
from twinedge.sources.worker import Supervisor
from twinedge.telemetry.model import Batch
from twinedge.web.app import create_app

Json = dict[str, Any]


ALL = "read:data_sources,write:data_sources"


@dataclass
class Plant:
    """One process of the room; `restart` makes another over the same database."""

    db: Database
    driver: ScriptedDriver = field(default_factory=ScriptedDriver)
    env: dict[str, str] = field(default_factory=dict)
    vault: Vault = field(default_factory=lambda: Vault(b"k" * 32))
    batches: list[Batch] = field(default_factory=list)

    async def start(self) -> None:
        clock = SystemClock()
        self.register = Register(self.db, clock)
        await self.register.load()
        drivers = {"scripted": self.driver, "spare": ScriptedDriver(acknowledges=True)}
        self.supervisor = Supervisor(self.register, self._ingest, drivers, clock, self.env)
        self.sources = Sources(
            self.db, self.vault, self.register, drivers, self.supervisor, clock, self.env
        )
        await self.supervisor.start()
        await self.sources.start()
        app = create_app(routers=[router(self.sources)], authenticator=ScopeKeys(), version="0")
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://test/v1",
            headers={"Authorization": f"Bearer {ALL}"},
        )

    async def stop(self) -> None:
        await self.http.aclose()
        await self.supervisor.stop()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def _ingest(self, batch: Batch) -> None:
        self.batches.append(batch)

    async def create(self, **body: Any) -> Json:
        """Create a source; answers its data."""
        body = {"name": "PLC", "type": "scripted", "config": {"host": "plc"}, **body}
        answer = await self.http.post("/data-sources", json=body)
        assert answer.status_code == 201, answer.text
        data: Json = answer.json()["data"]
        return data

    async def item(self, id: str) -> Json:
        data: Json = (await self.http.get(f"/data-sources/{id}")).json()["data"]
        return data

    async def until(self, condition: Callable[[], object], timeout_s: float = 60) -> None:
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < deadline, "condition not reached in time"
            await asyncio.sleep(0.01)

    async def connected(self, id: str) -> None:
        await self.until(lambda: id in self.supervisor.connected())


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("sources") / "empty.db"
    db = Database(f"sqlite:///{path}")
    db.migrate()
    db.close()
    return path


@pytest.fixture
async def plant(tmp_path: Path, empty_database: Path) -> AsyncIterator[Plant]:
    shutil.copy(empty_database, tmp_path / "twinedge.db")
    db = Database(f"sqlite:///{tmp_path}/twinedge.db")
    plant = Plant(db)
    await plant.start()
    yield plant
    await plant.stop()
    db.close()


def faults(answer: httpx.Response, status: int = 400) -> dict[str, str]:
    """The faults of an error answer by field."""
    assert answer.status_code == status, answer.text
    return {fault["field"]: fault["message"] for fault in answer.json()["error"]["details"]}


def a_tag(name: str = "temperature", **more: Any) -> Json:
    return {"address": name, "asset_id": "Pump_001", "tag_name": name, **more}
