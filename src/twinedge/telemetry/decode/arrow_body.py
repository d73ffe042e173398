"""Arrow IPC streams to drafts: column by column, no Python per row.

Columns: asset_id and tag_name (text, plain or dictionary); value (number, boolean or text);
optional timestamp (any unit, with zone or read as UTC; ISO 8601 texts; integers are microseconds
since 1970 UTC) and quality (words). A null in an optional column means the default.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from twinedge.assets.model import Name
from twinedge.kit.clock import MAX_US, MIN_US
from twinedge.kit.errors import Fault, Invalid, TooLarge
from twinedge.telemetry.draft import EXACT_INT, TEXT_MAX, Draft, Faults, Numbering
from twinedge.telemetry.model import QUALITY_WORDS, Micros, Qualities, Values
from twinedge.telemetry.times import read_time

_REQUIRED = ("asset_id", "tag_name", "value")
_KNOWN = (*_REQUIRED, "timestamp", "quality")
_TABLE_MAX = 4_000_000
"""Largest asset × tag table that maps names by position; beyond it names are sorted instead."""
_PER_UNIT = {"s": 1_000_000, "ms": 1000, "us": 1}
_NUMBER, _BOOLEAN, _TEXT = range(3)


async def decode_arrow(
    body: bytes, known: Mapping[Name, int], now_us: int, max_points: int
) -> Draft:
    """Read an Arrow IPC stream. Raises Invalid when it is none or its columns are of other types,
    TooLarge over max_points; faults of single rows are in the draft (data[row].column)."""
    table = await asyncio.to_thread(_read, body)
    if table.num_rows > max_points:
        raise TooLarge(
            f"an Arrow request may carry at most {max_points} points, this one has "
            f"{table.num_rows}; send several requests"
        )
    _check_schema(table.schema)
    return await asyncio.to_thread(_draft, table, known, now_us)


def _read(body: bytes) -> pa.Table:
    try:
        with pa.ipc.open_stream(body) as reader:
            table = reader.read_all()
        table.validate(full=True)
        return table.combine_chunks()
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).split("\n")[0][:200]
        raise Invalid.at("body", f"is not an Arrow IPC stream: {reason}") from None


def _check_schema(schema: pa.Schema) -> None:
    faults: list[Fault] = []
    for name in schema.names:
        if name not in _KNOWN:
            faults.append(Fault(name[:64], f"is not a column here; known: {', '.join(_KNOWN)}"))
        elif schema.names.count(name) > 1:
            faults.append(Fault(name, "is there more than once"))
    for name in _REQUIRED:
        if name not in schema.names:
            faults.append(Fault(name, "is a required column"))
    if not faults:
        for name, (accepts, words) in _TYPES.items():
            if name in schema.names and not accepts(_plain(schema.field(name).type)):
                faults.append(Fault(name, f"must be {words}, not {schema.field(name).type}"))
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)


def _draft(table: pa.Table, known: Mapping[Name, int], now_us: int) -> Draft:
    rows = table.num_rows
    faults = Faults(rows)
    numbering = Numbering(known)
    series = _series(table, numbering, faults)
    value, kind, text = _values(_column(table, "value"), faults)
    ts = np.full(rows, now_us, np.int64)
    if "timestamp" in table.schema.names:
        ts = _times(_column(table, "timestamp"), now_us, faults)
    quality = np.zeros(rows, np.uint8)
    if "quality" in table.schema.names:
        quality = _qualities(_column(table, "quality"), faults)
    return Draft(
        series=series,
        new_names=list(numbering.new),
        ts=ts,
        value=value,
        quality=quality,
        kind=kind,
        row=np.arange(rows),
        faults=faults,
        text=text,
    )


def _column(table: pa.Table, name: str) -> Any:
    """The column as one array."""
    chunks = table.column(name)
    return (
        chunks.chunk(0)
        if chunks.num_chunks == 1
        else pa.concat_arrays(chunks.chunks or [pa.array([], chunks.type)])
    )


def _plain(type_: Any) -> Any:
    return type_.value_type if pa.types.is_dictionary(type_) else type_


def _is_text(type_: Any) -> bool:
    return bool(
        pa.types.is_string(type_) or pa.types.is_large_string(type_)
        or pa.types.is_string_view(type_)
    )  # fmt: skip


def _is_value(type_: Any) -> bool:
    return bool(
        pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_boolean(type_)
        or _is_text(type_)
    )  # fmt: skip


def _is_time(type_: Any) -> bool:
    return bool(
        pa.types.is_timestamp(type_) or _is_text(type_)
        or pa.types.is_int64(type_) or pa.types.is_uint64(type_)
    )  # fmt: skip


_TYPES = {
    "asset_id": (_is_text, "text"),
    "tag_name": (_is_text, "text"),
    "value": (_is_value, "numbers, booleans or text"),
    "timestamp": (_is_time, "a timestamp, ISO 8601 text, or integer microseconds since 1970"),
    "quality": (_is_text, f"one of the words {', '.join(QUALITY_WORDS)}"),
}


def _words(column: Any) -> tuple[NDArray[np.int64], list[str | None]]:
    """(code of each row, words): codes of nulls point at a None."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    words: list[str | None] = [*column.dictionary.to_pylist(), None]
    codes = column.indices.cast(pa.int64()).fill_null(len(words) - 1)
    numbers: NDArray[np.int64] = codes.to_numpy()
    return numbers, words


