"""The connection test of a Modbus device, step by step, on a connection of its own."""

import asyncio
import socket
from time import monotonic

from twinedge.connectors.modbus.address import Address, Table
from twinedge.connectors.modbus.scan import refusal_words
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.wire import Refused, Silent, Wire
from twinedge.kit.net import explain, location
from twinedge.sources.model import LinkLost
from twinedge.sources.ports import Probe

_STEP_S = 2.0
_ANSWERS = frozenset({1, 2, 3})
"""Refusals that prove a living device: no such function, address or length."""

_UNIT_HINT = (
    "Check the unit id. A device with a network port of its own mostly answers to 1 or 255; behind "
    "a gateway it is the address set on the device."
)


async def probe(settings: ModbusSettings, report: Probe) -> None:
    """resolve, connect, hello, read; stops at the first failure; at most 10 s."""
    if not await _resolve(settings, report):
        return
    wire = Wire(settings.host, settings.port)
    try:
        if await _connect(settings, wire, report):
            await _talk(settings, wire, report)
    finally:
        wire.close()


async def _resolve(settings: ModbusSettings, report: Probe) -> bool:
    start = monotonic()
    try:
        async with asyncio.timeout(_STEP_S):
            found = await asyncio.get_running_loop().getaddrinfo(
                settings.host, settings.port, type=socket.SOCK_STREAM
            )
    except (OSError, TimeoutError) as error:
        detail = (
            explain(error, settings.host, settings.port)
            if isinstance(error, socket.gaierror)
            else f"the name service did not answer for {settings.host!r}"
        )
        report.step(
            "resolve", False, _ms(start), detail,
            "Check the spelling, or use the device's IP address.",
        )  # fmt: skip
        return False
    report.step("resolve", True, _ms(start), f"{settings.host} is {found[0][4][0]}")
    return True


async def _connect(settings: ModbusSettings, wire: Wire, report: Probe) -> bool:
    start = monotonic()
    try:
        await wire.connect(_STEP_S)
    except LinkLost as error:
        report.step(
            "connect", False, _ms(start), error.message,
            "Is the device on, is the port right (Modbus TCP mostly uses 502), and does a "
            "firewall let this machine through? Some devices take only one or two connections.",
        )  # fmt: skip
        return False
    where = location(settings.host, settings.port)
    report.step("connect", True, _ms(start), f"{where} accepted the connection")
    return True


async def _talk(settings: ModbusSettings, wire: Wire, report: Probe) -> None:
    """hello: any answer of the unit. read: one value out of any table."""
    said_hello = False
    start = monotonic()
    refusals: list[str] = []
    for table in (Table.HOLDING_REGISTER, Table.INPUT_REGISTER, Table.COIL, Table.DISCRETE_INPUT):
        address = Address(table, 0)
        try:
            value = int((await wire.read(settings.unit_id, table, 0, 1, _timeout_s(settings)))[0])
        except Refused as refusal:
            words = refusal_words(refusal.code, table, address)
            if refusal.code not in _ANSWERS:
                name = "read" if said_hello else "hello"
                report.step(name, False, _ms(start), words, _UNIT_HINT)
                return
            refusals.append(words)
        except (Silent, LinkLost) as error:
            words = (
                f"unit {settings.unit_id} did not answer within {_timeout_s(settings):g} s"
                if isinstance(error, Silent)
                else error.message
            )
            report.step("read" if said_hello else "hello", False, _ms(start), words, _UNIT_HINT)
            return
        else:
            if not said_hello:
                report.step("hello", True, _ms(start), f"unit {settings.unit_id} answers")
            report.step("read", True, _ms(start), f"{address} holds {value}")
            return
        if not said_hello:
            said_hello = True
            report.step("hello", True, _ms(start), f"unit {settings.unit_id} answers")
            start = monotonic()
    report.step(
        "read", True, _ms(start),
        "the unit answers, but has nothing at the first address of any table: " + refusals[0],
        "That is no fault when its map begins elsewhere; browse it, or add a tag from its manual.",
    )  # fmt: skip


def _timeout_s(settings: ModbusSettings) -> float:
    """Four reads, the longest patience that keeps the whole test within 10 s."""
    return min(settings.timeout_s, 1.4)


def _ms(start: float) -> float:
    return round((monotonic() - start) * 1000, 1)
