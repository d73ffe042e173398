"""Gaps in the rows of one asset, closed chunk by chunk: what came before is carried along."""

from collections.abc import Awaitable, Callable

import numpy as np

from twinedge.telemetry.model import Values

NextKnown = Callable[[int, int], Awaitable[tuple[int, float] | None]]
"""(column, row) -> the next known (row, value) of the column at or after the row."""


class Gaps:
    """Rows numbered from 0, whole chunks in their order.

    forward: the last known value holds. linear: a line between the known values on both sides;
    `next_known` is asked when the one after is not in the chunk. Before the first known value, and
    after the last one of a line, there is nothing.
    """

    def __init__(self, fill: str, columns: int, next_known: NextKnown) -> None:
        self._fill = fill
        self._next_known = next_known
        self._last: list[tuple[int, float] | None] = [None] * columns
        self._next: list[tuple[int, float] | None] = [None] * columns
        self._ended = [False] * columns
        self._row = 0

    async def close(self, chunk: Values) -> None:
        """Fill float64[rows, columns] in place; NaN is a gap."""
        first, self._row = self._row, self._row + len(chunk)
        for number in range(chunk.shape[1]):
            column = chunk[:, number]
            known = np.flatnonzero(~np.isnan(column))
            last = self._last[number]
            if len(known):
                self._last[number] = (first + int(known[-1]), float(column[known[-1]]))
            if self._fill == "linear":
                after = await self._after(number, known, len(chunk))
                _draw(column, known, first, last, after)
            else:
                _hold(column, known, last)

    async def _after(
        self, number: int, known: "np.ndarray[tuple[int], np.dtype[np.intp]]", rows: int
    ) -> tuple[int, float] | None:
        """The first known value behind the chunk, when a line has to reach for it."""
        ends_known = len(known) > 0 and known[-1] == rows - 1
        if ends_known or self._last[number] is None or self._ended[number]:
            return None
        after = self._next[number]
        if after is None or after[0] < self._row:
            after = self._next[number] = await self._next_known(number, self._row)
            self._ended[number] = after is None
        return after


def _hold(
    column: Values, known: "np.ndarray[tuple[int], np.dtype[np.intp]]",
    last: tuple[int, float] | None,
) -> None:  # fmt: skip
    place = np.searchsorted(known, np.arange(len(column)), side="right") - 1
    before = np.nan if last is None else last[1]
    if len(known):
        column[:] = np.where(place >= 0, column[known[np.maximum(place, 0)]], before)
    else:
        column[:] = before


def _draw(
    column: Values, known: "np.ndarray[tuple[int], np.dtype[np.intp]]", first: int,
    last: tuple[int, float] | None, after: tuple[int, float] | None,
) -> None:  # fmt: skip
    rows = [int(row) + first for row in known]
    values = column[known].tolist()
    if last is not None:
        rows, values = [last[0], *rows], [last[1], *values]
    if after is not None:
        rows, values = [*rows, after[0]], [*values, after[1]]
    if not rows:
        return
    inside = np.arange(max(rows[0], first), min(rows[-1] + 1, first + len(column)))
    column[inside - first] = np.interp(inside, rows, values)