def _series(table: pa.Table, numbering: Numbering, faults: Faults) -> NDArray[np.int64]:
    assets, asset_words = _words(_column(table, "asset_id"))
    tags, tag_words = _words(_column(table, "tag_name"))
    for codes, words, name in ((assets, asset_words, "asset_id"), (tags, tag_words, "tag_name")):
        missing = np.array([word is None for word in words])[codes]
        faults.add_rows(np.flatnonzero(missing), name, lambda _row: "is required")
    pairs = assets * len(tag_words) + tags
    size = len(asset_words) * len(tag_words)
    if size <= max(_TABLE_MAX, len(pairs)):
        seen = np.zeros(size, np.bool_)
        seen[pairs] = True
        distinct = np.flatnonzero(seen)
    else:
        distinct = np.unique(pairs)
    names = [
        (asset_words[pair // len(tag_words)] or "", tag_words[pair % len(tag_words)] or "")
        for pair in distinct.tolist()
    ]
    numbers = numbering.of(names)
    if size <= max(_TABLE_MAX, len(pairs)):
        lookup = np.zeros(size, np.int64)
        lookup[distinct] = numbers
        series: NDArray[np.int64] = lookup[pairs]
    else:
        series = numbers[np.searchsorted(distinct, pairs)]
    return series


def _values(
    column: Any, faults: Faults
) -> tuple[Values, NDArray[np.uint8], list[str | None] | None]:
    rows = len(column)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    missing = np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))
    faults.add_rows(missing, "value", lambda _row: "is required")
    if _is_text(column.type):
        long = pc.greater(pc.utf8_length(column), TEXT_MAX).fill_null(False)
        faults.add_rows(
            np.flatnonzero(long.to_numpy(zero_copy_only=False)),
            "value",
            lambda _row: f"is longer than {TEXT_MAX} characters",
        )
        return np.full(rows, np.nan), np.full(rows, _TEXT, np.uint8), column.to_pylist()
    if pa.types.is_boolean(column.type):
        ones = column.cast(pa.uint8()).fill_null(0).to_numpy()
        return ones.astype(np.float64), np.full(rows, _BOOLEAN, np.uint8), None
    kind = np.full(rows, _NUMBER, np.uint8)
    if pa.types.is_integer(column.type):
        numbers = column.fill_null(0).to_numpy()
        return numbers.astype(np.float64), kind, _digits(numbers)
    value = column.cast(pa.float64()).fill_null(0).to_numpy()
    faults.add_rows(
        np.flatnonzero(~np.isfinite(value)), "value", lambda _row: "must not be NaN or infinite"
    )
    return value, kind, None


def _digits(numbers: NDArray[np.integer]) -> list[str | None] | None:
    """The digits of integers beyond 2^53, which float64 may not hold exactly."""
    if numbers.itemsize < 8:
        return None
    large = np.flatnonzero((numbers >= EXACT_INT) | (numbers <= -EXACT_INT)).tolist()
    if not large:
        return None
    text: list[str | None] = [None] * len(numbers)
    for row in large:
        number = int(numbers[row])
        if int(float(number)) != number:
            text[row] = str(number)
    return text


def _times(column: Any, now_us: int, faults: Faults) -> Micros:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_text(column.type):
        return _text_times(column, now_us, faults)
    missing = column.is_null().to_numpy(zero_copy_only=False)
    unit = column.type.unit if pa.types.is_timestamp(column.type) else "us"
    if pa.types.is_uint64(column.type):
        unsigned = column.fill_null(0).to_numpy()
        counts = np.minimum(unsigned, np.uint64(2**63 - 1)).astype(np.int64)
    else:
        counts = column.view(pa.int64()).fill_null(0).to_numpy()
    if unit == "ns":
        ts = counts // 1000
    else:
        factor = _PER_UNIT[unit]
        ts = np.clip(counts, MIN_US // factor - 1, MAX_US // factor + 1) * factor
    wrong = ((ts < MIN_US) | (ts > MAX_US)) & ~missing
    faults.add_rows(
        np.flatnonzero(wrong), "timestamp", lambda _row: "is not within the years 1 to 9999"
    )
    return np.where(missing, now_us, ts)


def _text_times(column: Any, now_us: int, faults: Faults) -> Micros:
    """Each distinct text is read once; batches of many series repeat their times."""
    codes, words = _words(column)
    read = np.full(len(words), now_us, np.int64)
    bad: dict[int, str] = {}
    for code, word in enumerate(words):
        if word is None:
            continue
        try:
            read[code] = read_time(word)
        except ValueError as error:
            bad[code] = str(error)
    if bad:
        wrong = np.flatnonzero(np.isin(codes, list(bad)))
        faults.add_rows(wrong, "timestamp", lambda row: bad[int(codes[row])])
    return read[codes]


def _qualities(column: Any, faults: Faults) -> Qualities:
    codes, words = _words(column)
    known = {word: number for number, word in enumerate(QUALITY_WORDS)}
    table = np.array([0 if word is None else known.get(word, 255) for word in words], np.uint8)
    quality: Qualities = table[codes]
    faults.add_rows(
        np.flatnonzero(quality == 255),
        "quality",
        lambda _row: f"must be one of: {', '.join(QUALITY_WORDS)}",
    )
    return quality
