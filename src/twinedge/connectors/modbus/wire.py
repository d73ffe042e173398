"""One TCP connection that speaks Modbus (MBAP framing), reads only, one request at a time.

Our own instead of pymodbus, see docs/decisions/modbus-client.md. Source: MODBUS Messaging on
TCP/IP Implementation Guide V1.0b, section 3.1.3; Modbus Application Protocol V1.1b3, section 6.

Guarantee: what `read` returns answers exactly that request. The answer to a request that was given
up is recognised by its transaction number and dropped; anything else that was not asked for, or is
not well-formed, ends the connection, since nothing behind it can be trusted.
"""

import asyncio
import struct
from collections import deque
from typing import cast

import numpy as np

from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.decode import Registers
from twinedge.kit.net import explain, location
from twinedge.sources.model import LinkLost

_HEADER = struct.Struct(">HHHB")
_REQUEST = struct.Struct(">HHHBBHH")
_LONGEST = 254
"""Bytes behind the length field: unit, function and at most 252 of data."""


class Refused(Exception):
    """The device answered with an exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exception {code}")
        self.code = code


class Silent(Exception):
    """No answer within the time-out; the connection itself may be well."""


class Wire(asyncio.Protocol):
    """A connection from `connect` to its loss; then make a new one."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._number = 0
        self._given_up: deque[int] = deque(maxlen=256)
        self._waiting: asyncio.Future[Registers] | None = None
        self._asked: tuple[int, int, Table, int] = (0, 0, Table.COIL, 0)
        self._where = location(host, port)
        self._lost: str | None = f"{self._where} is not connected"
        self.late_answers = 0
        """Answers that came after their request had been given up."""

    @property
    def is_open(self) -> bool:
        return self._lost is None

    async def connect(self, timeout_s: float) -> None:
        """Raises LinkLost with the reason in words."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_s):
                await loop.create_connection(lambda: self, self._host, self._port)
        except TimeoutError:
            raise LinkLost(
                f"{self._where} did not accept a connection within {timeout_s:g} s"
            ) from None
        except OSError as error:
            raise LinkLost(explain(error, self._host, self._port)) from error

    async def read(
        self, unit: int, table: Table, start: int, count: int, timeout_s: float
    ) -> Registers:
        """uint16[count]: registers, or bits as 0 and 1. Only one call at a time.

        Raises Refused (exception code), Silent (time-out) or LinkLost (connection ended).
        """
        if self._lost is not None or self._transport is None:
            raise LinkLost(self._lost or f"{self._where} is not connected")
        assert self._waiting is None, "one request at a time"
        self._number = self._number % 0xFFFF + 1
        self._asked = (self._number, unit, table, count)
        waiting: asyncio.Future[Registers] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._transport.write(_REQUEST.pack(self._number, 0, 6, unit, table.function, start, count))
        try:
            async with asyncio.timeout(timeout_s):
                return await waiting
        except TimeoutError:
            raise Silent from None
        finally:
            if not waiting.done() or waiting.cancelled():
                self._given_up.append(self._number)
            self._waiting = None

    def close(self) -> None:
        """End the connection now; a second call does nothing."""
        self._end(f"the connection to {self._where} was closed")

    # -- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transport is no subclass of asyncio.Transport, so a check would refuse it
        self._transport = cast(asyncio.Transport, transport)
        self._lost = None

    def connection_lost(self, exc: Exception | None) -> None:
        if isinstance(exc, OSError):
            self._end(explain(exc, self._host, self._port))
        else:
            self._end(f"{self._where} closed the connection")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._lost is None and len(self._buffer) >= _HEADER.size:
            number, protocol, length, unit = _HEADER.unpack_from(self._buffer)
            if protocol != 0 or not 2 <= length - 1 <= _LONGEST:
                self._drop("sent something that is not Modbus TCP")
                return
            end = 6 + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            self._take(number, unit, body)

    def _take(self, number: int, unit: int, body: bytes) -> None:
        asked_number, asked_unit, table, count = self._asked
        waiting = self._waiting
        if waiting is None or number != asked_number:
            if number in self._given_up:
                self.late_answers += 1
            else:
                self._drop("sent an answer nobody asked for")
            return
        if waiting.done():
            return
        if unit != asked_unit:
            self._drop(f"answered for unit {unit} instead of unit {asked_unit}")
        elif body[0] == table.function | 0x80 and len(body) == 2:
            waiting.set_exception(Refused(body[1]))
        elif body[0] != table.function:
            self._drop(f"answered function {body[0]} instead of {table.function}")
        else:
            size = (count + 7) // 8 if table.is_bits else 2 * count
            if body[1] != size or len(body) != size + 2:
                self._drop(f"sent {len(body) - 2} bytes instead of {size}")
            elif table.is_bits:
                bits = np.unpackbits(np.frombuffer(body, np.uint8, size, 2), bitorder="little")
                waiting.set_result(bits[:count].astype(np.uint16))
            else:
                waiting.set_result(np.frombuffer(body, ">u2", count, 2).astype(np.uint16))

    def _end(self, why: str) -> None:
        if self._lost is None:
            self._lost = why
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_exception(LinkLost(why))
            if self._transport is not None:
                self._transport.abort()

    def _drop(self, why: str) -> None:
        self._end(f"{self._where} {why}; the connection was dropped")
