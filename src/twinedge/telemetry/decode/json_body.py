"""The reference's JSON body, {"data": [point, …]}: a fast reading, and a strict one for faults.

The fast reading is used as long as nothing is wrong. At the first doubt the body is read again,
item by item, to name every fault at its exact place. Both accept the same bodies and give the same
columns (property test). Large bodies are read in slices, so the event loop is never held for long.
"""

import asyncio
import re
from collections.abc import Mapping

import msgspec

from twinedge.assets.model import Name
from twinedge.kit.errors import Fault, Invalid
from twinedge.telemetry.decode.point import Columns, Doubt, Point
from twinedge.telemetry.decode.strict import (
    MALFORMED,
    bound,
    gathered,
    point_of_json,
    reason,
    shown,
)
from twinedge.telemetry.draft import Draft, Faults, Numbering


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    data: list[Point]


_WHOLE = msgspec.json.Decoder(_Body)
_LIST = msgspec.json.Decoder(list[Point])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])

_SLICE_BYTES = 200_000
"""About 2 000 points, 3 ms of decoding."""
_HEAD = re.compile(rb'\s*\{\s*"data"\s*:\s*\[')
_BETWEEN = re.compile(rb"\}\s*,\s*\{")


async def decode_json(
    body: bytes, known: Mapping[Name, int], now_us: int, max_points: int
) -> Draft:
    """Read the body; faults of items are in the draft, those of the whole are raised.

    known: the register's numbers. Raises Invalid when the body is not {"data": […]} at all and
    TooLarge over max_points.
    """
    try:
        return await _fast(body, Columns(Numbering(known), now_us), max_points)
    except (*MALFORMED, Doubt):
        return await _strict(body, Columns(Numbering(known), now_us), max_points)


async def _fast(body: bytes, columns: Columns, max_points: int) -> Draft:
    slices = _cut(body) if len(body) > 2 * _SLICE_BYTES else []
    if not slices:
        points = _WHOLE.decode(body).data
        bound(len(points), max_points)
        columns.add(points)
        return columns.draft()
    total = 0
    for part in slices:
        points = _LIST.decode(part)
        total += len(points)
        bound(total, max_points)
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


async def _strict(body: bytes, columns: Columns, max_points: int) -> Draft:
    items = _items(body)
    bound(len(items), max_points)
    return await gathered(
        lambda row, faults: point_of_json(items[row], row, faults), columns, Faults(len(items))
    )


def _items(body: bytes) -> list[msgspec.Raw]:
    try:
        body.decode()  # parts left raw are not looked at by msgspec
        fields = _OBJECT.decode(body)
    except msgspec.ValidationError:
        raise Invalid.at("body", 'must be an object: {"data": [ … ]}') from None
    except MALFORMED as error:
        raise Invalid.at("body", f"is not valid JSON: {reason(error)}") from None
    faults = [Fault(shown(key), "is not a field here") for key in fields if key != "data"]
    if "data" not in fields:
        faults.append(Fault("data", "is required: the list of points"))
    else:
        try:
            items = _ITEMS.decode(fields["data"])
        except msgspec.ValidationError:
            faults.append(Fault("data", "must be a list of points"))
        except MALFORMED as error:
            raise Invalid.at("body", f"is not valid JSON: {reason(error)}") from None
    if faults:
        raise Invalid("; ".join(f"{fault.field} {fault.message}" for fault in faults[:3]), faults)
    return items
