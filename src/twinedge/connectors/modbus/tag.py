"""What a tag asks of a device: checked once when it is saved, then trusted."""

import math
from dataclasses import replace

from twinedge.assets.model import Kind
from twinedge.connectors.modbus.address import LAST_OFFSET, Address, parse
from twinedge.connectors.modbus.decode import registers_of
from twinedge.connectors.modbus.plan import Span
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import DataType, TagSpec

LONGEST_STRING = 250
"""Characters in the 125 registers that one request can carry."""


def check(settings: ModbusSettings, tag: TagSpec) -> TagSpec:
    """The tag in canonical form: address as text, bit and data type filled in.

    A register without data type is uint16; coils, discrete inputs and single bits are bool, a bool
    in a register is its bit 0. Raises Invalid with every fault.
    """
    try:
        address = parse(tag.address)
    except Invalid as error:
        raise Invalid("the tag is not valid", error.faults) from None
    if address.unit == settings.unit_id:
        address = replace(address, unit=None)
    bit = tag.bit if tag.bit is not None else address.bit
    data_type: DataType = tag.data_type or (
        "bool" if address.table.is_bits or bit is not None else "uint16"
    )
    faults = _check_bit(tag, address, bit, data_type) + _check_form(tag, data_type)
    if not faults:
        faults = _check_reach(settings, address, data_type, tag.length)
    if faults:
        raise Invalid("the tag is not valid", faults)
    if data_type == "bool" and bit is None and not address.table.is_bits:
        bit = 0
    return replace(tag, address=str(replace(address, bit=None)), data_type=data_type, bit=bit)


def _check_bit(tag: TagSpec, address: Address, bit: int | None, data_type: DataType) -> list[Fault]:
    faults: list[Fault] = []
    if tag.bit is not None and address.bit is not None and tag.bit != address.bit:
        faults.append(Fault("bit", f"is {tag.bit}, but the address names bit {address.bit}"))
    if address.table.is_bits:
        if data_type != "bool":
            faults.append(Fault("data_type", f"{address.table.words} are always bool"))
        if bit is not None:
            faults.append(Fault("bit", f"{address.table.words} have no bits of their own"))
    elif bit is not None:
        if data_type != "bool":
            faults.append(Fault("data_type", "a single bit is always bool"))
        if not 0 <= bit <= 15:
            faults.append(Fault("bit", "must be 0 to 15"))
    return faults


def _check_reach(
    settings: ModbusSettings, address: Address, data_type: DataType, length: int | None
) -> list[Fault]:
    width = registers_of(data_type, length)
    if address.offset + width - 1 > LAST_OFFSET:
        return [Fault("address", f"a {data_type} there reaches beyond the last register")]
    if not address.table.is_bits and width > settings.max_registers:
        words = f"takes {width} registers, the source reads {settings.max_registers} at once"
        return [Fault("length" if data_type == "string" else "data_type", words)]
    return []


def _check_form(tag: TagSpec, data_type: DataType) -> list[Fault]:
    faults: list[Fault] = []
    if data_type == "string":
        if tag.length is None:
            faults.append(Fault("length", "a string needs its number of characters"))
        elif not 1 <= tag.length <= LONGEST_STRING:
            faults.append(Fault("length", f"must be 1 to {LONGEST_STRING} characters"))
    elif tag.length is not None:
        faults.append(Fault("length", "goes with data type string only"))
    for name, number in (("scale", tag.scale), ("offset", tag.offset)):
        if number is None:
            continue
        if data_type in {"string", "bool"}:
            faults.append(Fault(name, f"a {data_type} cannot be scaled"))
        elif not math.isfinite(number) or (name == "scale" and number == 0):
            faults.append(Fault(name, "must be a number" + (" other than 0" * (name == "scale"))))
    if tag.interval_ms is not None and not 100 <= tag.interval_ms <= 3_600_000:
        faults.append(Fault("interval_ms", "must be 100 to 3600000"))
    return faults


def kind(tag: TagSpec) -> Kind:
    """What values the tag has; coils and bits are booleans."""
    if tag.data_type == "string":
        return Kind.TEXT
    if tag.data_type is None:
        address = parse(tag.address)
        is_bit = address.table.is_bits or address.bit is not None or tag.bit is not None
        return Kind.BOOLEAN if is_bit else Kind.NUMBER
    return Kind.BOOLEAN if tag.data_type == "bool" else Kind.NUMBER


def address_of(tag: TagSpec) -> Address:
    """The address of a checked tag."""
    return parse(tag.address)


def span_of(tag: TagSpec, address: Address) -> Span:
    """The registers or bits of a checked tag."""
    width = 1 if address.table.is_bits else registers_of(tag.data_type or "uint16", tag.length)
    return Span(address.table, address.offset, width)
