"""Columns of ISO 8601 times: read to microseconds, written from them; vectorised."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from twinedge.kit.clock import MAX_US, MIN_US, US, from_iso
from twinedge.telemetry.model import Micros

_VECTOR_FROM = 48
"""Rows from which Arrow's cast is cheaper than one `fromisoformat` a row (measured)."""

_MAX_TEXT = 64
"""Longer texts are no times; bounds the work on a hostile one."""


_arrow: Any = None
"""pyarrow, once `load_arrow` has run: 30 MB that a server without bulk bodies does not need."""
_loading = threading.Lock()


def load_arrow() -> None:
    """Import Arrow for `read_times`; takes 100 ms, so the event loop has a thread do it."""
    global _arrow  # noqa: PLW0603  a library is loaded once for the process
    import pyarrow
    import pyarrow.compute  # the cast would import it

    _arrow = pyarrow


def read_times(texts: Sequence[str]) -> Micros:
    """ISO 8601 texts as microseconds since 1970 UTC, int64[n], by the rules of `from_iso`.

    Raises ValueError when any is not a time; `from_iso` on each tells which. Whole columns of the
    common forms take Arrow's cast, which reads the same language as `from_iso` but less of it; the
    first columns of a process are read without, while a thread imports Arrow.
    """
    pa = _arrow
    if len(texts) >= _VECTOR_FROM and pa is None and _loading.acquire(blocking=False):
        threading.Thread(target=load_arrow, name="load-arrow", daemon=True).start()
    if len(texts) >= _VECTOR_FROM and pa is not None:
        column = pa.array(texts, pa.string())
        for zone in ("UTC", None):
            try:
                ts: Micros = column.cast(pa.timestamp("us", zone)).view(pa.int64()).to_numpy()
            except pa.ArrowInvalid:
                continue  # another form, or a fault: the slow reading below decides
            if ts.min() >= MIN_US and ts.max() <= MAX_US:
                return ts
    return np.fromiter((read_time(text) for text in texts), np.int64, len(texts))


def read_time(text: str) -> int:
    """One ISO 8601 time as microseconds. Raises ValueError with a reason in plain words."""
    if len(text) > _MAX_TEXT:
        raise ValueError("is not an ISO 8601 time: it is longer than 64 characters")
    return from_iso(text)


def write_times(ts: Micros) -> list[str]:
    """Microseconds as ISO 8601 UTC with `Z`; a fraction only when it is not zero."""
    if len(ts) == 0:
        return []
    fraction = ts % US
    if not fraction.any():
        seconds = (ts // US).astype("datetime64[s]")
        return [text + "Z" for text in np.datetime_as_string(seconds).tolist()]
    unit = "us" if (fraction % 1000).any() else "ms"
    moments = (ts // 1000 if unit == "ms" else ts).astype(f"datetime64[{unit}]")
    return [
        text.rstrip("0").removesuffix(".") + "Z" for text in np.datetime_as_string(moments).tolist()
    ]
