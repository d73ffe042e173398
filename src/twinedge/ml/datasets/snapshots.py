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
_GROUP_CELLS = 2_000_000


def write(table: pa.Table, directory: Path) -> Snapshot:
    """Write the table; the file is named by its hash and on disk when this returns."""
    with Writer(directory) as writer:
        writer.add(table)
        return writer.finish()


class Writer:
    """Writes a table piece by piece: row groups of about two million cells, at least one piece.

    All pieces have the same columns. Without `finish` nothing remains when the block ends.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._part = directory / f".part-{os.getpid()}-{id(self)}"
        self._file: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._columns: dict[str, _Tally] = {}
        self.rows = 0

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            self._file.close()
        self._part.unlink(missing_ok=True)

    def add(self, table: pa.Table) -> None:
        """Take a piece. Raises BadFile naming the column that cannot be kept."""
        clean = _clean(table)
        self.rows += len(clean)
        for name in clean.column_names:
            self._columns.setdefault(name, _Tally()).add(clean.column(name))
        self._waiting.append(clean)
        if sum(piece.num_rows * piece.num_columns for piece in self._waiting) >= _GROUP_CELLS:
            self._flush()

    def finish(self) -> Snapshot:
        """The whole table, named by its hash and on disk."""
        self._flush()
        assert self._file is not None
        self._file.close()
        with self._part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = self._part.stat().st_size
        self._part.replace(self._directory / f"{digest}.parquet")
        columns = tuple(tally.column(name) for name, tally in self._columns.items())
        return Snapshot(f"{digest}.parquet", digest, self.rows, size, columns)

    def _flush(self) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        self._waiting = []
        if self._file is None:
            self._file = pq.ParquetWriter(self._part, table.schema, compression="zstd")
        self._file.write_table(table)


class _Tally:
    """What a column's pieces say together."""

    def __init__(self) -> None:
        self._kind: Any = None
        self._rows = self._missing = 0
        self._sum = 0.0
        self._limits: tuple[float, float] | None = None

    def add(self, column: Any) -> None:
        self._kind = column.type
        self._rows += len(column)
        self._missing += column.null_count
        if pa.types.is_floating(column.type) and column.null_count < len(column):
            found = pc.min_max(column).as_py()
            low, high = self._limits or (math.inf, -math.inf)
            self._limits = min(low, found["min"]), max(high, found["max"])
            self._sum += pc.sum(column).as_py()

    def column(self, name: str) -> Column:
        if not pa.types.is_floating(self._kind):
            return Column(name, _word_of(self._kind), self._missing, None, None, None)
        if self._limits is None:
            return Column(name, "number", self._missing, None, None, None)
        mean = self._sum / (self._rows - self._missing)
        low, high = self._limits
        return Column(
            name, "number", self._missing, low, high, mean if math.isfinite(mean) else None
        )


def _word_of(kind: Any) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    return "time" if pa.types.is_timestamp(kind) else "text"


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


def _plain(value: Any) -> Any:
    if hasattr(value, "timestamp"):
        return to_iso(from_datetime(value))
    return value
