"""Points of a request body, decoded and columnar, but not yet accepted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twinedge.assets.model import Name
from twinedge.kit.errors import Fault
from twinedge.telemetry.model import Micros, Qualities, Values

FAULTS_SHOWN = 100
"""Faults named one by one; the message counts the rest."""

TEXT_MAX = 10_000
"""Longest text value in characters."""

EXACT_INT = 2**53
"""From here on float64 cannot hold every integer; the digits are kept as text."""


class Faults:
    """The faults of a body of n rows: which rows are bad, how many faults, and the first 100.

    A column-wise check of a million bad rows must not make a million objects, hence the counting.
    lines: for bodies of lines, the line (from 1) where each row begins.
    """

    def __init__(self, rows: int, lines: Sequence[int] | None = None) -> None:
        self._lines = lines
        self.bad = np.zeros(rows, np.bool_)
        self.count = 0
        self._first: list[tuple[int, str, str]] = []

    def add(self, row: int, field: str, message: str) -> None:
        """One fault of one row. `field` is relative to the item; empty means the item itself."""
        self.add_rows(np.array([row]), field, lambda _row: message)

    def add_rows(self, rows: NDArray[np.intp], field: str, message: Callable[[int], str]) -> None:
        """The same kind of fault in many rows; `message` is asked only for those shown."""
        self.bad[rows] = True
        self.count += len(rows)
        self._first.extend((int(row), field, message(int(row))) for row in rows[:FAULTS_SHOWN])
        if len(self._first) > 20 * FAULTS_SHOWN:
            self._trim()

    def _trim(self) -> None:
        self._first.sort(key=lambda fault: fault[0])
        del self._first[FAULTS_SHOWN:]

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def rejected(self) -> int:
        return int(self.bad.sum())

    def place(self, row: int, field: str) -> str:
        """The path as the client wrote it: data[17].timestamp, or line[18].timestamp."""
        at = f"data[{row}]" if self._lines is None else f"line[{self._lines[row]}]"
        return f"{at}.{field}" if field else at

    def shown(self) -> list[Fault]:
        """The first 100 by row."""
        self._trim()
        return [Fault(self.place(row, field), message) for row, field, message in self._first]

    def summary(self) -> str:
        """What is wrong in one sentence."""
        if self.count == 1:
            fault = self.shown()[0]
            return f"{fault.field} {fault.message}"
        rows = self.rejected
        text = f"{rows} of {len(self.bad)} points cannot be stored"
        if self.count > FAULTS_SHOWN:
            text += f" ({self.count} faults; the first {FAULTS_SHOWN} are listed)"
        return text


@dataclass(slots=True)
class Draft:
    """n decoded points as columns.

    series int64[n]: the number of a known series; or -1 - k for the k-th of `new_names`.
    kind uint8[n]: the code of each value's kind (assets.model.KINDS). row intp[n]: where in the
    body each point stood. sources: data source id per point, or None if no point names one.
    Rows that `faults` marks bad are either left out here or masked later; both are allowed.
    """

    series: NDArray[np.int64]
    new_names: list[Name]
    ts: Micros
    value: Values
    quality: Qualities
    kind: NDArray[np.uint8]
    row: NDArray[np.intp]
    faults: Faults
    text: list[str | None] | None = None
    sources: list[str | None] | None = None

    def __len__(self) -> int:
        return len(self.series)


@dataclass(slots=True)
class Numbering:
    """Numbers names by the register's table, and new names below zero, over several slices."""

    known: Mapping[Name, int]
    new: dict[Name, int] = field(default_factory=dict)

    def of(self, names: Iterable[Name]) -> NDArray[np.int64]:
        """The series of each name, in order: int64, see Draft.series."""
        names = names if isinstance(names, list) else list(names)
        found: list[int | None] = list(map(self.known.get, names))
        if None in found:
            for index, number in enumerate(found):
                if number is None:
                    found[index] = self.new.setdefault(names[index], -1 - len(self.new))
        return np.array(found, np.int64)
