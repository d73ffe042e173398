"""One point as JSON has it, and lists of them to columns."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from twinedge.telemetry.draft import EXACT_INT, TEXT_MAX, Draft, Faults, Numbering
from twinedge.telemetry.model import QUALITY_WORDS, Micros, Qualities, Values
from twinedge.telemetry.times import read_times


class Point(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The reference's item. Times stay text: whole columns of them are read at once."""

    asset_id: str
    tag_name: str
    value: int | float | bool | str
    timestamp: str | None = None
    quality: Literal["good", "uncertain", "bad"] | None = None
    data_source_id: str | None = None


class Doubt(Exception):
    """Something in these points is wrong; the strict reading will say what."""


T = TypeVar("T", bound=np.generic)
_NAME = attrgetter("asset_id", "tag_name")
QUALITY: dict[str | None, int] = {None: 0} | {w: i for i, w in enumerate(QUALITY_WORDS)}
NUMBER, BOOLEAN, TEXT = range(3)
_CODE: dict[type, int] = {int: NUMBER, float: NUMBER, bool: BOOLEAN, str: TEXT}


@dataclass(slots=True)
class Columns:
    """Collects slices of points into one Draft."""

    numbering: Numbering
    now_us: int
    _series: list[NDArray[np.int64]] = field(default_factory=list)
    _ts: list[Micros] = field(default_factory=list)
    _value: list[Values] = field(default_factory=list)
    _quality: list[Qualities] = field(default_factory=list)
    _kind: list[NDArray[np.uint8]] = field(default_factory=list)
    _text: list[str | None] | None = None
    _sources: list[str | None] | None = None
    _rows: int = 0

    def add(self, points: list[Point]) -> None:
        """Append points. Raises Doubt when one of them has a fault of its own."""
        series = self.numbering.of(list(map(_NAME, points)))
        ts = _times([point.timestamp for point in points], self.now_us)
        values = [point.value for point in points]
        value, kind, text = _values(values)
        qualities = [point.quality for point in points]
        if qualities.count(None) < len(qualities):
            quality = np.array([QUALITY[word] for word in qualities], np.uint8)
        else:
            quality = np.zeros(len(points), np.uint8)
        sources = [point.data_source_id for point in points]
        if self._text is not None or text is not None:
            nothing: list[str | None] = [None] * len(points)
            before: list[str | None] = self._text or [None] * self._rows
            self._text = before + (nothing if text is None else text)
        if self._sources is not None or sources.count(None) < len(sources):
            self._sources = (self._sources or [None] * self._rows) + sources
        self._series.append(series)
        self._ts.append(ts)
        self._value.append(value)
        self._quality.append(quality)
        self._kind.append(kind)
        self._rows += len(points)

    def draft(self, row: NDArray[np.intp] | None = None, faults: Faults | None = None) -> Draft:
        """Everything added. row: where each point stood, if rows were left out."""
        if not self._series:
            self.add([])
        return Draft(
            series=_joined(self._series),
            new_names=list(self.numbering.new),
            ts=_joined(self._ts),
            value=_joined(self._value),
            quality=_joined(self._quality),
            kind=_joined(self._kind),
            row=np.arange(self._rows) if row is None else row,
            faults=Faults(self._rows) if faults is None else faults,
            text=self._text,
            sources=self._sources,
        )


def _joined(parts: list[NDArray[T]]) -> NDArray[T]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _times(stamps: list[str | None], now_us: int) -> Micros:
    texts = [stamp for stamp in stamps if stamp is not None]
    try:
        read = read_times(texts)
    except ValueError:
        raise Doubt from None
    if len(texts) == len(stamps):
        return read
    ts = np.full(len(stamps), now_us, np.int64)
    ts[[stamp is not None for stamp in stamps]] = read
    return ts


def _values(
    values: list[int | float | bool | str],
) -> tuple[Values, NDArray[np.uint8], list[str | None] | None]:
    """(value, kind, text) columns of values as JSON gave them."""
    types = set(map(type, values))
    if str in types or (bool in types and len(types) > 1):
        return _mixed(values)
    try:
        value = np.array(values, np.float64)
    except OverflowError:
        raise Doubt from None
    code = BOOLEAN if types == {bool} else NUMBER
    kind = np.full(len(values), code, np.uint8)
    return value, kind, _digits(values, value) if int in types else None


def _mixed(
    values: list[int | float | bool | str],
) -> tuple[Values, NDArray[np.uint8], list[str | None] | None]:
    kind = np.array([_CODE[type(value)] for value in values], np.uint8)
    try:
        value = np.array([np.nan if type(v) is str else v for v in values], np.float64)
    except OverflowError:
        raise Doubt from None
    text = _digits(values, value)
    if (kind == TEXT).any():
        text = text if text is not None else [None] * len(values)
        for index in np.flatnonzero(kind == TEXT).tolist():
            word = values[index]
            assert isinstance(word, str)
            if len(word) > TEXT_MAX:
                raise Doubt
            text[index] = word
    return value, kind, text


def _digits(values: list[int | float | bool | str], value: Values) -> list[str | None] | None:
    """The digits of integers that float64 cannot hold exactly; None when there are none."""
    large = np.flatnonzero(np.abs(value) >= EXACT_INT).tolist()
    text: list[str | None] | None = None
    for index in large:
        number = values[index]
        if type(number) is int and int(value[index]) != number:
            text = text if text is not None else [None] * len(values)
            text[index] = str(number)
    return text
