"""The forms of an answer: each carries the same rows."""

import csv
import io
import json
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telemetry.conftest import Room
from twinedge.assets.model import Kind, Tag
from twinedge.kit.clock import MAX_US, MIN_US, to_iso
from twinedge.kit.errors import Invalid
from twinedge.telemetry.encode import rows
from twinedge.telemetry.encode.answer import ARROW, CSV, JSON, NDJSON, PARQUET, form_of
from twinedge.telemetry.encode.arrow import table_of
from twinedge.telemetry.model import QUALITY_WORDS, Range
from twinedge.telemetry.search import Page

TAGS = {
    1: Tag(1, "P", "number", Kind.NUMBER),
    2: Tag(2, "P", "switch", Kind.BOOLEAN),
    3: Tag(3, 'Ü,"x"\\', "te xt", Kind.TEXT),
}
raw_rows = st.one_of(
    st.tuples(st.just(1), st.floats(allow_infinity=False), st.none()),
    st.tuples(st.just(1), st.just(0.0), st.integers(2**53, 2**80)),
    st.tuples(st.just(2), st.sampled_from([0.0, 1.0, np.nan]), st.none()),
    st.tuples(st.just(3), st.just(np.nan), st.one_of(st.none(), st.text(max_size=5))),
)
points = st.lists(
    st.tuples(raw_rows, st.integers(MIN_US, MAX_US), st.sampled_from([0, 1, 2])), max_size=30
)


def page_of(points: list[Any]) -> Page:
    series = [row[0] for row, _, _ in points]
    texts = tuple(None if row[2] is None else str(row[2]) for row, _, _ in points)
    return Page(
        tags=TAGS,
        series=np.array(series, np.uint32),
        ts=np.array([ts for _, ts, _ in points], np.int64),
        quality=np.array([quality for _, _, quality in points], np.uint8),
        columns={"value": np.array([row[1] for row, _, _ in points], np.float64)},
        raw=True,
        limit=1000,
        next_cursor=None,
        text=texts if any(t is not None for t in texts) else None,
    )


def expected_rows(points: list[Any]) -> list[dict[str, Any]]:
    """The rows as the reference has them, one by one."""
    found = []
    for (series, value, text), ts, quality in points:
        tag = TAGS[series]
        if text is not None:
            shown: Any = text
        elif np.isnan(value):
            shown = None
        else:
            shown = bool(value) if tag.kind is Kind.BOOLEAN else value
        found.append(
            {
                "timestamp": to_iso(ts),
                "asset_id": tag.asset_id,
                "tag_name": tag.tag_name,
                "value": shown,
                "quality": QUALITY_WORDS[quality],
            }
        )
    return found


class TestRows:
    @given(points=points, size=st.sampled_from([1, 7, 2000]))
    def test_json(self, points: list[Any], size: int) -> None:
        body = self.sliced(rows.json_slices, points, size)
        answer = json.loads(body)
        assert answer["data"] == expected_rows(points)
        assert answer["meta"] == {"limit": 1000, "next_cursor": None}
        assert [list(row) for row in answer["data"]] == [
            ["timestamp", "asset_id", "tag_name", "value", "quality"]
        ] * len(points)

    @given(points=points, size=st.sampled_from([1, 7, 2000]))
    def test_ndjson(self, points: list[Any], size: int) -> None:
        body = self.sliced(rows.ndjson_slices, points, size)
        lines = body.decode().split("\n")
        assert lines.pop() == ""
        assert [json.loads(line) for line in lines] == expected_rows(points)

    @given(points=points, size=st.sampled_from([1, 7, 2000]))
    def test_csv(self, points: list[Any], size: int) -> None:
        body = self.sliced(rows.csv_slices, points, size).decode()
        got = list(csv.reader(io.StringIO(body, newline="")))
        assert got[0] == ["timestamp", "asset_id", "tag_name", "value", "quality"]
        expected = [[self.cell(v) for v in row.values()] for row in expected_rows(points)]
        for have, want in zip(got[1:], expected, strict=True):
            if have != want:
                have[3], want[3] = repr(float(have[3])), repr(float(want[3]))
            assert have == want

    def test_a_text_with_line_breaks_stays_one_cell(self) -> None:
        body = b"".join(rows.csv_slices(page_of([((3, np.nan, "a\r\nb\rc\n"), 0, 0)])))
        (_, row) = csv.reader(io.StringIO(body.decode(), newline=""))
        assert row[3] == "a\r\nb\rc\n"

    @staticmethod
    def cell(value: Any) -> str:
        if value is None:
            return ""
        return json.dumps(value) if isinstance(value, bool) else str(value)

    @staticmethod
    def sliced(write: Any, points: list[Any], size: int) -> bytes:
        before, rows.SLICE_ROWS = rows.SLICE_ROWS, size
        try:
            return b"".join(write(page_of(points)))
        finally:
            rows.SLICE_ROWS = before


