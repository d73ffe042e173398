"""Drift: how far live features have moved from those a model learned from.

Population stability index over the deciles of the training data: PSI = sum (q - p) ln(q / p), with
p the share of training rows in a bin and q that of live rows. Under 0.1 is stable, from 0.25 on
drifted (the usual thresholds of credit scoring). Live rows are forgotten slowly, so that about as
many count as the training had.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from twinedge.ml.algorithms.model import Floats

MODERATE, DRIFTED = 0.1, 0.25
FEWEST_ROWS = 100
"""Fewer live rows say nothing."""
_BINS = 10
_FLOOR = 1e-3
"""A bin is never emptier than this: one stray row is no drift."""
_MEMORY_ROWS = (300.0, 20_000.0)


def status_of(psi: float) -> str:
    """stable, moderate or drifted."""
    return "stable" if psi < MODERATE else "moderate" if psi < DRIFTED else "drifted"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The features as the model learned them. By feature (texts are left out): inner edges of its
    bins, ascending, and the share of rows in each bin (one more than edges)."""

    edges: Mapping[str, Floats]
    shares: Mapping[str, Floats]
    rows: int

    def to_json(self) -> dict[str, Any]:
        bins = {
            name: {"edges": edges.tolist(), "shares": self.shares[name].tolist()}
            for name, edges in self.edges.items()
        }
        return {"rows": self.rows, "bins": bins}

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "Reference":
        bins = read["bins"].items()
        return cls(
            {name: np.array(b["edges"], np.float64) for name, b in bins},
            {name: np.array(b["shares"], np.float64) for name, b in bins},
            int(read["rows"]),
        )

    @classmethod
    def of_table(cls, path: Path, features: Sequence[str]) -> "Reference":
        """From the number and boolean columns of a Parquet file, one column at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        edges: dict[str, Floats] = {}
        shares: dict[str, Floats] = {}
        rows = 0
        schema = pq.read_schema(path)
        for name in features:
            kind = schema.field(name).type if name in schema.names else pa.string()
            if not (pa.types.is_floating(kind) or pa.types.is_boolean(kind)):
                continue
            column = pq.read_table(path, columns=[name]).column(0).drop_null()
            values = column.cast(pa.float64()).to_numpy()
            if len(values) == 0:
                continue
            rows = max(rows, len(values))
            edges[name] = _edges(values)
            counts = np.bincount(_bins(edges[name], values), minlength=len(edges[name]) + 1)
            shares[name] = counts / len(values)
        return cls(edges, shares, rows)


def _edges(values: Floats) -> Floats:
    """Deciles; for a feature of few values the values, each with a bin of its own."""
    inner = np.unique(np.quantile(values, np.arange(1, _BINS) / _BINS, method="lower"))
    below = np.nextafter(inner[:1], -np.inf)
    few: Floats = np.unique(np.concatenate([below, inner])) if len(inner) < _BINS // 2 else inner
    return few


def _bins(edges: Floats, values: Floats) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    found: np.ndarray[tuple[int], np.dtype[np.intp]] = np.searchsorted(edges, values, side="left")
    return found


class Monitor:
    """Live rows of one asset against the reference. Deterministic: rows in, index out."""

    def __init__(self, reference: Reference, features: Sequence[str]) -> None:
        self._reference = reference
        self._columns = [(i, name) for i, name in enumerate(features) if name in reference.edges]
        self._counts = {name: np.zeros(len(reference.shares[name])) for _i, name in self._columns}
        low, high = _MEMORY_ROWS
        self._fade = math.exp(-1 / min(max(reference.rows / 2, low), high))
        self.rows = 0
        self.since_us: int | None = None

    def add(self, rows: Floats, since_us: int) -> None:
        """Count rows float64[n, features] in time order; since_us: the time of the first."""
        if self.since_us is None:
            self.since_us = since_us
        self.rows += len(rows)
        weights = self._fade ** np.arange(len(rows) - 1, -1, -1.0)
        for column, name in self._columns:
            counts = self._counts[name]
            counts *= self._fade ** len(rows)
            place = _bins(self._reference.edges[name], rows[:, column])
            counts += np.bincount(place, weights, minlength=len(counts))

    @property
    def counts(self) -> Mapping[str, Floats]:
        """Live rows by bin, faded; by feature."""
        return self._counts

    def worst(self) -> float | None:
        """The largest index of any feature; None while there are too few rows."""
        if self.rows < FEWEST_ROWS or not self._columns:
            return None
        return max(psi(self._reference.shares[n], c) for n, c in self._counts.items())

    def to_json(self) -> dict[str, Any]:
        counts = {name: count.round(3).tolist() for name, count in self._counts.items()}
        return {"rows": self.rows, "since_us": self.since_us, "counts": counts}

    def restore(self, read: Mapping[str, Any]) -> None:
        """Go on from what `to_json` gave."""
        self.rows, self.since_us = read["rows"], read["since_us"]
        for name, counts in read["counts"].items():
            if name in self._counts and len(counts) == len(self._counts[name]):
                self._counts[name] = np.array(counts, np.float64)


def psi(shares: Floats, counts: Floats) -> float:
    """Population stability index of live counts against training shares."""
    total = counts.sum()
    if total == 0:
        return 0.0
    p, q = np.maximum(shares, _FLOOR), np.maximum(counts / total, _FLOOR)
    p, q = p / p.sum(), q / q.sum()
    return float(((q - p) * np.log(q / p)).sum())


@dataclass(frozen=True, slots=True)
class DriftReport:
    """By feature its index over all assets; since_us None and no features: too few rows."""

    features: Mapping[str, float]
    since_us: int | None
    rows: int


def report(reference: Reference, monitors: Sequence[Monitor]) -> DriftReport:
    """All assets of a model together."""
    rows = sum(monitor.rows for monitor in monitors)
    if rows < FEWEST_ROWS:
        return DriftReport({}, None, rows)
    features = {}
    for name, shares in reference.shares.items():
        counts = np.sum([m.counts[name] for m in monitors if name in m.counts], axis=0)
        features[name] = psi(shares, np.atleast_1d(counts))
    starts = [m.since_us for m in monitors if m.since_us is not None]
    return DriftReport(features, min(starts, default=None), rows)
