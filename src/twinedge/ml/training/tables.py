"""A dataset's rows as a Table: which columns, in which order, and what is suspicious."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Floats, Table, Task, UnsuitableData
from twinedge.ml.training import leaks
from twinedge.ml.training.model import Order
from twinedge.ml.training.splitting import split

_MAX_CATEGORIES = 50
_UNEVEN = 0.05
"""Share of steps of another length above which rolling windows are said to be uneven."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Rows to learn from, rows to judge by, and warnings for people."""

    train: Table
    judge: Table | None
    warnings: tuple[str, ...]


def prepare(path: Path, order: Order, task: Task) -> Prepared:
    """Read the file. Raises UnsuitableData when nothing usable is left."""
    table = pq.read_table(path)
    warnings: list[str] = []
    names = _features(table, order, task, warnings)
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
    whole = Table(
        tuple(names), x[kept], None if y is None else y[kept],
        None if groups is None else groups[kept],
        {name: categories[name] for name in names if name in categories}, classes,
        times=None if times is None else times[kept],
    )  # fmt: skip
    whole = _stepped(whole, order, warnings)
    warnings += leaks.of_columns(whole, task)
    first, last, words = split(whole, order.validation_fraction, order.plan.memory)
    warnings += words
    if last is not None:
        warnings += leaks.of_rows(first, last)
    return Prepared(first, last, tuple(warnings))


def _features(table: Any, order: Order, task: Task, warnings: list[str]) -> list[str]:
    if task is Task.FORECASTING:  # the past of the target comes first, then what was asked for
        assert order.target is not None
        return [order.target, *(n for n in order.features or () if n != order.target)]
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
    numbers[np.isinf(numbers)] = np.nan
    return numbers


def _without_empty(
    x: Floats, names: list[str], order: Order, warnings: list[str]
) -> tuple[Floats, list[str]]:
    """Columns without a single value go, unless they were asked for by name."""
    # one known value clears a column, and nearly every column has it in its first row
    empty = np.isnan(x[0]) if len(x) else np.ones(x.shape[1], np.bool_)
    for number in np.flatnonzero(empty):
        empty[number] = np.isnan(x[:, number]).all()
    gone = [name for name, is_empty in zip(names, empty.tolist(), strict=True) if is_empty]
    if gone and (order.features is not None or gone[0] == order.target):
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
    if column.null_count == len(column):
        raise UnsuitableData(f"target {order.target!r} has no values at all")
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


def _groups(table: Any, order: Order) -> NDArray[np.int64] | None:
    name = order.group or ("asset_id" if "asset_id" in table.column_names else None)
    if name is None:
        return None
    encoded = pc.dictionary_encode(table.column(name)).combine_chunks()
    if hasattr(encoded, "chunk"):
        encoded = encoded.chunk(0)
    codes: NDArray[np.int64] = encoded.indices.fill_null(-1).to_numpy().astype(np.int64)
    return codes if order.group is not None or len(np.unique(codes)) > 1 else None


def _times(table: Any) -> NDArray[np.int64] | None:
    """The first column of times that has no gaps, in microseconds."""
    for field in table.schema:
        if pa.types.is_timestamp(field.type) and table.column(field.name).null_count == 0:
            found: NDArray[np.int64] = table.column(field.name).cast(pa.int64()).to_numpy()
            return found
    return None


def _stepped(table: Table, order: Order, warnings: list[str]) -> Table:
    """The table with its usual step; warns where rows in a window are not evenly apart."""
    if table.times is None:
        return table
    steps = np.concatenate([np.diff(table.times[rows]) for rows in table.units()])
    forward = steps[steps > 0]
    if len(forward) == 0:
        return table
    step = int(np.median(forward))
    uneven = float((np.abs(forward - step) > step / 2).mean())
    if order.plan.memory and uneven > _UNEVEN:
        warnings.append(
            f"{uneven:.0%} of the rows do not follow their neighbour after the usual "
            f"{step / 1e6:g} s: windows and lags count rows, not time"
        )
    return replace(table, step_us=step)