class TestArrow:
    @given(points=points)
    def test_columns(self, points: list[Any]) -> None:
        table = table_of(page_of(points))
        assert table.schema.names == [
            "timestamp", "asset_id", "tag_name", "value", "text", "quality",
        ]  # fmt: skip
        assert str(table.schema.field("timestamp").type) == "timestamp[us, tz=UTC]"
        for got, want, (row, _ts, _quality) in zip(
            table.to_pylist(), expected_rows(points), points, strict=True
        ):
            assert (got["asset_id"], got["tag_name"], got["quality"]) == (
                want["asset_id"], want["tag_name"], want["quality"],
            )  # fmt: skip
            assert got["value"] == (None if np.isnan(row[1]) else row[1])
            assert got["text"] == (None if row[2] is None else str(row[2]))
        assert table.column("timestamp").cast(pa.int64()).to_pylist() == [ts for _, ts, _ in points]


class TestForm:
    @pytest.mark.parametrize(
        ("accept", "form"),
        [
            (None, JSON),
            ("", JSON),
            ("*/*", JSON),
            ("application/*", JSON),
            ("text/*", CSV),
            ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
            ("text/csv", CSV),
            ("TEXT/CSV", CSV),
            ("application/json;q=0.5, text/csv", CSV),
            ("application/json, text/csv;q=0.9", JSON),
            ("application/x-ndjson", NDJSON),
            (ARROW, ARROW),
            (PARQUET, PARQUET),
        ],
    )
    def test_the_best_one_wins(self, accept: str | None, form: str) -> None:
        assert form_of(accept) == form

    @pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/csv;q=x", "nonsense"])
    def test_none_is_a_fault_of_accept(self, accept: str) -> None:
        with pytest.raises(Invalid) as caught:
            form_of(accept)
        assert [fault.field for fault in caught.value.faults] == ["Accept"]


class TestOverHttp:
    async def test_every_form_has_its_type_and_the_cursor(self, room: Room) -> None:
        data = [
            {"asset_id": "P", "tag_name": "t", "value": n, "timestamp": f"2026-01-06T10:00:0{n}Z"}
            for n in range(5)
        ]
        await room.post(data)
        for form in (JSON, NDJSON, CSV, ARROW, PARQUET):
            answer = await room.client.get(
                "/v1/telemetry", params={"limit": 3}, headers={"accept": form}
            )
            assert answer.headers["content-type"].partition(";")[0] == form
            assert answer.headers["x-next-cursor"]
            if form == PARQUET:
                values = pq.read_table(io.BytesIO(answer.content)).column("value").to_pylist()
            elif form == ARROW:
                values = pa.ipc.open_stream(answer.content).read_all().column("value").to_pylist()
            elif form == CSV:
                values = [float(line.split(",")[3]) for line in answer.text.splitlines()[1:]]
            else:
                lines = answer.json()["data"] if form == JSON else answer.text.splitlines()
                read = (line if form == JSON else json.loads(line) for line in lines)
                values = [row["value"] for row in read]
            assert values == [0, 1, 2]

    async def test_long_answers_are_streamed_whole(self, room: Room) -> None:
        data = [
            {"asset_id": "P", "tag_name": f"t{n}", "value": n, "timestamp": "2026-01-06T10:00:00Z"}
            for n in range(5000)
        ]
        await room.post(data)
        assert len(await room.rows(limit=100_000)) == 5000

    async def test_an_arrow_answer_of_numbers_can_be_sent_back(self, room: Room) -> None:
        await room.post([{"asset_id": "P", "tag_name": "t", "value": 2.5}])
        before = await room.rows()
        answer = await room.client.get("/v1/telemetry", headers={"accept": ARROW})
        table = pa.ipc.open_stream(answer.content).read_all().drop_columns(["text"])
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        await room.telemetry.delete(None, Range())
        again = await room.client.post(
            "/v1/telemetry", content=sink.getvalue(), headers={"content-type": ARROW}
        )
        assert again.json() == {"data": {"accepted": 1}}
        assert await room.rows() == before
