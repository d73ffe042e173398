"""Columns that hold times as numbers since 1970 become times."""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_NAME = re.compile(r"(unix|epoch)?[_ ]?(time|timestamp|ts|date|datetime|epoch)([_ ]?(s|ms|us|ns))?")
_FROM_S, _TO_S = 946_684_800, 4_102_444_800
"""2000 to 2100: what else a number in a time column may be."""
_UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def with_times(table: pa.Table) -> pa.Table:
    """The table; a number column named like a time, all within 2000 to 2100, is one."""
    for place, field in enumerate(table.schema):
        is_number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        if is_number and _NAME.fullmatch(field.name.strip().lower()):
            made = _as_time(table.column(place))
            if made is not None:
                table = table.set_column(place, field.name, made)
    return table


def _as_time(column: Any) -> Any:
    numbers = column.cast(pa.float64(), safe=False)
    limits = pc.min_max(numbers).as_py()
    if limits["min"] is None:
        return None
    for per_second in _UNITS.values():
        if _FROM_S * per_second <= limits["min"] and limits["max"] <= _TO_S * per_second:
            if pa.types.is_integer(column.type) and per_second >= _UNITS["us"]:
                us = pc.divide(column.cast(pa.int64()), per_second // _UNITS["us"])
            else:
                us = pc.round(pc.multiply(numbers, _UNITS["us"] / per_second)).cast(pa.int64())
            return us.cast(pa.timestamp("us", "UTC"))
    return None
