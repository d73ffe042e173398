"""What a tag of an OPC UA source may say. Pure, no library."""

from dataclasses import replace

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.address import parse
from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import TagSpec

_INTEGERS = {"int16", "uint16", "int32", "uint32", "int64", "uint64"}


def check_tag(tag: TagSpec) -> TagSpec:
    """The tag with its address as canonical text. Raises Invalid with all its faults."""
    faults: list[Fault] = []
    address = tag.address
    try:
        address = str(parse(tag.address))
    except ValueError as error:
        faults.append(Fault("address", str(error)))
    if tag.data_type in {"bcd16", "bcd32"}:
        faults.append(Fault("data_type", "BCD is a Modbus notion; an OPC UA server decodes it"))
    if tag.length is not None:
        faults.append(Fault("length", "does not apply to OPC UA; texts carry their own length"))
    for name in ("word_order", "byte_order"):
        if getattr(tag, name) != "big":
            faults.append(Fault(name, "does not apply to OPC UA; leave it out"))
    if tag.bit is not None and not 0 <= tag.bit <= 63:
        faults.append(Fault("bit", "must be a number from 0 to 63"))
    if tag.bit is not None and tag.data_type not in {None, "bool"} | _INTEGERS:
        faults.append(Fault("data_type", f"a bit cannot be taken out of {tag.data_type}"))
    if tag.data_type in {"bool", "string"} or tag.bit is not None:
        for name in ("scale", "offset"):
            if getattr(tag, name) is not None:
                faults.append(Fault(name, "only numbers can be scaled"))
    if faults:
        raise Invalid("; ".join(f"{fault.field}: {fault.message}" for fault in faults), faults)
    return replace(tag, address=address)


def kind_of(tag: TagSpec) -> Kind | None:
    """None where only the server knows."""
    if tag.data_type == "bool" or tag.bit is not None:
        return Kind.BOOLEAN
    if tag.data_type == "string":
        return Kind.TEXT
    if tag.data_type is not None or tag.scale is not None or tag.offset is not None:
        return Kind.NUMBER
    return None
