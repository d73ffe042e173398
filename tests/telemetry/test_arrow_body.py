"""Arrow bodies: every accepted type of every column, and faults by row."""

import asyncio
import io
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.clock import from_iso
from twinedge.kit.errors import Invalid, TooLarge
from twinedge.telemetry.decode import arrow_body
from twinedge.telemetry.decode.arrow_body import decode_arrow
from twinedge.telemetry.draft import Draft

NOW = from_iso("2026-01-06T12:00:00Z")
T = from_iso("2026-01-06T10:00:00.123456Z")
KNOWN = {("P", "t"): 7, ("P", "u"): 8}


def stream(table: pa.Table, chunk: int | None = None) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, chunk)
    return sink.getvalue()


def table(rows: int = 1, **columns: Any) -> pa.Table:
    plain: dict[str, Any] = {
        "asset_id": pa.array(["P"] * rows, pa.string()),
        "tag_name": pa.array(["t"] * rows, pa.string()),
        "value": pa.array([1.5] * rows, pa.float64()),
    }
    return pa.table({name: c for name, c in (plain | columns).items() if c is not None})


def read(body: bytes, max_points: int = 1000) -> Draft:
    return asyncio.run(decode_arrow(body, KNOWN, NOW, max_points))


def faults(draft: Draft) -> dict[str, str]:
    return {fault.field: fault.message for fault in draft.faults.shown()}


class TestNames:
    @given(
        rows=st.lists(
            st.tuples(st.sampled_from(["P", "Q", "Ü"]), st.sampled_from(["t", "u", "v"])),
            max_size=30,
        ),
        form=st.sampled_from(["plain", "large", "view", "dictionary"]),
        chunk=st.sampled_from([None, 3]),
        most=st.sampled_from([4_000_000, 0]),
    )
    def test_every_row_gets_the_number_of_its_name(
        self, rows: list[tuple[str, str]], form: str, chunk: int | None, most: int
    ) -> None:
        kinds = {"plain": pa.string(), "large": pa.large_string(), "view": pa.string_view()}
        columns = [pa.array([row[part] for row in rows], pa.string()) for part in (0, 1)]
        if form == "dictionary":
            columns = [column.dictionary_encode() for column in columns]
        else:
            columns = [column.cast(kinds[form]) for column in columns]
        size, arrow_body._TABLE_MAX = arrow_body._TABLE_MAX, most
        try:
            draft = read(
                stream(
                    table(len(rows), asset_id=columns[0], tag_name=columns[1]),
                    chunk if form != "dictionary" else None,
                )
            )
        finally:
            arrow_body._TABLE_MAX = size
        names = {**{number: name for name, number in KNOWN.items()}}
        names |= {-1 - k: name for k, name in enumerate(draft.new_names)}
        assert [names[number] for number in draft.series.tolist()] == rows

    def test_dictionaries_may_differ_from_batch_to_batch(self) -> None:
        parts = [
            table(
                asset_id=pa.array([name]).dictionary_encode(),
                tag_name=pa.array(["t"]).dictionary_encode(),
            )
            for name in ("P", "Q", "P")
        ]
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, parts[0].schema) as writer:
            for part in parts:
                writer.write_table(part)
        draft = read(sink.getvalue())
        assert draft.series.tolist() == [7, -1, 7]

    def test_missing_names_are_faults_of_their_rows(self) -> None:
        draft = read(stream(table(3, asset_id=pa.array(["P", None, "P"]))))
        assert faults(draft) == {"data[1].asset_id": "is required"}


