"""High-water marks: the newest ts of every series, which tell the points that may be repeats."""

import numpy as np

from twinedge.telemetry.model import Micros, Series

_MARKED = 1 << 22
"""Series numbers from here on have no mark and count as late always: bounds the array to 32 MB."""
_NEVER = np.iinfo(np.int64).min


class Marks:
    """A mark may be too high (after a delete), which only costs time; it is never too low."""

    def __init__(self) -> None:
        self._newest: Micros = np.full(1024, _NEVER, np.int64)

    def late(self, series: Series, ts: Micros) -> tuple[int, int] | None:
        """Span (inclusive) of the rows that may repeat a (series, ts); None if none can.

        series, ts: columns of one length > 0, in arrival order. A row is late if it does not lie
        after the mark of its series; all rows of a series that goes back in time count.
        """
        self._reserve(int(series.max()))
        marked = series < _MARKED
        late = ts <= self._newest[np.where(marked, series, 0)]
        late |= ~marked
        if len(series) > 1:
            order = np.argsort(series, kind="stable")
            grouped, moments = series[order], ts[order]
            back = (grouped[1:] == grouped[:-1]) & (moments[1:] <= moments[:-1])
            if back.any():
                late |= np.isin(series, grouped[1:][back])
        if not late.any():
            return None
        return int(ts[late].min()), int(ts[late].max())

    def raise_to(self, series: Series, ts: Micros) -> None:
        """Note that these points are stored."""
        if len(series) == 0:
            return
        self._reserve(int(series.max()))
        marked = series < _MARKED
        if not marked.all():
            series, ts = series[marked], ts[marked]
        np.maximum.at(self._newest, series, ts)

    def _reserve(self, highest: int) -> None:
        wanted = min(highest, _MARKED - 1) + 1
        if wanted > len(self._newest):
            grown = np.full(1 << (wanted - 1).bit_length(), _NEVER, np.int64)
            grown[: len(self._newest)] = self._newest
            self._newest = grown
