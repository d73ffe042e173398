"""The client against devices that break the rules, played by a few lines each."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.contracts.connector import free_port
from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.wire import Refused, Silent, Wire
from twinedge.sources.model import LinkLost

Answer = Callable[[int, bytes], Awaitable[bytes] | bytes]
"""From transaction number and request (function on) to the bytes sent back."""


def frame(number: int, body: bytes, unit: int = 1, protocol: int = 0) -> bytes:
    return struct.pack(">HHHB", number, protocol, len(body) + 1, unit) + body


def registers(*values: int) -> bytes:
    return struct.pack(f">BB{len(values)}H", 3, 2 * len(values), *values)


class Sent(asyncio.Transport):
    """Takes whatever is written."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert len(data) == 12


@asynccontextmanager
async def device(answer: Answer) -> AsyncIterator[Wire]:
    """A wire connected to a device that answers so."""
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                number, _, length, _ = struct.unpack(">HHHB", await reader.readexactly(7))
                said = answer(number, await reader.readexactly(length - 1))
                writer.write(said if isinstance(said, bytes) else await said)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()
            ended.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    wire = Wire("127.0.0.1", server.sockets[0].getsockname()[1])
    try:
        await wire.connect(2)
        yield wire
    finally:
        wire.close()
        server.close()
        await asyncio.wait_for(ended.wait(), 60)


async def read(wire: Wire, count: int = 1, timeout_s: float = 2) -> list[int]:
    found = await wire.read(1, Table.HOLDING_REGISTER, 0, count, timeout_s)
    return [int(value) for value in found]


class TestRead:
    async def test_answers_what_was_asked(self) -> None:
        async with device(lambda number, _: frame(number, registers(7, 65535))) as wire:
            assert await read(wire, 2) == [7, 65535]

    async def test_an_answer_in_single_bytes(self) -> None:
        wire = Wire("127.0.0.1", 0)
        wire.connection_made(Sent())
        reading = asyncio.create_task(read(wire))
        await asyncio.sleep(0)
        for byte in frame(1, registers(5)):
            wire.data_received(bytes([byte]))
        assert await reading == [5]

    async def test_bits(self) -> None:
        async with device(lambda number, _: frame(number, bytes([1, 2, 0b101, 0b1]))) as wire:
            found = await wire.read(1, Table.COIL, 0, 10, 2)
        assert found.tolist() == [1, 0, 1, 0, 0, 0, 0, 0, 1, 0]

    async def test_an_exception_code(self) -> None:
        async with device(lambda number, _: frame(number, bytes([0x83, 2]))) as wire:
            with pytest.raises(Refused) as caught:
                await read(wire)
            assert caught.value.code == 2
            assert wire.is_open

    async def test_silence_leaves_the_connection(self) -> None:
        async with device(lambda _number, _: b"") as wire:
            with pytest.raises(Silent):
                await read(wire, timeout_s=0.05)
            assert wire.is_open

    async def test_a_late_answer_is_not_taken_for_the_next(self) -> None:
        held: list[bytes] = []

        def answer(number: int, _: bytes) -> bytes:
            held.append(frame(number, registers(number)))
            return b"" if number == 1 else held[0] + held[1]

        async with device(answer) as wire:
            with pytest.raises(Silent):
                await read(wire, timeout_s=0.05)
            assert await read(wire) == [2]
            assert wire.late_answers == 1

    async def test_a_cancelled_read_does_not_spoil_the_next(self) -> None:
        held: list[bytes] = []

        def answer(number: int, _: bytes) -> bytes:
            held.append(frame(number, registers(number)))
            return b"" if number == 1 else held[0] + held[1]

        async with device(answer) as wire:
            task = asyncio.create_task(read(wire))
            await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.wait({task})
            assert await read(wire) == [2]

    @pytest.mark.parametrize(
        "answer",
        [
            lambda number, _: frame(number + 1, registers(1)),
            lambda _, __: frame(0, registers(1)),
            lambda number, _: frame(number, registers(1), unit=2),
            lambda number, _: frame(number, registers(1), protocol=1),
            lambda number, _: frame(number, bytes([4, 2, 0, 1])),
            lambda number, _: frame(number, registers(1, 2)),
            lambda number, _: frame(number, bytes([3, 2, 0])),
            lambda number, _: frame(number, bytes([3])),
            lambda number, _: struct.pack(">HHHB", number, 0, 60000, 1),
            lambda number, _: struct.pack(">HHHB", number, 0, 0, 1) * 2,
            lambda _, __: b"HTTP/1.1 400 Bad Request\r\n\r\n",
        ],
    )
    async def test_whatever_is_wrong_ends_the_connection(self, answer: Answer) -> None:
        async with device(answer) as wire:
            with pytest.raises(LinkLost) as caught:
                await read(wire)
            assert not wire.is_open
            assert caught.value.message.startswith("127.0.0.1:")
            with pytest.raises(LinkLost):
                await read(wire)


class TestConnect:
    async def test_a_refusal_in_words(self) -> None:
        with pytest.raises(LinkLost) as caught:
            await Wire("127.0.0.1", free_port()).connect(2)
        assert "refused the connection" in caught.value.message

    async def test_an_unknown_name_in_words(self) -> None:
        with pytest.raises(LinkLost) as caught:
            await Wire("no-such-host.invalid", 502).connect(5)
        assert "'no-such-host.invalid' is not known" in caught.value.message
