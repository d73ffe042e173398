"""InfluxDB's line protocol: `temperature,asset_id=Pump_001 value=65.5 1767693600000000000`.

Each field of a line is a point: its tag name is the field's key, or the measurement where the
key is `value`. `asset_id` is a tag of the line and required; `quality` and `data_source_id` may be
others. Source: InfluxDB 1.8 and 2, "Line protocol reference".
"""

import asyncio
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from twinedge.assets.model import Name
from twinedge.kit.clock import MAX_US, MIN_US, to_iso
from twinedge.kit.errors import Invalid
from twinedge.telemetry.decode.point import Columns, Point
from twinedge.telemetry.decode.strict import TOO_LARGE, bound, gathered, point_of, reason, shown
from twinedge.telemetry.draft import Draft, Faults, Numbering

PRECISIONS = {"ns": (1, 1000), "us": (1, 1), "ms": (1000, 1), "s": (1_000_000, 1)}
"""Microseconds of one unit, as a fraction."""

_TAGS = ("asset_id", "quality", "data_source_id")
_KEY = r'(?:\\.|[^\\,= \n"])(?:\\.|[^\\,= \n])*'
_FIRST = r"(?:\\.|[^\\, \n#])(?:\\.|[^\\, \n])*"
_TAG = rf",({_KEY})=((?:\\.|[^\\,= \n])+)"
_MEASUREMENT, _PAIR = re.compile(_FIRST), re.compile(_TAG)
_HEAD = re.compile(rf"[ \t]*({_FIRST}(?:{_TAG})*)")
_FIELD = re.compile(rf'({_KEY})=("(?:\\.|[^"\\])*"|[^",= \r\n\t]+)(,?)', re.DOTALL)
_STAMP = re.compile(r"-?[0-9]{1,30}")
_SPACES = re.compile(r" +")
_TRUE = frozenset({"t", "T", "true", "True", "TRUE"})
_FALSE = frozenset({"f", "F", "false", "False", "FALSE"})
_WHOLE = re.compile(r"(-?[0-9]{1,400})[iu]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class _Wrong(ValueError):
    """A line that is none of this language; the text says why."""


class _Item(NamedTuple):
    """A point to be, or what is wrong with its line."""

    line: int
    fields: dict[str, Any]
    fault: str | None


async def decode_lines(
    body: bytes, known: Mapping[Name, int], now_us: int, max_points: int, precision: str
) -> Draft:
    """Read the lines; blank ones and comments are left out. Faults of lines are in the draft.

    precision: of time stamps, a key of PRECISIONS. Raises Invalid when the body is no text,
    TooLarge over max_points.
    """
    try:
        items = await asyncio.to_thread(lambda: _items(body.decode(), precision, max_points))
    except UnicodeDecodeError as error:
        raise Invalid.at("body", f"is not line protocol: {reason(error)}") from None

    def read(row: int, faults: Faults) -> Point | None:
        item = items[row]
        if item.fault is not None:
            faults.add(row, "", item.fault)
            return None
        return point_of(item.fields, row, faults)

    faults = Faults(len(items), [item.line for item in items])
    return await gathered(read, Columns(Numbering(known), now_us), faults)


def _items(text: str, precision: str, max_points: int) -> list[_Item]:
    items: list[_Item] = []
    at, line = 0, 1
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        content = text[at:end].strip(" \r\t")
        if content and not content.startswith("#"):
            try:
                points, end = _line(text, at, precision)
                items += [_Item(line, point, None) for point in points]
            except _Wrong as wrong:
                items.append(_Item(line, {}, str(wrong)))
            bound(len(items), max_points)
        line += text.count("\n", at, end) + 1
        at = end + 1
    return items


def _line(text: str, at: int, precision: str) -> tuple[list[dict[str, Any]], int]:
    """The points of the line that begins at `at`, and where it ends. Raises _Wrong."""
    head = _HEAD.match(text, at)
    if head is None:
        raise _Wrong("begins with no measurement")
    measurement, tags = _head(head[1])
    values, at = _fields(text, _skip(text, head.end(), "has no fields after the tags"))
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    stamp = text[at:end].strip(" \r\t")
    common = tags | {"timestamp": _time(stamp, precision)} if stamp else tags
    return [
        {"tag_name": measurement if key == "value" else key, "value": value, **common}
        for key, value in values
    ], end


@lru_cache(maxsize=4096)
def _head(text: str) -> tuple[str, dict[str, str]]:
    """Measurement and tags; lines of one device begin alike. The dict is not to be changed."""
    found = _MEASUREMENT.match(text)
    assert found is not None, "_HEAD begins with a measurement"
    measurement, at = _plain(found[0]), found.end()
    tags: dict[str, str] = {}
    while (pair := _PAIR.match(text, at)) is not None:
        key, value, at = _plain(pair[1]), _plain(pair[2]), pair.end()
        if key not in _TAGS:
            raise _Wrong(f"has the tag {shown(key)!r}; known are: {', '.join(_TAGS)}")
        if key in tags:
            raise _Wrong(f"has the tag {key!r} twice")
        tags[key] = value
    return measurement, tags


def _fields(text: str, at: int) -> tuple[list[tuple[str, Any]], int]:
    values: list[tuple[str, Any]] = []
    while True:
        found = _FIELD.match(text, at)
        if found is None:
            rest = text[at : at + 20].partition("\n")[0]
            raise _Wrong(f"has no key=value at {rest!r}")
        values.append((_plain(found[1]), _value(found[2])))
        at = found.end()
        if not found[3]:
            break
    if at < len(text) and text[at] not in " \r\n\t":
        raise _Wrong(f"goes on with {text[at]!r} after a value")
    return values, at


def _skip(text: str, at: int, otherwise: str) -> int:
    spaces = _SPACES.match(text, at)
    if spaces is None:
        raise _Wrong(otherwise)
    return spaces.end()


def _value(text: str) -> Any:
    if text.startswith('"'):
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    whole = _WHOLE.fullmatch(text)
    if whole is not None:
        return int(whole[1])
    if _NUMBER.fullmatch(text) is None:
        raise _Wrong(f"has the value {shown(text)!r}: texts stand in double quotes")
    number = float(text)
    return number if math.isfinite(number) else TOO_LARGE


@lru_cache(maxsize=4096)
def _time(text: str, precision: str) -> str:
    if _STAMP.fullmatch(text) is None:
        raise _Wrong(f"ends with {shown(text)!r}, which is no time stamp of digits")
    up, down = PRECISIONS[precision]
    ts = int(text) * up // down
    if not MIN_US <= ts <= MAX_US:
        raise _Wrong(f"has a time stamp that is not within the years 1 to 9999 in {precision}")
    return to_iso(ts)


def _plain(text: str) -> str:
    """A key or tag value without the escapes of comma, equals sign and space."""
    return re.sub(r"\\([,= ])", r"\1", text) if "\\" in text else text
