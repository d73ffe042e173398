"""Snapshots on disk: tables cleaned, described, written once as Parquet."""

import hashlib
import json
import math
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from twinedge.kit.clock import from_datetime, to_iso
from twinedge.ml.datasets.bounds import bad
from twinedge.ml.datasets.model import Column, Histogram, Preview, Profile, Snapshot

_BINS = 20


def write(table: pa.Table, directory: Path) -> Snapshot:
    """Write the table; the file is named by its hash and on disk when this returns."""
    directory.mkdir(parents=True, exist_ok=True)
    clean = _clean(table)
    part = directory / f".part-{os.getpid()}-{id(table)}"
    pq.write_table(clean, part, compression="zstd")
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    size = part.stat().st_size
    part.replace(directory / f"{digest}.parquet")
    columns = tuple(_describe(name, clean.column(name)) for name in clean.column_names)
    return Snapshot(f"{digest}.parquet", digest, clean.num_rows, size, columns)


def preview(path: Path, snapshot: Snapshot, rows: int) -> Preview:
    """Every column's profile, and the first rows as plain values; times in ISO 8601."""
    file = pq.ParquetFile(path)
    batch = next(file.iter_batches(batch_size=rows), None)
    found = [] if batch is None else batch.slice(0, rows).to_pylist()
    items = [{name: _plain(value) for name, value in row.items()} for row in found]
    return Preview(profiles(path, snapshot), items, snapshot.row_count)


def remove(path: Path) -> None:
    """Delete a table and what is kept beside it."""
    path.unlink(missing_ok=True)
    _profile_file(path).unlink(missing_ok=True)


def profiles(path: Path, snapshot: Snapshot) -> tuple[Profile, ...]:
    """Every column's profile; computed once and kept beside the table."""
    kept = _profile_file(path)
    if not kept.exists():
        made = [_profile(path, column) for column in snapshot.columns]
        part = kept.with_suffix(f".part-{os.getpid()}")
        part.write_text(json.dumps([asdict(profile) for profile in made]))
        part.replace(kept)
        return tuple(made)
    read = json.loads(kept.read_text())
    return tuple(
        Profile(**{**item, "histogram": _histogram_of(item["histogram"])}) for item in read
    )


def _profile_file(path: Path) -> Path:
    return path.with_suffix(".profile.json")


def _histogram_of(read: dict[str, Any] | None) -> Histogram | None:
    return None if read is None else Histogram(tuple(read["edges"]), tuple(read["counts"]))


def _profile(path: Path, column: Column) -> Profile:
    """One column at a time is read, so that a wide table needs little memory."""
    values = pq.read_table(path, columns=[column.name]).column(0)
    distinct = int(pc.count_distinct(values, mode="only_valid").as_py())
    std = histogram = None
    if column.type == "number" and column.missing < len(values):
        numbers = values.drop_null().to_numpy()
        std = float(np.std(numbers))
        counts, edges = np.histogram(numbers, bins=min(_BINS, max(distinct, 1)))
        histogram = Histogram(tuple(edges.tolist()), tuple(counts.tolist()))
    return Profile(
        column.name, column.type, column.missing, column.min, column.max, column.mean,
        std if std is not None and math.isfinite(std) else None, distinct, histogram,
    )  # fmt: skip


def _clean(table: pa.Table) -> pa.Table:
    """Only four types remain: float64, bool, string, timestamp (µs, UTC). NaN becomes missing.

    Raises BadFile naming the column that cannot be one of them.
    """
    columns: dict[str, Any] = {}
    for field, column in zip(table.schema, table.columns, strict=True):
        try:
            columns[field.name] = _cleaned(column, field.type)
        except MemoryError:
            raise
        except pa.ArrowException as error:
            words = str(error).splitlines()[0][:200]
            raise bad(f"column {field.name!r} ({field.type}) cannot be kept: {words}") from None
    return pa.table(columns)


def _cleaned(column: Any, kind: Any) -> Any:
    if pa.types.is_boolean(kind):
        return column
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64(), safe=False)
        return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.float64())
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        us = column.cast(pa.timestamp("us", getattr(kind, "tz", None)), safe=False)
        return us.cast(pa.timestamp("us", "UTC"))
    return column.cast(pa.string())


def _describe(name: str, column: Any) -> Column:
    kind = column.type
    missing = int(column.null_count)
    if pa.types.is_floating(kind):
        limits = pc.min_max(column).as_py()
        mean = pc.mean(column).as_py()
        mean = mean if mean is not None and math.isfinite(mean) else None
        return Column(name, "number", missing, limits["min"], limits["max"], mean)
    word = (
        "boolean"
        if pa.types.is_boolean(kind)
        else "time"
        if pa.types.is_timestamp(kind)
        else "text"
    )
    return Column(name, word, missing, None, None, None)


def _plain(value: Any) -> Any:
    if hasattr(value, "timestamp"):
        return to_iso(from_datetime(value))
    return value
