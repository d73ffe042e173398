"""From OPC UA values to a Batch: kinds, scaling, quality, time. Pure."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Literal
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.words import status_words
from twinedge.kit.clock import MAX_US, MIN_US, from_datetime, to_iso
from twinedge.sources.model import TagSpec
from twinedge.telemetry.model import Batch, Quality

TimestampSource = Literal["source", "server", "arrival"]

EXACT = 1 << 53
"""Integers beyond this lose digits as float64, so their digits go along as text."""

STALE_US = 2_000_000
"""A first value older than this is also written with the time it was read (see `columns`)."""

_PLAIN = frozenset({float, int, bool})


class Misfit(Exception):
    """The value does not fit the tag; words for a person."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one client handle stands for."""

    series: int
    kind: Kind
    element: tuple[int, ...] = ()
    bit: int | None = None
    scale: float | None = None
    offset: float | None = None

    @classmethod
    def of(cls, series: int, kind: Kind, spec: TagSpec, element: tuple[int, ...]) -> "Item":
        return cls(series, kind, element, spec.bit, spec.scale, spec.offset)

    @property
    def is_plain(self) -> bool:
        """Whether a number becomes a point by multiplying and adding alone."""
        return self.kind is Kind.NUMBER and self.bit is None and not self.element


@dataclass(frozen=True, slots=True)
class Changes:
    """Values as they came, a row each: client handle, value, status, two times (0 = none)."""

    item: Sequence[int]
    value: Sequence[Any]
    code: Sequence[int]
    source_us: Sequence[int]
    server_us: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The items as columns, indexed by client handle; made anew when tags change."""

    items: tuple[Item | None, ...]
    series: NDArray[np.uint32]
    scale: NDArray[np.float64]
    offset: NDArray[np.float64]
    is_plain: NDArray[np.bool_]
    is_used: NDArray[np.bool_]

    @classmethod
    def of(cls, items: Sequence[Item | None]) -> "Table":
        """None marks a handle no longer in use; its late values are dropped."""
        return cls(
            tuple(items),
            np.array([i.series if i else 0 for i in items], np.uint32),
            np.array([1.0 if i is None or i.scale is None else i.scale for i in items], np.float64),
            np.array(
                [0.0 if i is None or i.offset is None else i.offset for i in items], np.float64
            ),
            np.array([i is not None and i.is_plain for i in items], np.bool_),
            np.array([i is not None for i in items], np.bool_),
        )


@dataclass(frozen=True, slots=True)
class Decoded:
    """A batch, and by handle the words for those whose last row is a fault."""

    batch: Batch
    faults: dict[int, str]


def quality_of(code: int) -> Quality:
    """The severity of an OPC UA status code: its top two bits (Part 4, 7.39)."""
    return Quality(min(code >> 30 & 3, 2))


def columns(
    table: Table,
    changes: Changes,
    arrived_us: int,
    clock: TimestampSource = "source",
    anew: NDArray[np.bool_] | None = None,
) -> Decoded:
    """Turn values into points, in their order; values of unused handles are dropped.

    A value that does not fit its tag makes no point but a fault. A bad status without a value, a
    null, and a number that is not finite make a point with NaN and bad quality.
    anew: by handle, whether this is the item's first value on this link or after a fault. Such a
    value may be old (a setpoint of last week); it is written twice, at its own time and at
    arrived_us, because the bad-quality marker of the loss would else stay the newest point.
    """
    handle = np.asarray(changes.item, np.intp)
    known = (handle >= 0) & (handle < len(table.items))
    known[known] = table.is_used[handle[known]]
    if not known.all():
        changes, handle = _rows(changes, np.flatnonzero(known)), handle[known]
    ts = _times(changes, arrived_us, clock)
    code = np.asarray(changes.code, np.int64)
    quality = np.minimum(code >> 30 & 3, 2).astype(np.uint8)

    value, text, misfits = _values(table, handle, changes.value)
    faults = _faults(handle, changes.code, changes.value, quality, misfits)
    keep = np.ones(len(handle), np.bool_)
    keep[[row for row in misfits if quality[row] != Quality.BAD]] = False
    lost = ~np.isfinite(value)
    if text is not None:
        lost &= np.array([t is None for t in text], np.bool_)
    value[~np.isfinite(value)] = np.nan
    quality[lost] = Quality.BAD

    again = keep & (ts < arrived_us - STALE_US)
    again &= anew[handle] & _is_last(handle) if anew is not None else False
    rows = np.concatenate([np.flatnonzero(keep), np.flatnonzero(again)])
    stamped = ts[rows]
    stamped[int(keep.sum()) :] = arrived_us
    batch = Batch(
        table.series[handle[rows]],
        stamped,
        value[rows],
        quality[rows],
        arrived_us,
        _texts(text, rows),
    )
    return Decoded(batch, faults)


def plain(value: Any) -> float | bool | str | None:  # noqa: PLR0911 - one a type
    """One value for people and JSON: a number, a truth or a text; integers stay exact.

    Raises Misfit for structures and arrays.
    """
    match value:
        case None | bool() | float() | str():
            return value
        case Enum():
            return plain(value.value)
        case int():
            return value if abs(value) <= EXACT else str(value)
        case datetime():
            return to_iso(from_datetime(value))
        case bytes():
            return base64.b64encode(value).decode()
        case UUID():
            return str(value)
        case list() | tuple():
            raise Misfit(
                f"the value is an array of {len(value)}; add ;index=0 (or the element wanted) "
                "to the address"
            )
    return _named(value)


def pick(value: Any, element: tuple[int, ...]) -> Any:
    """One element of an array. A server that knows index ranges has cut it to one already."""
    if value is None:
        return None
    for index in element:
        if not isinstance(value, list | tuple):
            raise Misfit("the address names an array element, but the value is no array")
        if len(value) == 1:
            value = value[0]
        elif index < len(value):
            value = value[index]
        else:
            raise Misfit(f"the array has {len(value)} elements, index={index} is beyond its end")
    return value


def convert(item: Item, value: Any) -> tuple[float, str | None]:
    """One value as (number, text) of the item's kind. Raises Misfit. None becomes NaN."""
    value = pick(value, item.element)
    if isinstance(value, Enum):
        value = value.value
    if value is None:
        return np.nan, None
    if item.bit is not None:
        if not isinstance(value, int):
            raise Misfit(
                f"bit {item.bit} is asked for, but the value {_short(value)} is no integer"
            )
        value = bool(value >> item.bit & 1)
    if item.kind is Kind.TEXT:
        shown = str(value) if type(value) is int else plain(value)
        return np.nan, ("true" if shown else "false") if isinstance(shown, bool) else str(shown)
    number = _number(value)
    if item.kind is Kind.BOOLEAN:
        if number not in {0.0, 1.0}:
            raise Misfit(f"the tag is a boolean, but the value is {_short(value)}")
        return number, None
    if item.scale is None and item.offset is None:
        return number, str(value) if type(value) is int and abs(value) > EXACT else None
    return number * (1.0 if item.scale is None else item.scale) + (item.offset or 0.0), None


