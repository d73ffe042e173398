"""Where a value lies in a device: unit, table, offset. Reading and writing the notations.

`40001`, `400001` and `4x00001` are the first holding register (numbers count from 1, the leading
digit names the table), `holding_register:0` and `{"table": "holding_register", "offset": 0}` say
the same with the offset on the wire. `3!40001` asks unit 3. `40001.5` is bit 5 of the register.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from twinedge.kit.errors import Fault, Invalid

LAST_OFFSET = 65535


class Table(StrEnum):
    """The four data tables of Modbus."""

    COIL = "coil"
    DISCRETE_INPUT = "discrete_input"
    INPUT_REGISTER = "input_register"
    HOLDING_REGISTER = "holding_register"

    @property
    def is_bits(self) -> bool:
        return self in {Table.COIL, Table.DISCRETE_INPUT}

    @property
    def function(self) -> int:
        """The function code that reads it."""
        return _FUNCTION[self]

    @property
    def words(self) -> str:
        """For people, in the plural."""
        return self.value.replace("_", " ") + "s"


_FUNCTION = {
    Table.COIL: 1,
    Table.DISCRETE_INPUT: 2,
    Table.HOLDING_REGISTER: 3,
    Table.INPUT_REGISTER: 4,
}
_DIGIT = {
    "0": Table.COIL,
    "1": Table.DISCRETE_INPUT,
    "3": Table.INPUT_REGISTER,
    "4": Table.HOLDING_REGISTER,
}
_DIGIT_OF = {table: digit for digit, table in _DIGIT.items()}
_NAMES = {table.value: table for table in Table} | {
    "coils": Table.COIL,
    "discrete": Table.DISCRETE_INPUT,
    "discrete_inputs": Table.DISCRETE_INPUT,
    "input": Table.INPUT_REGISTER,
    "input_registers": Table.INPUT_REGISTER,
    "holding": Table.HOLDING_REGISTER,
    "holding_registers": Table.HOLDING_REGISTER,
}
_CLASSIC = re.compile(r"^([0134])(?:[xX](\d{1,5})|(\d{4,5}))$")
_NAMED = re.compile(r"^([a-z_]+):(\d{1,5})$")
_UNIT = re.compile(r"^(\d{1,3})!(.+)$")
_BIT = re.compile(r"^(.+)\.(\d{1,2})$")

EXAMPLES = "40001, 4x00001, holding_register:0, or 3!40001 for unit 3"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """offset counts from 0 as on the wire; unit None means the source's own."""

    table: Table
    offset: int
    unit: int | None = None
    bit: int | None = None

    def __str__(self) -> str:
        """The canonical text: `40001`, six digits beyond 9999, `3!` in front for another unit.

        The bit is not part of it; it stands in the tag's `bit`.
        """
        number = self.offset + 1
        digits = f"{number:04d}" if number <= 9999 else f"{number:05d}"
        prefix = "" if self.unit is None else f"{self.unit}!"
        return prefix + _DIGIT_OF[self.table] + digits


def parse(address: str | Mapping[str, Any]) -> Address:
    """Read any of the notations. Raises Invalid with faults on `address` or `address.<key>`."""
    if isinstance(address, str):
        return _parse_text(address.strip())
    return _parse_object(address)


def parse_table(text: str) -> Table:
    """The table of this name; plurals and short forms too. Raises Invalid on `table`."""
    table = _NAMES.get(text.strip().lower().replace(" ", "_").replace("-", "_"))
    if table is None:
        near = get_close_matches(text, list(_NAMES), 1)
        hint = f", did you mean {near[0]!r}?" if near else ""
        raise Invalid.at("table", f"must be one of {', '.join(Table)}{hint}")
    return table


def _parse_text(text: str) -> Address:
    unit: int | None = None
    if match := _UNIT.match(text):
        unit = int(match[1])
        text = match[2]
        if unit > 255:
            raise Invalid.at("address", f"unit {unit} is out of range, units are 0 to 255")
    bit: int | None = None
    if match := _BIT.match(text):
        bit = int(match[2])
        text = match[1]
    if match := _CLASSIC.match(text):
        table, number = _DIGIT[match[1]], int(match[2] or match[3])
        if number == 0:
            raise Invalid.at(
                "address",
                f"{text} is no register: these numbers count from 1 ({match[1]}0001). If your "
                f"manual counts from 0, write {table}:0",
            )
        offset = number - 1
    elif (match := _NAMED.match(text)) and match[1] in _NAMES:
        table, offset = _NAMES[match[1]], int(match[2])
    else:
        raise Invalid.at("address", f"{text!r} is not a Modbus address; write {EXAMPLES}")
    if offset > LAST_OFFSET:
        raise Invalid.at("address", f"{text} lies beyond the last {table.words[:-1]}, 65536")
    return _with_bit(Address(table, offset, unit, bit))


def _with_bit(address: Address) -> Address:
    if address.bit is not None and (address.table.is_bits or address.bit > 15):
        raise Invalid.at("address", "a bit number is 0 to 15 and goes with registers only")
    return address


def _parse_object(address: Mapping[str, Any]) -> Address:
    faults: list[Fault] = []
    known = {"table", "offset", "unit_id", "bit"}
    for key in address:
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            hint = f", did you mean {near[0]!r}?" if near else ""
            faults.append(Fault(f"address.{key}", f"is not known here{hint}"))
    table = Table.HOLDING_REGISTER
    named = address.get("table")
    if not isinstance(named, str):
        faults.append(Fault("address.table", f"must be one of {', '.join(Table)}"))
    else:
        try:
            table = parse_table(named)
        except Invalid as error:
            faults.append(Fault("address.table", error.message))
    numbers = {"offset": LAST_OFFSET, "unit_id": 255, "bit": 15}
    for key, last in numbers.items():
        value = address.get(key)
        if value is None and key != "offset":
            continue
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= last:
            faults.append(Fault(f"address.{key}", f"must be a whole number from 0 to {last}"))
    if faults:
        raise Invalid("the address is not valid", faults)
    return _with_bit(Address(table, address["offset"], address.get("unit_id"), address.get("bit")))
