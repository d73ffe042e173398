"""Telemetry in and out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from twinedge.client.http import Http, envelope_of
from twinedge.client.model import LatestPoint, Point

if TYPE_CHECKING:
    import pyarrow as pa

_PATH = "/v1/telemetry"
ARROW = "application/vnd.apache.arrow.stream"
_PAGE_ROWS = 100_000
_BODY_POINTS = 10_000


class Question(TypedDict, total=False):
    """The filters of GET /telemetry. Times are datetimes or ISO 8601; several ids are a list."""

    data_source_id: str
    asset_id: str | list[str]
    tag_name: str | list[str]
    start: datetime | str
    end: datetime | str
    quality: str
    order: str
    aggregation: str
    interval: str
    tz: str
    max_points: int


class Telemetry:
    """`client.telemetry`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def latest(self, asset_id: str, tags: Sequence[str] = ()) -> list[LatestPoint]:
        """The newest value of every tag of an asset, or of the named tags."""
        params = {"asset_id": asset_id, "tags": ",".join(tags) or None}
        return cast(list[LatestPoint], self._http.data("GET", f"{_PATH}/latest", params=params))

    def ingest(self, points: Iterable[Mapping[str, Any]]) -> int:
        """Store points: asset_id, tag_name, value, and perhaps timestamp and quality.

        Sent in bodies of 10 000, each all or nothing; returns how many are on disk. When a body is
        refused (ApiError) those before it are stored.
        """
        accepted = 0
        batch: list[Mapping[str, Any]] = []
        for point in points:
            batch.append(point)
            if len(batch) == _BODY_POINTS:
                accepted += self._ingest(batch)
                batch = []
        return accepted + (self._ingest(batch) if batch else 0)

    def ingest_table(self, table: "pa.Table") -> int:
        """Store an Arrow table with columns asset_id, tag_name, timestamp, value: the fast way."""
        import pyarrow as pa

        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        content = sink.getvalue().to_pybytes()
        headers = {"Content-Type": ARROW}
        answer = self._http.data("POST", _PATH, content=content, headers=headers)
        return cast(int, answer["accepted"])

    def rows(self, limit: int | None = None, **question: Unpack[Question]) -> Iterator[Point]:
        """The rows of a query as dictionaries, oldest first; at most `limit` of them.

        Fetched in pages as they are consumed, so that any span can be walked through.
        """
        left, cursor = limit, None
        while left is None or left > 0:
            asked = _params(question, _PAGE_ROWS if left is None else min(left, _PAGE_ROWS), cursor)
            answer = envelope_of(self._http.send("GET", _PATH, params=asked))
            yield from answer["data"]
            cursor = answer["meta"].get("next_cursor")
            if cursor is None:
                return
            left = None if left is None else left - len(answer["data"])

    def query(self, limit: int | None = None, **question: Unpack[Question]) -> "pa.Table":
        """The rows of a query as an Arrow table; `.to_pandas()` makes it a DataFrame."""
        import pyarrow as pa

        tables: list[pa.Table] = []
        left, cursor = limit, None
        while left is None or left > 0:
            asked = _params(question, _PAGE_ROWS if left is None else min(left, _PAGE_ROWS), cursor)
            answer = self._http.send("GET", _PATH, params=asked, headers={"Accept": ARROW})
            tables.append(pa.ipc.open_stream(answer.content).read_all())
            cursor = answer.headers.get("X-Next-Cursor")
            if cursor is None:
                break
            left = None if left is None else left - tables[-1].num_rows
        return pa.concat_tables(tables, promote_options="default")

    def _ingest(self, points: list[Mapping[str, Any]]) -> int:
        return cast(int, self._http.data("POST", _PATH, body={"data": points})["accepted"])


def _params(question: Question, limit: int, cursor: str | None) -> dict[str, Any]:
    params: dict[str, Any] = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in question.items()
    }
    return {**params, "limit": limit, "cursor": cursor}
