"""A running director, commanded through its channel as `twinedge demo …` does it."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from twinedge.demo.children import free_port
from twinedge.demo.control import Control, ask
from twinedge.demo.director import Director
from twinedge.demo.session import Session
from twinedge.kit.errors import Invalid, Unavailable


class Running:
    def __init__(self, session: Session) -> None:
        self.session = session

    async def ask(self, command: str, **arguments: Any) -> Any:
        return await asyncio.to_thread(ask, self.session, command, **arguments)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    ports = {"opcua": free_port(0), "modbus": free_port(0), "mqtt": free_port(0)}
    director = Director(1, ports, tmp_path_factory.mktemp("logs"), scheduled=False)  # type: ignore[arg-type]
    task = asyncio.create_task(director.run())
    try:
        async with Control(director) as control:
            await director.wait_ready()
            yield Running(Session(1, "", 1, control.port, control.token, {}))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.asyncio(loop_scope="module")
class TestControl:
    async def test_a_server_is_killed_and_brought_back(self, demo: Running) -> None:
        assert await self.states(demo) == ["running"] * 3
        await demo.ask("stop", name="modbus")
        assert await self.states(demo) == ["running", "stopped", "running"]
        await demo.ask("start", name="modbus")
        assert await self.states(demo) == ["running"] * 3

    async def test_faults_begin_grow_and_are_mended(self, demo: Running) -> None:
        begun = await demo.ask("fault", kind="bearing_wear", asset_id="Pump_001")
        assert (begun["kind"], begun["by_hand"], begun["ends_in_s"]) == ("bearing_wear", True, None)
        async with asyncio.timeout(60):
            while not any(f["severity"] > 0 for f in (await demo.ask("status"))["faults"]):
                await asyncio.sleep(0.1)  # plant time runs by the second
        assert await demo.ask("clear", kind=None, asset_id="Pump_002") == 0
        assert await demo.ask("clear", kind=None, asset_id=None) == 1

    async def test_nonsense_is_refused_in_words(self, demo: Running) -> None:
        for command, arguments, words in (
            ("fault", {"kind": "rust", "asset_id": "Pump_001"}, "there is no fault 'rust'"),
            ("fault", {"kind": "cavitation", "asset_id": "Tank_001"}, "cannot happen to"),
            ("stop", {"name": "profibus"}, "there is no server 'profibus'"),
            ("explode", {}, "does not know this command"),
            ("stop", {}, "does not know this command"),
        ):
            with pytest.raises(Invalid, match=words):
                await demo.ask(command, **arguments)

    async def test_a_foreign_token_opens_nothing(self, demo: Running) -> None:
        stranger = Running(dataclasses.replace(demo.session, token="guess"))
        with pytest.raises(Invalid, match="wrong token"):
            await stranger.ask("stop", name="modbus")
        assert await self.states(demo) == ["running"] * 3

    async def test_garbage_on_the_wire_harms_nothing(self, demo: Running) -> None:
        for garbage in (b"\n", b"[1]\n", b"{" * 100_000 + b"\n", b"\xff\xfe\n", b'{"token": 1}\n'):
            reader, writer = await asyncio.open_connection("127.0.0.1", demo.session.control_port)
            writer.write(garbage)
            try:
                await writer.drain()
                await asyncio.wait_for(reader.read(), 60)
            except ConnectionError:
                pass
            finally:
                writer.close()
        assert await self.states(demo) == ["running"] * 3

    @staticmethod
    async def states(demo: Running) -> list[str]:
        return [server["state"] for server in (await demo.ask("status"))["servers"]]


class TestAsk:
    def test_a_demo_that_is_gone_is_said_to_be(self) -> None:
        with pytest.raises(Unavailable, match="does not answer"):
            ask(Session(1, "", 1, free_port(0), "x", {}), "status")
