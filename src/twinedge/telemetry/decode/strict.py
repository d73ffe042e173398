"""A point read by hand, to name every fault it has; the slow half of every reading of texts."""

import asyncio
import math
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np

from twinedge.assets.model import name_fault
from twinedge.kit.errors import TooLarge
from twinedge.telemetry.decode.point import Columns, Point
from twinedge.telemetry.draft import TEXT_MAX, Draft, Faults
from twinedge.telemetry.model import QUALITY_WORDS
from twinedge.telemetry.times import read_time

FIELDS = Point.__struct_fields__
REQUIRED = ("asset_id", "tag_name", "value")
MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
TOO_LARGE = object()
"""Stands for a number beyond every type."""
_SLICE = 500
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder()


async def gathered(
    read: Callable[[int, Faults], Point | None], columns: Columns, faults: Faults
) -> Draft:
    """The draft of all rows that `read` gives a point for; it puts the faults of the others in."""
    rows: list[int] = []
    for start in range(0, len(faults.bad), _SLICE):
        points: list[Point] = []
        for row in range(start, min(start + _SLICE, len(faults.bad))):
            point = read(row, faults)
            if point is not None:
                points.append(point)
                rows.append(row)
        columns.add(points)
        await asyncio.sleep(0)
    return columns.draft(np.array(rows, np.intp), faults)


def bound(points: int, max_points: int) -> None:
    """Raise TooLarge when a request carries more points than that."""
    if points > max_points:
        raise TooLarge(
            f"a request of this form may carry at most {max_points} points; send several requests, "
            "or an Arrow stream (Content-Type: application/vnd.apache.arrow.stream), which has "
            "room for far more"
        )


def point_of_json(raw: bytes | msgspec.Raw, row: int, faults: Faults) -> Point | None:
    """One item of JSON: a Point, or None and every fault it has. Raises MALFORMED."""
    try:
        fields = _OBJECT.decode(raw)
    except msgspec.ValidationError:
        faults.add(row, "", "must be an object with asset_id, tag_name and value")
        return None
    return point_of({key: _decoded(value) for key, value in fields.items()}, row, faults)


def point_of(fields: Mapping[str, Any], row: int, faults: Faults) -> Point | None:
    """A Point of these fields, or None and every fault they have."""
    before = faults.count
    for key in fields:
        if key not in FIELDS:
            faults.add(row, shown(key), f"is not a field of a point; known: {', '.join(FIELDS)}")
    for key, check in _CHECKS.items():
        if key not in fields:
            if key in REQUIRED:
                faults.add(row, key, "is required")
        elif (message := check(fields[key])) is not None:
            faults.add(row, key, message)
    return None if faults.count > before else Point(**fields)


def shown(key: str) -> str:
    """A client's own key, fit for a message."""
    return key if len(key) <= 64 else key[:64] + "…"


def reason(error: Exception) -> str:
    """Why a text is not JSON, in plain words."""
    if isinstance(error, UnicodeDecodeError):
        return f"the text is not UTF-8 (byte {error.start})"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).removeprefix("JSON is malformed: ")


def _decoded(raw: msgspec.Raw) -> Any:
    try:
        return _ANY.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return TOO_LARGE  # the syntax was checked with the item: only a number's size is left


def _name(value: Any) -> str | None:
    return name_fault(value) if isinstance(value, str) else "must be a text"


def _value(value: Any) -> str | None:
    if isinstance(value, str):
        return f"is longer than {TEXT_MAX} characters" if len(value) > TEXT_MAX else None
    if value is TOO_LARGE or (type(value) is int and not _fits(value)):
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


_CHECKS = {
    "asset_id": _name,
    "tag_name": _name,
    "value": _value,
    "timestamp": _timestamp,
    "quality": _quality,
    "data_source_id": _source,
}
