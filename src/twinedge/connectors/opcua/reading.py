"""Reading addresses once: the preview of tags."""

import math
from collections.abc import Sequence
from typing import Any

from asyncua import ua

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.address import Address, parse
from twinedge.connectors.opcua.decode import (
    Item,
    Misfit,
    TimestampSource,
    convert,
    pick,
    plain,
    quality_of,
)
from twinedge.connectors.opcua.monitor import node_id
from twinedge.connectors.opcua.session import Session
from twinedge.connectors.opcua.tags import kind_of
from twinedge.connectors.opcua.words import status_words
from twinedge.kit.clock import from_datetime
from twinedge.sources.model import Reading, TagSpec
from twinedge.telemetry.model import QUALITY_WORDS, Quality

DATA_TYPES = {
    "Boolean": "bool", "SByte": "int16", "Byte": "uint16", "Int16": "int16", "UInt16": "uint16",
    "Int32": "int32", "UInt32": "uint32", "Int64": "int64", "UInt64": "uint64",
    "Float": "float32", "Double": "float64", "String": "string", "LocalizedText": "string",
    "DateTime": "string", "Guid": "string", "ByteString": "string", "NodeId": "string",
    "QualifiedName": "string", "StatusCode": "string", "XmlElement": "string",
}  # fmt: skip
"""Our word for a built-in type; small integers go into the next larger one."""


async def read_once(
    session: Session, tags: Sequence[TagSpec], clock: TimestampSource
) -> list[Reading]:
    """One Reading a tag, in order; a bad one carries its error."""
    readings: list[Reading | None] = [None] * len(tags)
    asked: list[tuple[int, Address, Any]] = []
    for at, tag in enumerate(tags):
        try:
            address = parse(tag.address)
        except ValueError as error:
            readings[at] = Reading(str(tag.address), quality="bad", error=str(error))
            continue
        node = node_id(address, session.namespaces)
        if node is None:
            words = f"the server has no namespace {address.namespace!r}"
            readings[at] = Reading(str(address), quality="bad", error=words)
            continue
        asked.append((at, address, node))
    answers = await session.read(
        [(node, ua.AttributeIds.Value, address.index_range) for _, address, node in asked]
    )
    for (at, address, _), answer in zip(asked, answers, strict=True):
        readings[at] = _reading(tags[at], address, answer, clock)
    return [reading for reading in readings if reading is not None]


def _reading(tag: TagSpec, address: Address, answer: Any, clock: TimestampSource) -> Reading:
    code = int(answer.StatusCode.value) if answer.StatusCode is not None else 0
    quality = quality_of(code)
    ts = time_of(answer, clock)
    if quality is Quality.BAD:
        return Reading(str(address), None, "bad", ts, status_words(code))
    value = answer.Value.Value if answer.Value is not None else None
    data_type = data_type_of(answer.Value)
    if value is None:
        return Reading(str(address), None, "bad", ts, "the server has no value yet", data_type)
    try:
        shown = shown_as(tag, address, value)
    except Misfit as misfit:
        return Reading(str(address), None, "bad", ts, str(misfit), data_type)
    if isinstance(shown, float) and not math.isfinite(shown):
        return Reading(str(address), None, "bad", ts, "the value is no finite number", data_type)
    return Reading(str(address), shown, QUALITY_WORDS[quality], ts, None, data_type)


def shown_as(tag: TagSpec, address: Address, value: Any) -> float | bool | str | None:
    """The value as the tag would store it; as it is, if the tag names no type. Raises Misfit."""
    kind = kind_of(tag)
    element = pick(value, address.element)
    if kind is None:
        if isinstance(element, int | float) and not isinstance(element, bool):
            kind = Kind.NUMBER
        else:
            return plain(element)
    number, text = convert(Item.of(0, kind, tag, ()), element)
    if text is not None:
        return text
    if kind is Kind.BOOLEAN:
        return bool(number)
    untouched = type(element) is int and tag.scale is None and tag.offset is None
    return int(element) if untouched else number


def time_of(answer: Any, clock: TimestampSource) -> int | None:
    """Microseconds by the policy; None where we would have to use our own clock."""
    stamps = {
        "source": (answer.SourceTimestamp, answer.ServerTimestamp),
        "server": (answer.ServerTimestamp,),
        "arrival": (),
    }[clock]
    for stamp in stamps:
        if stamp is not None and stamp.year >= 1970:
            return from_datetime(stamp)
    return None


def data_type_of(variant: Any) -> str | None:
    """Our word for the type of a value; with [] for arrays; the standard's name for structures."""
    if variant is None or variant.Value is None:
        return None
    name = str(variant.VariantType.name)
    return DATA_TYPES.get(name, name) + ("[]" if variant.is_array else "")
