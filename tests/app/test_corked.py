"""Small writes leave together, in order, and before the connection closes."""

import asyncio

from twinedge.app.corked import CorkedTransport


class Wire:
    """A transport that notes what is done to it."""

    def __init__(self) -> None:
        self.done: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.done.append(data)

    def close(self) -> None:
        self.done.append("closed")

    def set_protocol(self, _protocol: object) -> None:
        self.done.append("handed over")

    def is_closing(self) -> bool:
        return False


def corked() -> tuple[CorkedTransport, Wire]:
    wire = Wire()
    return CorkedTransport(wire, asyncio.get_running_loop()), wire  # type: ignore[arg-type]


class TestWrite:
    async def test_one_turn_of_the_loop_is_one_write(self) -> None:
        transport, wire = corked()
        transport.write(b"head ")
        transport.write(b"body")
        assert wire.done == []
        await asyncio.sleep(0)
        assert wire.done == [b"head body"]
        transport.write(b"next")
        await asyncio.sleep(0)
        assert wire.done == [b"head body", b"next"]

    async def test_much_is_written_at_once(self) -> None:
        transport, wire = corked()
        transport.write(b"head ")
        transport.write(b"x" * 20_000)
        assert wire.done == [b"head " + b"x" * 20_000]
        await asyncio.sleep(0)
        assert len(wire.done) == 1

    async def test_what_waits_goes_before_the_close(self) -> None:
        transport, wire = corked()
        transport.write(b"last words")
        transport.close()
        assert wire.done == [b"last words", "closed"]

    async def test_what_waits_goes_before_another_protocol_takes_over(self) -> None:
        transport, wire = corked()
        transport.write(b"switching")
        transport.set_protocol(asyncio.Protocol())
        assert wire.done == [b"switching", "handed over"]

    async def test_everything_else_is_the_transport_s(self) -> None:
        transport, _ = corked()
        assert transport.is_closing() is False
