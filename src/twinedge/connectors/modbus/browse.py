"""Looks through a device's registers: tables, ranges of a hundred, what can be read in a range.

Nodes are written `[unit!]table[:first-last]`, offsets from 0: `holding_register:0-99`.
"""

import re
from dataclasses import dataclass
from time import monotonic

from twinedge.connectors.modbus.address import LAST_OFFSET, Address, Table, parse, parse_table
from twinedge.connectors.modbus.bus import Bus
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.wire import Refused
from twinedge.kit.errors import Invalid
from twinedge.sources.model import Node

_RANGE = re.compile(r"^(?:(\d{1,3})!)?([A-Za-z_ ]+?)(?::(\d{1,5})(?:-(\d{1,5}))?)?$")
_NUMBERS = re.compile(r"^((?:\d{1,3}!)?\d{5,6})(?:-(\d{5,6}))?$")
_FOLDER = 100
_FOLDERS = 100
_WIDEST = 1000
_BUDGET_S = 7.0
"""A scan that meets many holes stops here and says where to go on."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table of a unit, or a range of it (first and last offset)."""

    table: Table
    unit: int | None = None
    first: int | None = None
    last: int | None = None

    def node(self, first: int, last: int) -> str:
        prefix = "" if self.unit is None else f"{self.unit}!"
        return f"{prefix}{self.table}:{first}-{last}"


def parse_place(text: str) -> Place:
    """Read a node, or a range such as 40001-40050. Raises Invalid on `node`."""
    if match := _NUMBERS.match(text.strip()):
        first = parse(match[1])
        last = parse(match[2]) if match[2] else first
        if last.table is not first.table:
            raise Invalid.at("node", f"{text!r} begins and ends in different tables")
        return _checked(Place(first.table, first.unit, first.offset, last.offset))
    match = _RANGE.match(text.strip())
    if match is None:
        raise Invalid.at(
            "node", f"{text!r} is not a place in a device; write holding_register:0-99"
        )
    try:
        table = parse_table(match[2])
    except Invalid as error:
        raise Invalid.at("node", error.message) from None
    start = int(match[3]) if match[3] else None
    end = int(match[4]) if match[4] else start
    return _checked(Place(table, int(match[1]) if match[1] else None, start, end))


def _checked(place: Place) -> Place:
    if place.first is not None and place.last is not None:
        if place.last > LAST_OFFSET or place.first > place.last:
            raise Invalid.at("node", "the range must rise and end at 65535 or before")
        if place.last - place.first >= _WIDEST:
            raise Invalid.at("node", f"a range is at most {_WIDEST} wide")
    return place


def tables() -> list[Node]:
    """The root: the four tables."""
    order = (Table.HOLDING_REGISTER, Table.INPUT_REGISTER, Table.COIL, Table.DISCRETE_INPUT)
    return [
        Node(
            table.value,
            table.words.capitalize(),
            True,
            description=f"from {Address(table, 0)}, function code {table.function}",
        )
        for table in order
    ]


def folders(place: Place, limit: int) -> list[Node]:
    """The first ranges of a table; further ones are asked for by their node."""
    return [
        Node(
            place.node(first, first + _FOLDER - 1),
            f"{Address(place.table, first)} to {Address(place.table, first + _FOLDER - 1)}",
            True,
        )
        for first in range(0, _FOLDERS * _FOLDER, _FOLDER)
    ][:limit]


class RegisterScan:
    """Reads a range and leaves out what the device refuses."""

    def __init__(self, bus: Bus, settings: ModbusSettings, place: Place) -> None:
        self._bus = bus
        self._settings = settings
        self._place = place
        self._unit = settings.unit_id if place.unit is None else place.unit
        self._deadline_s = monotonic() + _BUDGET_S
        self._values: dict[int, int] = {}

    async def nodes(self, limit: int) -> list[Node]:
        """One node a readable register, by offset; raises UnitSilent or LinkLost.

        When time runs out, the last node is the rest of the range.
        """
        first, last = self._place.first or 0, self._place.last or 0
        longest = (
            self._settings.max_bits if self._place.table.is_bits else self._settings.max_registers
        )
        stopped: int | None = None
        for start in range(first, last + 1, longest):
            stopped = await self._read(start, min(longest, last + 1 - start))
            if stopped is not None or len(self._values) >= limit:
                break
        found = [self._node(offset, value) for offset, value in sorted(self._values.items())]
        found = found[:limit]
        if stopped is not None and len(found) < limit:
            name = f"go on at {Address(self._place.table, stopped)}"
            found.append(Node(self._place.node(stopped, last), name, True))
        return found

    async def _read(self, start: int, count: int) -> int | None:
        """Read or halve; the offset where time ran out, or None."""
        if monotonic() > self._deadline_s:
            return start
        try:
            registers = await self._bus.read(
                self._unit, self._place.table, start, count, self._settings.timeout_s, 0,
                self._settings.request_delay_ms / 1000,
            )  # fmt: skip
        except Refused as refusal:
            if count == 1 or refusal.code not in {2, 3}:
                return None
            half = count // 2
            stopped = await self._read(start, half)
            return stopped if stopped is not None else await self._read(start + half, count - half)
        self._values.update((start + i, int(value)) for i, value in enumerate(registers))
        return None

    def _node(self, offset: int, value: int) -> Node:
        address = str(Address(self._place.table, offset, self._place.unit))
        node = self._place.node(offset, offset)
        if self._place.table.is_bits:
            return Node(node, address, False, address, "bool", None, bool(value))
        signed = value - 0x10000 if value > 0x7FFF else value
        words = f"0x{value:04X}" + (f", int16 {signed}" if signed < 0 else "")
        return Node(node, address, False, address, "uint16", None, value, words)
