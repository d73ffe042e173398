"""A look at a port: what counts as open, and when it is worth another attempt."""

import asyncio
import socket

import pytest

from twinedge.sources import knock as module
from twinedge.sources.knock import door_opens, knock


def listener() -> tuple[socket.socket, int]:
    open_port = socket.create_server(("127.0.0.1", 0))
    return open_port, open_port.getsockname()[1]


class TestKnock:
    async def test_an_open_and_a_closed_port(self) -> None:
        open_port, number = listener()
        assert await knock("127.0.0.1", number)
        open_port.close()
        assert not await knock("127.0.0.1", number)

    async def test_an_unknown_host_is_no_error(self) -> None:
        assert not await knock("no-such-host.invalid", 4840)


class TestDoorOpens:
    async def waits(self, endpoint: str, answers: list[bool]) -> bool:
        """Whether it still waits when the scripted answers are used up."""

        async def scripted(_host: str, _port: int) -> bool:
            return answers.pop(0) if answers else await asyncio.Event().wait()

        try:
            async with asyncio.timeout(0.2):
                await door_opens(endpoint, scripted)
        except TimeoutError:
            return True
        return False

    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "KNOCK_EVERY_S", 0.001)

    async def test_a_door_that_was_closed(self) -> None:
        assert not await self.waits("opc.tcp://plc:4840", [False, False, True])

    async def test_a_door_open_all_along(self) -> None:
        left = [True, True]
        assert await self.waits("modbus://plc:502/1", left)
        assert left == [True]

    @pytest.mark.parametrize("endpoint", ["", "serial:///dev/ttyS0", "mqtt://plc", "x://plc:port"])
    async def test_an_endpoint_without_a_port(self, endpoint: str) -> None:
        left = [False, True]
        assert await self.waits(endpoint, left)
        assert len(left) == 2
