"""The reference's JSON body, {"data": [point, …]}: a fast reading, and a strict one for faults.

The fast reading is used as long as nothing is wrong. At the first doubt the body is read again,
item by item, to name every fault at its exact place. Both accept the same bodies and give the same
columns (property test). Large bodies are read in slices, so the event loop is never held for long.
"""

import asyncio
import math
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from twinedge.assets.model import Name, name_fault
from twinedge.kit.errors import Fault, Invalid, TooLarge
from twinedge.telemetry.decode.point import Columns, Doubt, Point
from twinedge.telemetry.draft import TEXT_MAX, Draft, Faults, Numbering
from twinedge.telemetry.model import QUALITY_WORDS
from twinedge.telemetry.times import read_time


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    data: list[Point]


_WHOLE = msgspec.json.Decoder(_Body)
_LIST = msgspec.json.Decoder(list[Point])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
_ANY = msgspec.json.Decoder()

_SLICE_BYTES = 200_000
"""About 2 000 points, 3 ms of decoding."""
_STRICT_SLICE = 500
_HEAD = re.compile(rb'\s*\{\s*"data"\s*:\s*\[')
_BETWEEN = re.compile(rb"\}\s*,\s*\{")
_FIELDS = Point.__struct_fields__
_MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


async def decode_json(
    body: bytes, known: Mapping[Name, int], now_us: int, max_points: int
) -> Draft:
    """Read the body; faults of items are in the draft, those of the whole are raised.

    known: the register's numbers. Raises Invalid when the body is not {"data": […]} at all and
    TooLarge over max_points.
    """
    try:
        return await _fast(body, Columns(Numbering(known), now_us), max_points)
    except (*_MALFORMED, Doubt):
        return await _strict(body, Columns(Numbering(known), now_us), max_points)


async def _fast(body: bytes, columns: Columns, max_points: int) -> Draft:
    slices = _cut(body) if len(body) > 2 * _SLICE_BYTES else []
    if not slices:
        points = _WHOLE.decode(body).data
        _bound(len(points), max_points)
        columns.add(points)
        return columns.draft()
    total = 0
    for part in slices:
        points = _LIST.decode(part)
        total += len(points)
        _bound(total, max_points)
        columns.add(points)
        await asyncio.sleep(0)
    return columns.draft()


def _cut(body: bytes) -> list[bytes]:
    """The items as several JSON arrays; empty when the body does not look like the plain form.

    Cuts stand between `}` and `{`. If one of them happened to be inside a text or a nested value,
    the parts on both sides would not be arrays of points, and the strict reading takes over.
    """
    head = _HEAD.match(body)
    end = body.rstrip()
    tail = end[:-1].rstrip()
    if head is None or not end.endswith(b"}") or not tail.endswith(b"]"):
        return []
    parts: list[bytes] = []
    start, stop = head.end(), len(tail) - 1
    while (cut := _BETWEEN.search(body, start + _SLICE_BYTES, stop)) is not None:
        parts.append(b"[" + body[start : cut.start() + 1] + b"]")
        start = cut.end() - 1
    parts.append(b"[" + body[start:stop] + b"]")
    return parts


def _bound(points: int, max_points: int) -> None:
    if points > max_points:
        raise TooLarge(
            f"a JSON request may carry at most {max_points} points; send several requests, or an "
            "Arrow stream (Content-Type: application/vnd.apache.arrow.stream), which has room "
            "for far more"
        )


async def _strict(body: bytes, columns: Columns, max_points: int) -> Draft:
    items = _items(body)
    _bound(len(items), max_points)
    faults = Faults(len(items))
    rows: list[int] = []
    for start in range(0, len(items), _STRICT_SLICE):
        points: list[Point] = []
        for row in range(start, min(start + _STRICT_SLICE, len(items))):
            point = _point(items[row], row, faults)
            if point is not None:
                points.append(point)
                rows.append(row)
        columns.add(points)
        await asyncio.sleep(0)
    return columns.draft(np.array(rows, np.intp), faults)


def _items(body: bytes) -> list[msgspec.Raw]:
    try:
        body.decode()  # parts left raw are not looked at by msgspec
        fields = _OBJECT.decode(body)
    except msgspec.ValidationError:
        raise Invalid.at("body", 'must be an object: {"data": [ … ]}') from None
    except _MALFORMED as error:
        raise Invalid.at("body", f"is not valid JSON: {_reason(error)}") from None
    faults = [Fault(_shown(key), "is not a field here") for key in fields if key != "data"]
    if "data" not in fields:
        faults.append(Fault("data", "is required: the list of points"))
    else:
        try:
            items = _ITEMS.decode(fields["data"])
        except msgspec.ValidationError:
            faults.append(Fault("data", "must be a list of points"))
        except _MALFORMED as error:
            raise Invalid.at("body", f"is not valid JSON: {_reason(error)}") from None
    if faults:
        raise Invalid("; ".join(f"{fault.field} {fault.message}" for fault in faults[:3]), faults)
    return items


def _point(raw: msgspec.Raw, row: int, faults: Faults) -> Point | None:
    """One item read by hand: a Point, or None and every fault it has."""
    try:
        fields = _OBJECT.decode(raw)
    except msgspec.ValidationError:
        faults.add(row, "", "must be an object with asset_id, tag_name and value")
        return None
    before = faults.count
    for key in fields:
        if key not in _FIELDS:
            faults.add(row, _shown(key), f"is not a field of a point; known: {', '.join(_FIELDS)}")
    values = {key: _decoded(fields[key]) for key in _FIELDS if key in fields}
    for key, check in _CHECKS.items():
        if key not in values:
            if key in _REQUIRED:
                faults.add(row, key, "is required")
        elif (message := check(values[key])) is not None:
            faults.add(row, key, message)
    return None if faults.count > before else Point(**values)


_TOO_LARGE = object()
"""Stands for a number beyond every type."""


def _decoded(raw: msgspec.Raw) -> Any:
    try:
        return _ANY.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return _TOO_LARGE  # the syntax was checked with the item: only a number's size is left


def _name(value: Any) -> str | None:
    return name_fault(value) if isinstance(value, str) else "must be a text"


def _value(value: Any) -> str | None:
    if isinstance(value, str):
        return f"is longer than {TEXT_MAX} characters" if len(value) > TEXT_MAX else None
    if value is _TOO_LARGE or (type(value) is int and not _fits(value)):
        return "is too large a number"
    if isinstance(value, bool | int | float):
        return None
    return "must be a number, true, false or a text"


def _fits(number: int) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def _timestamp(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return "must be an ISO 8601 text such as 2026-01-06T10:00:00Z"
    try:
        read_time(value)
    except ValueError as error:
        return str(error)
    return None


def _quality(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value in QUALITY_WORDS):
        return None
    return f"must be one of: {', '.join(QUALITY_WORDS)}"


def _source(value: Any) -> str | None:
    return None if value is None or isinstance(value, str) else "must be a text"


_REQUIRED = ("asset_id", "tag_name", "value")
_CHECKS = {
    "asset_id": _name,
    "tag_name": _name,
    "value": _value,
    "timestamp": _timestamp,
    "quality": _quality,
    "data_source_id": _source,
}


def _shown(key: str) -> str:
    """A client's own key, fit for a message."""
    return key if len(key) <= 64 else key[:64] + "…"


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"the text is not UTF-8 (byte {error.start})"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).removeprefix("JSON is malformed: ")