def _number(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    shown = plain(value)
    raise Misfit(
        f"the value is the text {_short(shown)}, but the tag takes numbers; "
        "set data_type to string for a text tag"
    )


def _named(value: Any) -> str:
    """Text of the protocol's own classes, told by their shape: LocalizedText, names, ids, codes."""
    kind = type(value).__name__
    if kind == "LocalizedText":
        return value.Text or ""
    if kind == "QualifiedName":
        return value.Name or ""
    if kind == "StatusCode":
        return str(value.name)
    if kind in {"NodeId", "ExpandedNodeId", "NumericNodeId", "StringNodeId"}:
        return str(value.to_string())
    if kind == "XmlElement":
        return str(value.Value)
    if kind == "Variant":
        inner = plain(value.Value)
        return "" if inner is None else str(inner)
    raise Misfit(
        f"the value is a structure ({kind}), which cannot be a tag; pick one of the plain "
        "variables beneath it"
    )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _values(
    table: Table, handle: NDArray[np.intp], values: Sequence[Any]
) -> tuple[NDArray[np.float64], list[str | None] | None, dict[int, str]]:
    """Numbers, texts (None if there are none at all), and the words for each row that misfits."""
    misfits: dict[int, str] = {}
    if set(map(type, values)) <= _PLAIN and bool(table.is_plain[handle].all()):
        number = np.array(values, np.float64)
        if not np.any(np.abs(number) >= EXACT):
            return number * table.scale[handle] + table.offset[handle], None, misfits
    number = np.full(len(values), np.nan)
    text: list[str | None] = [None] * len(values)
    for row, (index, value) in enumerate(zip(handle.tolist(), values, strict=True)):
        item = table.items[index]
        if item is None:
            continue
        try:
            number[row], text[row] = convert(item, value)
        except Misfit as misfit:
            misfits[row] = str(misfit)
        except OverflowError:
            misfits[row] = f"the value {_short(value)} is too large for a number"
    return number, text if any(t is not None for t in text) else None, misfits


def _faults(
    handle: NDArray[np.intp],
    codes: Sequence[int],
    values: Sequence[Any],
    quality: NDArray[np.uint8],
    misfits: dict[int, str],
) -> dict[int, str]:
    """By handle, what is wrong with its last row; the well ones are left out."""
    odd = {row: status_words(codes[row]) for row in np.flatnonzero(quality == Quality.BAD).tolist()}
    for row, value in enumerate(values):
        if value is None:
            odd.setdefault(row, "the server has no value yet")
    odd = {**misfits, **odd}
    if not odd:
        return {}
    last = {index: row for row, index in enumerate(handle.tolist())}
    return {index: odd[row] for index, row in last.items() if row in odd}


def _times(changes: Changes, arrived_us: int, clock: TimestampSource) -> NDArray[np.int64]:
    arrived = np.full(len(changes.item), arrived_us, np.int64)
    if clock == "arrival":
        return arrived
    server = np.asarray(changes.server_us, np.int64)
    server = np.where(_is_time(server), server, arrived)
    if clock == "server":
        return server
    source = np.asarray(changes.source_us, np.int64)
    return np.where(_is_time(source), source, server)


def _is_time(us: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Before 1970 no PLC had a clock: such times, and 0, are missing ones."""
    return (us > max(MIN_US, 0)) & (us <= MAX_US)


def _is_last(handle: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Marks the last row of each handle."""
    last = np.zeros(len(handle), np.bool_)
    _, at = np.unique(handle[::-1], return_index=True)
    last[len(handle) - 1 - at] = True
    return last


def _rows(changes: Changes, rows: NDArray[np.intp]) -> Changes:
    index = rows.tolist()
    return Changes(
        [changes.item[i] for i in index],
        [changes.value[i] for i in index],
        [changes.code[i] for i in index],
        [changes.source_us[i] for i in index],
        [changes.server_us[i] for i in index],
    )


def _texts(text: list[str | None] | None, rows: NDArray[np.intp]) -> tuple[str | None, ...] | None:
    if text is None:
        return None
    kept = tuple(text[i] for i in rows.tolist())
    return kept if any(t is not None for t in kept) else None
