"""Running protocol servers of the plant for the tests of this folder."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from twinedge.demo.children import ServerChild, free_port
from twinedge.demo.faults import Effects
from twinedge.demo.plant import Plant, Value
from twinedge.demo.tags import ServerName, tags_of_server

TS = 1_767_225_600_000_000


class Bench:
    """One server child and frames sent to it by hand."""

    def __init__(self, child: ServerChild) -> None:
        self.child = child
        self._plant = Plant(1, settle_s=30, past_s=0)
        self.sent: dict[str, Value] = {}
        self.ts = TS

    def send(self, effects: Effects | None = None) -> None:
        values = self._plant.advance(effects or {})
        tags = tags_of_server(self.child.name)
        self.sent = {tag.key: values[tag.key] for tag in tags}
        self.ts += 1_000_000
        self.child.send(self.ts, list(self.sent.values()))


@asynccontextmanager
async def running(name: ServerName, log_dir: Path) -> AsyncIterator[Bench]:
    child = ServerChild(name, free_port(0), log_dir / f"{name}.log")
    task = asyncio.create_task(child.run())
    try:
        bench = Bench(child)
        bench.send()
        await child.wait_ready()
        yield bench
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opcua(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with running("opcua", tmp_path_factory.mktemp("opcua")) as bench:
        yield bench


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def modbus(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with running("modbus", tmp_path_factory.mktemp("modbus")) as bench:
        yield bench


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mqtt(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with running("mqtt", tmp_path_factory.mktemp("mqtt")) as bench:
        yield bench


async def until(truth: Callable[[], bool], timeout_s: float = 60.0) -> None:
    """Wait for something another process does."""
    async with asyncio.timeout(timeout_s):
        while not truth():
            await asyncio.sleep(0.02)
