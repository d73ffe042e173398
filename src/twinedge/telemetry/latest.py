"""The newest point of every series, in memory: arrays by series number."""

import numpy as np
from numpy.typing import NDArray

from twinedge.telemetry.model import Batch, Series

_NEVER = np.iinfo(np.int64).min


class LatestCache:
    """Newest by the point's own time, not by arrival; a point of the same time replaces it.

    18 bytes a series. Reads and writes are vectorised: 1 000 points cost some 30 µs.
    """

    def __init__(self) -> None:
        self._ts = np.full(1024, _NEVER, np.int64)
        self._value = np.zeros(1024, np.float64)
        self._quality = np.zeros(1024, np.uint8)
        self._has_text = np.zeros(1024, np.bool_)
        self._text: dict[int, str] = {}

    def apply(self, batch: Batch) -> None:
        """Take in a stored batch."""
        if len(batch) == 0:
            return
        series, ts = batch.series, batch.ts
        self._grow(int(series.max()) + 1)
        np.maximum.at(self._ts, series, ts)
        newest = ts == self._ts[series]
        if not newest.all():
            batch = batch.take(newest)
            series = batch.series
        # a repeated index takes the last row: of equal times the later point wins
        self._value[series] = batch.value
        self._quality[series] = batch.quality
        if batch.text is not None or self._text:
            self._apply_text(batch)

    def _apply_text(self, batch: Batch) -> None:
        texts = batch.text or (None,) * len(batch)
        # marked first, so that a later row without text in the same batch clears it again
        self._has_text[batch.series[[text is not None for text in texts]]] = True
        for row in np.flatnonzero(self._has_text[batch.series]).tolist():
            number, text = int(batch.series[row]), texts[row]
            if text is None:
                self._text.pop(number, None)
            else:
                self._text[number] = text
            self._has_text[number] = text is not None

    def get(self, series: Series, arrived_us: int) -> Batch:
        """The newest point of each of these series, in this order; those without are left out."""
        known = series[series < len(self._ts)]
        found = known[self._ts[known] != _NEVER]
        text = None
        if self._text and self._has_text[found].any():
            text = tuple(self._text.get(number) for number in found.tolist())
        return Batch(
            found, self._ts[found], self._value[found], self._quality[found], arrived_us, text
        )

    def forget(self, series: NDArray[np.integer]) -> None:
        """Drop what is known of these series."""
        known = series[series < len(self._ts)]
        self._ts[known] = _NEVER
        self._has_text[known] = False
        if self._text:
            for number in known.tolist():
                self._text.pop(number, None)

    def all_series(self) -> Series:
        """Every series that has a newest point, ascending."""
        return np.flatnonzero(self._ts != _NEVER).astype(np.uint32)

    def _grow(self, size: int) -> None:
        have = len(self._ts)
        if size <= have:
            return
        more = max(size, 2 * have) - have
        self._ts = np.concatenate([self._ts, np.full(more, _NEVER, np.int64)])
        self._value = np.concatenate([self._value, np.zeros(more, np.float64)])
        self._quality = np.concatenate([self._quality, np.zeros(more, np.uint8)])
        self._has_text = np.concatenate([self._has_text, np.zeros(more, np.bool_)])
