"""A dataset's rows as a Table: which columns, in which order, and what is suspicious."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from twinedge.ml.algorithms.model import Floats, Table, Task, UnsuitableData
from twinedge.ml.training.model import Order

_MAX_CATEGORIES = 50
_LEAK = 0.999
"""Correlation with the target above which a feature is suspected to be made from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Rows to learn from, rows to judge by, and warnings for people. labels: of anomaly rows."""

    train: Table
    judge: Table | None
    warnings: tuple[str, ...]


def prepare(path: Path, order: Order, task: Task) -> Prepared:
    """Read the file. Raises UnsuitableData when nothing usable is left."""
    table = pq.read_table(path)
    warnings: list[str] = []
    names = _features(table, order, warnings)
    categories: dict[str, tuple[str, ...]] = {}
    columns = [_numbers(table.column(name), name, categories) for name in names]
    x = np.column_stack(columns) if columns else np.empty((table.num_rows, 0))
    x, names = _without_empty(x, names, order, warnings)
    y, classes = _target(table, order, task)
    groups = _groups(table, order)
    complete = ~np.isnan(x).any(axis=1)
    if y is not None:
        complete &= ~np.isnan(y)
    if not complete.all():
        warnings.append(f"{int((~complete).sum())} rows with missing values were left out")
    times = _times(table)
    kept = np.flatnonzero(complete)
    if times is not None:
        kept = kept[np.argsort(times[kept], kind="stable")]
    step = None
    if times is not None and len(kept) > 1:
        steps = np.diff(times[kept])
        step = int(np.median(steps[steps > 0])) if (steps > 0).any() else None
    whole = Table(
        tuple(names), x[kept], None if y is None else y[kept],
        None if groups is None else groups[kept],
        {name: categories[name] for name in names if name in categories}, classes, step,
    )  # fmt: skip
    warnings += _leaks(whole)
    first, last = _split(whole, order.validation_fraction)
    return Prepared(first, last, tuple(warnings))


def _features(table: Any, order: Order, warnings: list[str]) -> list[str]:
    if order.features is not None:
        return list(order.features)
    names = []
    for field in table.schema:
        if field.name in {order.target, order.group, "asset_id"}:
            continue
        if pa.types.is_timestamp(field.type):
            continue
        if pa.types.is_string(field.type):
            count = pc.count_distinct(table.column(field.name)).as_py()
            if count > _MAX_CATEGORIES:
                warnings.append(f"column {field.name!r} was left out: {count} different texts")
                continue
        names.append(field.name)
    return names


def _numbers(column: Any, name: str, categories: dict[str, tuple[str, ...]]) -> Floats:
    if pa.types.is_string(column.type):
        known = tuple(sorted(value for value in pc.unique(column).to_pylist() if value is not None))
        if len(known) > _MAX_CATEGORIES:
            raise UnsuitableData(
                f"feature {name!r} has {len(known)} different texts; at most {_MAX_CATEGORIES}"
            )
        categories[name] = known
        code = {value: float(number) for number, value in enumerate(known)}
        return np.array([code.get(value, np.nan) for value in column.to_pylist()], np.float64)
    if pa.types.is_timestamp(column.type):
        raise UnsuitableData(f"feature {name!r} is a time; times cannot be features")
    numbers: Floats = column.cast(pa.float64()).to_numpy().astype(np.float64)
    return numbers


def _without_empty(
    x: Floats, names: list[str], order: Order, warnings: list[str]
) -> tuple[Floats, list[str]]:
    """Columns without a single value go, unless they were asked for by name."""
    empty = np.array([bool(np.isnan(column).all()) for column in x.T], np.bool_)
    gone = [name for name, is_empty in zip(names, empty.tolist(), strict=True) if is_empty]
    if gone and order.features is not None:
        raise UnsuitableData(f"feature {gone[0]!r} has no values at all")
    if gone:
        warnings.append("columns without any value were left out: " + ", ".join(gone[:20]))
    kept = [name for name in names if name not in gone]
    if not kept:
        raise UnsuitableData("no usable feature column is left: all are empty, texts or times")
    return x[:, ~empty], kept


def _target(table: Any, order: Order, task: Task) -> tuple[Floats | None, tuple[Any, ...]]:
    if order.target is None:
        return None, ()
    column = table.column(order.target)
    if task is Task.CLASSIFICATION:
        values = column.to_pylist()
        classes = tuple(sorted({v for v in values if v is not None}, key=str))
        if len(classes) > _MAX_CATEGORIES:
            raise UnsuitableData(
                f"target {order.target!r} has {len(classes)} different values; a classifier takes "
                f"at most {_MAX_CATEGORIES}. Choose an algorithm for regression."
            )
        code = {value: float(number) for number, value in enumerate(classes)}
        return np.array([code.get(value, np.nan) for value in values], np.float64), classes
    if pa.types.is_string(column.type) or pa.types.is_timestamp(column.type):
        raise UnsuitableData(f"target {order.target!r} must be a number column")
    numbers: Floats = column.cast(pa.float64()).to_numpy().astype(np.float64)
    return numbers, ()


def _groups(table: Any, order: Order) -> Any:
    name = order.group or ("asset_id" if "asset_id" in table.column_names else None)
    if name is None:
        return None
    encoded = pc.dictionary_encode(table.column(name)).combine_chunks()
    if hasattr(encoded, "chunk"):
        encoded = encoded.chunk(0)
    codes = encoded.indices.fill_null(-1).to_numpy().astype(np.int64)
    return codes if order.group is not None or len(np.unique(codes)) > 1 else None


def _times(table: Any) -> Any:
    for field in table.schema:
        if pa.types.is_timestamp(field.type):
            column = table.column(field.name)
            if column.null_count == 0:
                return column.cast(pa.int64()).to_numpy()
            return None
    return None


def _leaks(table: Table) -> list[str]:
    """Features that are the target in disguise."""
    if table.target is None or len(table) < 3 or table.target.std() == 0:
        return []
    found = []
    for name, column in zip(table.names, table.features.T, strict=True):
        if column.std() > 0 and abs(np.corrcoef(column, table.target)[0, 1]) > _LEAK:
            found.append(f"feature {name!r} all but equals the target: is it made from it?")
    return found


def _split(table: Table, fraction: float) -> tuple[Table, Table | None]:
    """The first rows to learn, the last to judge; whole units where there are groups."""
    if fraction == 0:
        return table, None
    if table.groups is not None:
        units = np.unique(table.groups)
        held = units[len(units) - max(round(len(units) * fraction), 1) :]
        last = np.isin(table.groups, held)
        if len(units) > 1:
            return rows_of(table, ~last), rows_of(table, last)
    cut = len(table) - round(len(table) * fraction)
    number = np.arange(len(table))
    return rows_of(table, number < cut), rows_of(table, number >= cut)


def rows_of(table: Table, mask: Any) -> Table:
    """The rows of a mask."""
    return Table(
        table.names, table.features[mask],
        None if table.target is None else table.target[mask],
        None if table.groups is None else table.groups[mask],
        table.categories, table.classes, table.step_us,
    )  # fmt: skip
