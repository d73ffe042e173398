"""The points of one tick of the live socket: written as JSON once, whoever reads them."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from twinedge.assets.model import Kind
from twinedge.assets.service import Register
from twinedge.telemetry.model import QUALITY_WORDS, Batch
from twinedge.telemetry.times import write_times

_json = msgspec.json.Encoder().encode


class Tick:
    """A batch under a sequence number; each row becomes text when it is first asked for."""

    def __init__(self, seq: int, timestamp: str, batch: Batch, register: Register) -> None:
        self.seq = seq
        self.timestamp = timestamp
        self.batch = batch
        self._register = register
        self._rows: list[str | None] = [None] * len(batch)

    def __len__(self) -> int:
        return len(self.batch)

    def frame(self, rows: NDArray[np.intp]) -> str:
        """The message with these rows, as the client gets it."""
        missing = [row for row in rows.tolist() if self._rows[row] is None]
        if missing:
            times = write_times(self.batch.ts[missing])
            for row, time in zip(missing, times, strict=True):
                self._rows[row] = self._row(row, time)
        points = ",".join([self._rows[row] or "" for row in rows.tolist()])
        return (
            f'{{"type":"data","channel":"telemetry","data":[{points}],'
            f'"timestamp":"{self.timestamp}","seq":{self.seq}}}'
        )

    def _row(self, row: int, time: str) -> str:
        tag = self._register.by_series(int(self.batch.series[row]))
        value: object = float(self.batch.value[row])
        text = self.batch.text[row] if self.batch.text is not None else None
        if tag.kind is Kind.TEXT:
            value = text
        elif text is not None:
            value = int(text)  # digits of an integer too long for a float
        elif tag.kind is Kind.BOOLEAN and not np.isnan(self.batch.value[row]):
            value = bool(value)
        return _json(
            {
                "timestamp": time,
                "asset_id": tag.asset_id,
                "tag_name": tag.tag_name,
                "value": value,
                "quality": QUALITY_WORDS[int(self.batch.quality[row])],
            }
        ).decode()


def newest_rows(batch: Batch) -> NDArray[np.intp]:
    """The row of each series that is newest by time (of equal times the later one), ascending."""
    order = np.lexsort((np.arange(len(batch)), batch.ts, batch.series))
    series = batch.series[order]
    last = np.append(series[1:] != series[:-1], True)
    return np.sort(order[last])
