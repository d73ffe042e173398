"""A body of few plain points straight to rows: no arrays for what a single reading holds.

The short way of `json_body` for the commonest request there is, one device that sends its newest
values. At any doubt (a new tag, a text, a fault) it answers None and the body takes the long way.
"""

import msgspec

from twinedge.assets.service import Register
from twinedge.kit.clock import MIN_US
from twinedge.telemetry.decode.point import BOOLEAN, NUMBER, QUALITY, Point
from twinedge.telemetry.draft import EXACT_INT
from twinedge.telemetry.model import Row
from twinedge.telemetry.service import MAX_FUTURE_US
from twinedge.telemetry.times import read_time

FEW_BYTES = 2000
"""About 20 points; above, arrays are cheaper than rows (measured)."""


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    data: list[Point]


_DECODER = msgspec.json.Decoder(_Body)


class _Doubt(ValueError):
    """Not a plain point."""


def few_rows(body: bytes, register: Register, now_us: int) -> list[Row] | None:
    """The points as rows when every one is plain: a known tag, its kind, a good time; else None."""
    try:
        return [_row(point, register, now_us) for point in _DECODER.decode(body).data]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def _row(point: Point, register: Register, now_us: int) -> Row:
    series = register.numbers.get((point.asset_id, point.tag_name))
    value = point.value
    if series is None or isinstance(value, str) or point.data_source_id is not None:
        raise _Doubt
    if isinstance(value, int) and not -EXACT_INT < value < EXACT_INT:
        raise _Doubt  # its digits are kept as text
    if register.kinds[series] != (BOOLEAN if isinstance(value, bool) else NUMBER):
        raise _Doubt
    ts = now_us if point.timestamp is None else read_time(point.timestamp)
    if not MIN_US <= ts <= now_us + MAX_FUTURE_US:
        raise _Doubt
    return series, ts, float(value), QUALITY[point.quality]
