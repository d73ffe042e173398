"""The query parameters of GET /telemetry, read and checked: every fault at once."""

import base64
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from twinedge.assets.model import Kind, Tag
from twinedge.assets.service import Register
from twinedge.kit.errors import Fault, Invalid
from twinedge.telemetry.intervals import Interval
from twinedge.telemetry.model import QUALITY_WORDS, Quality, Range
from twinedge.telemetry.times import read_time

AGGREGATIONS = ("avg", "min", "max", "sum", "count", "first", "last")
ENVELOPE = ("min", "max", "avg", "first", "last")
"""What `max_points` answers per bucket."""
PARAMETERS = (
    "data_source_id", "asset_id", "tag_name", "start", "end", "aggregation", "interval", "tz",
    "quality", "order", "limit", "cursor", "max_points",
)  # fmt: skip
_REPEATABLE = frozenset({"asset_id", "tag_name", "quality"})
MAX_LIMIT = 100_000
MAX_POINTS = 100_000
_DEFAULT_LIMIT = 1000

Pairs = Sequence[tuple[str, str]]
"""Query parameters as the client wrote them, in order, repeats kept."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query:
    """What GET /telemetry asks for.

    functions is empty for raw points. qualities: which count (empty = all). after: where the page
    before ended. check: a fingerprint of the question, so that a cursor is not used with another.
    """

    tags: tuple[Tag, ...]
    span: Range
    qualities: tuple[Quality, ...]
    descending: bool
    limit: int
    after: tuple[int, int] | None
    functions: tuple[str, ...]
    interval: Interval | None
    zone: ZoneInfo | None
    max_points: int | None
    check: int

    @property
    def is_envelope(self) -> bool:
        """Whether the rows carry all of ENVELOPE in place of one value."""
        return self.max_points is not None


class Parameters:
    """Reads parameters one by one and collects the faults."""

    def __init__(self, pairs: Pairs, known: Sequence[str], repeatable: Iterable[str] = ()) -> None:
        self.faults: list[Fault] = []
        self._values: dict[str, list[str]] = {}
        for key, value in pairs:
            self._values.setdefault(key, []).append(value)
        for key, values in self._values.items():
            if key not in known:
                listed = ", ".join(sorted(known))
                self.fault(key[:64], f"is not a query parameter here; known are: {listed}")
            elif len(values) > 1 and key not in repeatable:
                self.fault(key, "is given more than once")

    def fault(self, field: str, message: str) -> None:
        self.faults.append(Fault(field, message))

    def all(self, key: str) -> list[str]:
        """Every value of a repeatable parameter; an empty one is a fault."""
        values = self._values.get(key, [])
        if any(value == "" for value in values):
            self.fault(key, "must not be empty")
        return [value for value in values if value]

    def one(self, key: str, read: Callable[[str], T]) -> T | None:
        """The parameter read by `read`, whose ValueError becomes the fault; None if not given."""
        values = self._values.get(key)
        if not values:
            return None
        try:
            return read(values[-1])
        except ValueError as error:
            self.fault(key, str(error))
            return None

    def raise_faults(self) -> None:
        """Raise Invalid when there is a fault."""
        if self.faults:
            message = "; ".join(f"{f.field} {f.message}" for f in self.faults[:3])
            raise Invalid(message, self.faults[:100])


def split_names(values: Sequence[str], exists: Callable[[str], bool]) -> list[str]:
    """Names out of repeated parameters or comma lists.

    A name may itself contain commas: a value that is a known name as a whole is not split.
    """
    names: list[str] = []
    for value in values:
        whole = "," not in value or exists(value)
        names.extend([value] if whole else [part for part in value.split(",") if part])
    return list(dict.fromkeys(names))


def read_query(pairs: Pairs, register: Register) -> Query:
    """Read the parameters. Raises Invalid with every fault."""
    read = Parameters(pairs, PARAMETERS, _REPEATABLE)
    asset_ids = split_names(read.all("asset_id"), register.has_asset)
    tag_names = split_names(read.all("tag_name"), register.has_tag_name)
    source = read.one("data_source_id", _filled)
    start, end = read.one("start", _time), read.one("end", _time)
    if start is not None and end is not None and start > end:
        read.fault("start", "must not be after end")
    functions: tuple[str, ...] = ()
    if aggregation := read.one("aggregation", _choice(AGGREGATIONS)):
        functions = (aggregation,)
    interval = read.one("interval", Interval.parse)
    max_points = read.one("max_points", _integer(1, MAX_POINTS))
    zone = read.one("tz", _zone)
    _check_together(read, bool(functions), pairs)
    if max_points is not None:
        functions = ENVELOPE
    qualities = _qualities(read, aggregated=bool(functions))
    descending = read.one("order", _choice(("asc", "desc"))) == "desc"
    default = _DEFAULT_LIMIT if max_points is None else MAX_LIMIT
    limit = read.one("limit", _integer(1, MAX_LIMIT)) or default
    check = zlib.crc32(repr(sorted(p for p in pairs if p[0] not in {"cursor", "limit"})).encode())
    after = read.one("cursor", lambda text: read_cursor(text, check))
    tags = _select(read, register, asset_ids, tag_names, source, functions)
    read.raise_faults()
    return Query(
        tags=tuple(tags),
        span=Range(start, end),
        qualities=qualities,
        descending=descending,
        limit=limit,
        after=after,
        functions=functions,
        interval=interval,
        zone=zone,
        max_points=max_points,
        check=check,
    )


def _check_together(read: Parameters, aggregated: bool, pairs: Pairs) -> None:
    """Parameters that need or exclude one another."""
    given = {key for key, _ in pairs}
    if "max_points" in given:
        for key in sorted(given & {"aggregation", "interval", "tz"}):
            read.fault(key, "cannot be combined with max_points, which picks its own buckets")
    elif "aggregation" not in given:
        for key in sorted(given & {"interval", "tz"}):
            read.fault(key, "needs aggregation: " + ", ".join(AGGREGATIONS))
    elif aggregated and "tz" in given and "interval" not in given:
        read.fault("tz", "needs interval: without one the whole range is one bucket")


def _select(
    read: Parameters,
    register: Register,
    asset_ids: list[str],
    tag_names: list[str],
    source: str | None,
    functions: tuple[str, ...],
) -> list[Tag]:
    """The tags asked for. Text tags cannot be averaged: one asked for by name is a fault."""
    tags = register.select(asset_ids, tag_names, source)
    if not functions or functions == ("count",):
        return tags
    texts = [tag for tag in tags if tag.kind is Kind.TEXT]
    if texts and (tag_names or len(texts) == len(tags)):
        names = ", ".join(f"{tag.asset_id}/{tag.tag_name}" for tag in texts[:3])
        field = "max_points" if functions == ENVELOPE else "aggregation"
        read.fault(field, f"texts can only be counted: {names} holds texts")
    return [tag for tag in tags if tag.kind is not Kind.TEXT]


def _qualities(read: Parameters, *, aggregated: bool) -> tuple[Quality, ...]:
    words = [word for value in read.all("quality") for word in value.split(",")]
    if not words:
        return (Quality.GOOD, Quality.UNCERTAIN) if aggregated else ()
    wrong = [word for word in words if word not in (*QUALITY_WORDS, "all")]
    if wrong:
        read.fault("quality", f"must be one of: {', '.join(QUALITY_WORDS)}, all")
        return ()
    if "all" in words:
        return ()
    return tuple(sorted({Quality(QUALITY_WORDS.index(word)) for word in words}))


def _filled(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _time(text: str) -> int:
    try:
        return read_time(text)
    except ValueError:
        # a plus in a query means a blank; clients that forget to encode it mean an offset
        if " " in text:
            return read_time(text.replace(" ", "+"))
        raise


def _choice(words: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be one of: {', '.join(words)}")
        return text

    return read


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 20):
            raise ValueError(f"must be a whole number from {low} to {high}")
        if not low <= int(text) <= high:
            raise ValueError(f"must be from {low} to {high}")
        return int(text)

    return read


def _zone(text: str) -> ZoneInfo | None:
    try:
        return None if text == "UTC" else ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        raise ValueError("is not an IANA time zone such as Europe/Berlin") from None


_CURSOR = struct.Struct(">qII")


def write_cursor(after: tuple[int, int], check: int) -> str:
    """(time, series) of the last row of a page, opaque to the client."""
    return base64.urlsafe_b64encode(_CURSOR.pack(*after, check)).decode().rstrip("=")


def read_cursor(text: str, check: int) -> tuple[int, int]:
    """What `write_cursor` wrote. Raises ValueError for anything else, or of another question."""
    try:
        ts, series, fingerprint = _CURSOR.unpack(
            base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        )
    except (ValueError, struct.error):
        raise ValueError("is not a cursor that this API gave out") from None
    if fingerprint != check:
        raise ValueError("belongs to a query with other parameters")
    return ts, series