class TestTimes:
    @pytest.mark.parametrize(
        ("column", "expected"),
        [
            (pa.array([T], pa.timestamp("us", "UTC")), T),
            (pa.array([T], pa.timestamp("us")), T),
            (pa.array([T], pa.timestamp("us", "Europe/Berlin")), T),
            (pa.array([T * 1000 + 999], pa.timestamp("ns", "UTC")), T),
            (pa.array([-1], pa.timestamp("ns", "UTC")), -1),
            (pa.array([T // 1000], pa.timestamp("ms")), T // 1000 * 1000),
            (pa.array([T // 1_000_000], pa.timestamp("s")), T // 1_000_000 * 1_000_000),
            (pa.array([T], pa.int64()), T),
            (pa.array([T], pa.uint64()), T),
            (pa.array(["2026-01-06T11:00:00.123456+01:00"]), T),
            (pa.array(["2026-01-06T10:00:00.1234569"]).dictionary_encode(), T),
            (pa.array([None], pa.timestamp("us")), NOW),
            (pa.array([None], pa.string()), NOW),
            (None, NOW),
        ],
    )
    def test_every_unit_and_form(self, column: Any, expected: int) -> None:
        draft = read(stream(table(timestamp=column)))
        assert draft.ts.tolist() == [expected]
        assert not draft.faults

    @pytest.mark.parametrize(
        "column",
        [
            pa.array([2**62], pa.timestamp("s")),
            pa.array([-(2**62)], pa.timestamp("ms")),
            pa.array([2**63 - 1], pa.int64()),
            pa.array([2**64 - 1], pa.uint64()),
            pa.array(["yesterday"]),
        ],
    )
    def test_times_out_of_the_calendar_are_faults(self, column: Any) -> None:
        assert set(faults(read(stream(table(timestamp=column))))) == {"data[0].timestamp"}

    def test_python_datetimes(self) -> None:
        column = pa.array([datetime(2026, 1, 6, 10, tzinfo=UTC)])
        assert read(stream(table(timestamp=column))).ts.tolist() == [
            from_iso("2026-01-06T10:00:00Z")
        ]


class TestValues:
    @pytest.mark.parametrize(
        ("column", "value", "kind", "text"),
        [
            (pa.array([1.5], pa.float32()), 1.5, 0, None),
            (pa.array([np.float16(1.5)], pa.float16()), 1.5, 0, None),
            (pa.array([-3], pa.int8()), -3, 0, None),
            (pa.array([2**53], pa.int64()), 2**53, 0, None),
            (pa.array([2**53 + 1], pa.int64()), 2**53, 0, "9007199254740993"),
            (pa.array([-(2**63)], pa.int64()), -(2.0**63), 0, None),
            (pa.array([2**64 - 1], pa.uint64()), 2.0**64, 0, "18446744073709551615"),
            (pa.array([True]), 1, 1, None),
            (pa.array([False]), 0, 1, None),
        ],
    )
    def test_numbers_and_booleans(
        self, column: Any, value: float, kind: int, text: str | None
    ) -> None:
        draft = read(stream(table(value=column)))
        assert (draft.value.tolist(), draft.kind.tolist()) == ([value], [kind])
        assert (draft.text or [None]) == [text]
        assert not draft.faults

    @pytest.mark.parametrize("column", [pa.array(["on"]), pa.array(["on"]).dictionary_encode()])
    def test_texts(self, column: Any) -> None:
        draft = read(stream(table(value=column)))
        assert np.isnan(draft.value).tolist() == [True]
        assert (draft.text, draft.kind.tolist()) == (["on"], [2])

    @pytest.mark.parametrize(
        ("column", "word"),
        [
            (pa.array([1.0, float("nan")]), "NaN"),
            (pa.array([1.0, float("inf")]), "NaN or infinite"),
            (pa.array([1.0, None]), "required"),
            (pa.array([1, None]), "required"),
            (pa.array([True, None]), "required"),
            (pa.array(["x", None]), "required"),
            (pa.array(["x", "y" * 10_001]), "10000"),
        ],
    )
    def test_faults_of_rows(self, column: Any, word: str) -> None:
        found = faults(read(stream(table(2, value=column))))
        assert list(found) == ["data[1].value"]
        assert word in found["data[1].value"]


class TestQualities:
    def test_words(self) -> None:
        draft = read(stream(table(4, quality=pa.array(["good", "uncertain", "bad", None]))))
        assert draft.quality.tolist() == [0, 1, 2, 0]

    def test_other_words_are_faults(self) -> None:
        draft = read(stream(table(2, quality=pa.array(["good", "Bad"]))))
        assert list(faults(draft)) == ["data[1].quality"]


class TestWholeBody:
    @pytest.mark.parametrize(
        ("columns", "field"),
        [
            ({"asset_id": None}, "asset_id"),
            ({"value": None}, "value"),
            ({"asset_id": pa.array([1])}, "asset_id"),
            ({"value": pa.array([[1.0]])}, "value"),
            ({"value": pa.array([b"x"])}, "value"),
            ({"value": pa.nulls(1)}, "value"),
            ({"timestamp": pa.array([1.5])}, "timestamp"),
            ({"timestamp": pa.array([1], pa.date32())}, "timestamp"),
            ({"quality": pa.array([1])}, "quality"),
            ({"colour": pa.array([1])}, "colour"),
        ],
    )
    def test_a_wrong_column_is_named(self, columns: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as caught:
            read(stream(table(**columns)))
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_all_wrong_columns_at_once(self) -> None:
        with pytest.raises(Invalid) as caught:
            read(stream(table(asset_id=None, value=None, x=pa.array([1]))))
        assert {fault.field for fault in caught.value.faults} == {"asset_id", "value", "x"}

    def test_a_column_twice_is_refused(self) -> None:
        twice = pa.Table.from_arrays(
            [pa.array(["P"]), pa.array(["t"]), pa.array([1]), pa.array([2])],
            names=["asset_id", "tag_name", "value", "value"],
        )
        with pytest.raises(Invalid, match="more than once"):
            read(stream(twice))

    @pytest.mark.parametrize(
        "body", [b"", b"nonsense", b"ARROW1\0\0", b"\xff" * 100, stream(table(50))[:-200]]
    )
    def test_what_is_no_stream_is_refused(self, body: bytes) -> None:
        with pytest.raises(Invalid) as caught:
            read(body)
        assert [fault.field for fault in caught.value.faults] == ["body"]

    @given(place=st.integers(0, 2000), byte=st.integers(0, 255))
    def test_a_flipped_byte_is_read_or_refused_never_worse(self, place: int, byte: int) -> None:
        body = bytearray(stream(table(20, timestamp=pa.array([T] * 20, pa.timestamp("us")))))
        body[place % len(body)] = byte
        assert self.outcome(bytes(body)) in ("read", "refused")

    @staticmethod
    def outcome(body: bytes) -> str:
        try:
            read(body)
        except Invalid:
            return "refused"
        return "read"

    def test_no_rows_are_no_points(self) -> None:
        assert len(read(stream(table(0)))) == 0

    def test_too_many_points(self) -> None:
        with pytest.raises(TooLarge, match="at most 10 points"):
            read(stream(table(11)), max_points=10)
