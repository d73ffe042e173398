"""Which table a moment belongs to, and what the tables are called. Pure.

A *hot* table (`hot_00000001`) holds points in arrival order, without a key. A *piece* holds
history, sorted and without a duplicate: one UTC day (`p_20260105`) while the month is recent, one
month (`m_202601`) afterwards. Clocks of dead devices say 1970 or 2106: all that lies before 2000
or from 2100 on goes into one piece each (`e_early`, `e_late`), so that the number of tables stays
bounded whatever the devices send; so are days of months far ahead kept by the month.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from twinedge.kit.clock import MAX_US, MIN_US, US, from_datetime
from twinedge.telemetry.model import Range

DAY_US = 86_400 * US
COLUMNS = "s UINTEGER, ts BIGINT, v DOUBLE, q UTINYINT, t VARCHAR"
"""series, microseconds, value (NULL where the point has none), quality, text."""
PIECES = (
    "name VARCHAR, lo BIGINT, hi BIGINT, num_rows BIGINT, sorted_rows BIGINT,"
    " first_ts BIGINT, last_ts BIGINT"
)
"""The columns of the list of pieces."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLY = from_datetime(datetime(2000, 1, 1, tzinfo=UTC))
_NOTHING = Range(MIN_US, MIN_US)
_LATE = from_datetime(datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Piece:
    """A history table for lo <= ts < hi, of whose rows the first `sorted_rows` are one sorted run.

    first, last: limits of its points, inclusive, never too narrow.
    """

    name: str
    lo: int
    hi: int
    rows: int = 0
    sorted_rows: int = 0
    first: int = MAX_US
    last: int = MIN_US

    @property
    def is_day(self) -> bool:
        return self.name.startswith("p_")

    def grown(self, rows: int, first: int, last: int) -> "Piece":
        """The same table after a move brought it so many rows, sorted among themselves."""
        return replace(
            self,
            rows=self.rows + rows,
            sorted_rows=self.sorted_rows if self.rows else rows,
            first=min(first, self.first),
            last=max(last, self.last),
        )


@dataclass(slots=True)
class Hot:
    """A hot table and what is known of its rows; limits are inclusive and never too narrow.

    late_first, late_last: where rows lie that came at or before the newest point of their series.
    Only there can a (series, ts) repeat, inside the table or against anything that came earlier.
    """

    number: int
    rows: int = 0
    first: int | None = None
    last: int | None = None
    late_first: int | None = None
    late_last: int | None = None

    @property
    def name(self) -> str:
        return f"hot_{self.number:08d}"

    def widen(self, first: int, last: int, late: tuple[int, int] | None) -> None:
        """Make room for rows about to be committed."""
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)
        if late is not None:
            lo, hi = late
            self.late_first = lo if self.late_first is None else min(self.late_first, lo)
            self.late_last = hi if self.late_last is None else max(self.late_last, hi)


def piece_of(ts: int, recent: Range) -> Piece:
    """The empty piece a moment belongs to: a day if its month touches `recent`, else a month."""
    if ts < _EARLY:
        return Piece("e_early", MIN_US, _EARLY)
    if ts >= _LATE:
        return Piece("e_late", _LATE, MAX_US + 1)
    day = _EPOCH + timedelta(days=ts // DAY_US)
    month = day.replace(day=1)
    next_month = (month + timedelta(days=32)).replace(day=1)
    if not overlaps(from_datetime(month), from_datetime(next_month), recent):
        return Piece(f"m_{day:%Y%m}", from_datetime(month), from_datetime(next_month))
    start = from_datetime(day)
    return Piece(f"p_{day:%Y%m%d}", start, start + DAY_US)


def month_of(piece: Piece) -> Piece:
    """The empty month a day belongs to."""
    return piece_of(piece.lo, _NOTHING)


def overlaps(lo: int, hi: int, span: Range) -> bool:
    """Whether [lo, hi) and the span share a moment."""
    return (span.end is None or lo < span.end) and (span.start is None or hi > span.start)
