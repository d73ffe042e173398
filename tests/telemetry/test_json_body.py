"""The JSON body: the fast and the strict reading agree, and every fault is named."""

import asyncio
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinedge.kit.clock import MAX_US, MIN_US, from_iso, to_iso
from twinedge.kit.errors import Invalid, TooLarge
from twinedge.telemetry.decode import json_body
from twinedge.telemetry.decode.json_body import decode_json
from twinedge.telemetry.decode.point import Columns, Doubt
from twinedge.telemetry.draft import Draft, Numbering

NOW = from_iso("2026-01-06T12:00:00Z")
KNOWN = {("P", "t"): 7, ("P", "u"): 8}

names = st.sampled_from(["P", "Q", "Pump/1", "Ü,", "x" * 200])
values = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**70), 2**70),
    st.booleans(),
    st.text(st.characters(codec="utf-8"), max_size=5),
)
good_points = st.fixed_dictionaries(
    {"asset_id": names, "tag_name": st.sampled_from(["t", "u", "v"]), "value": values},
    optional={
        "timestamp": st.one_of(st.none(), st.integers(MIN_US, MAX_US).map(to_iso)),
        "quality": st.sampled_from([None, "good", "uncertain", "bad"]),
        "data_source_id": st.sampled_from([None, "ds-1"]),
    },
)
bad_values = st.sampled_from(
    [None, [], {}, 10**400, 5, "", "x" * 201, "x" * 10_001, "yesterday", "a\x07", True, -1.5]
)
any_points = st.one_of(
    good_points,
    st.dictionaries(
        st.sampled_from(
            ["asset_id", "tag_name", "value", "timestamp", "quality", "data_source_id", "x"]
        ),
        st.one_of(values, bad_values),
    ),
    st.sampled_from([None, 5, "P", []]),
)


def fast(body: bytes) -> Draft:
    return asyncio.run(json_body._fast(body, Columns(Numbering(KNOWN), NOW), 50_000))


def strict(body: bytes) -> Draft:
    return asyncio.run(json_body._strict(body, Columns(Numbering(KNOWN), NOW), 50_000))


def read(body: bytes | str, max_points: int = 50_000) -> Draft:
    content = body if isinstance(body, bytes) else body.encode()
    return asyncio.run(decode_json(content, KNOWN, NOW, max_points))


def columns(draft: Draft) -> dict[str, Any]:
    none: list[None] = [None] * len(draft)
    return {
        "series": draft.series.tolist(),
        "new": draft.new_names,
        "ts": draft.ts.tolist(),
        "value": [repr(v) for v in draft.value.tolist()],
        "quality": draft.quality.tolist(),
        "kind": draft.kind.tolist(),
        "text": draft.text or none,
        "sources": draft.sources or none,
        "row": draft.row.tolist(),
    }


def faults(draft: Draft) -> dict[str, str]:
    return {fault.field: fault.message for fault in draft.faults.shown()}


def one(**fields: Any) -> str:
    return json.dumps({"data": [{"asset_id": "P", "tag_name": "t", "value": 1} | fields]})


class TestAgreement:
    @given(points=st.lists(good_points, max_size=6), copies=st.sampled_from([1, 40]))
    def test_both_readings_give_the_same_columns(self, points: list[Any], copies: int) -> None:
        body = json.dumps({"data": points * copies}).encode()
        assert columns(fast(body)) == columns(strict(body))

    @settings(max_examples=300)
    @given(points=st.lists(any_points, max_size=4))
    def test_the_fast_reading_takes_a_body_only_if_the_strict_one_finds_no_shape_fault(
        self, points: list[Any]
    ) -> None:
        body = json.dumps({"data": points}).encode()
        slow = strict(body)
        try:
            quick = fast(body)
        except (ValueError, Doubt):
            assert slow.faults
            return
        # names are checked after decoding, and only those not known yet: a name at fault is all
        # that the fast reading may leave to the intake
        assert all(".asset_id" in f or ".tag_name" in f for f in faults(slow))
        if not slow.faults:
            assert columns(quick) == columns(slow)

    @given(
        points=st.lists(good_points, min_size=1, max_size=5), indent=st.sampled_from([None, 1, 4])
    )
    def test_slicing_changes_nothing(self, points: list[Any], indent: int | None) -> None:
        texts = [*points, {"asset_id": "P", "tag_name": "t", "value": '"}, {"'}]
        body = json.dumps({"data": texts * 3}, indent=indent).encode()
        whole = fast(body)
        size, json_body._SLICE_BYTES = json_body._SLICE_BYTES, 20
        try:
            sliced = read(body)
        finally:
            json_body._SLICE_BYTES = size
        assert columns(sliced) == columns(whole)


class TestValues:
    @given(number=st.integers(-(2**200), 2**200))
    def test_integers_keep_every_digit(self, number: int) -> None:
        draft = read(one(value=number))
        text = draft.text[0] if draft.text else None
        assert (int(draft.value[0]) if text is None else int(text)) == number
        assert draft.kind.tolist() == [0]

    def test_kinds(self) -> None:
        body = {
            "data": [
                {"asset_id": "P", "tag_name": "t", "value": v} for v in (1, 1.5, True, False, "x")
            ]
        }
        draft = read(json.dumps(body))
        assert draft.kind.tolist() == [0, 0, 1, 1, 2]
        assert draft.value.tolist()[:4] == [1, 1.5, 1, 0]
        assert np.isnan(draft.value[4])
        assert draft.text == [None, None, None, None, "x"]

    def test_defaults(self) -> None:
        draft = read(one())
        assert (draft.ts.tolist(), draft.quality.tolist()) == ([NOW], [0])

    def test_some_times_missing(self) -> None:
        body = json.dumps(
            {
                "data": [
                    {"asset_id": "P", "tag_name": "t", "value": 1},
                    {
                        "asset_id": "P",
                        "tag_name": "t",
                        "value": 1,
                        "timestamp": "2026-01-06T10:00:00+01:00",
                    },
                ]
            }
        )
        assert read(body).ts.tolist() == [NOW, from_iso("2026-01-06T09:00:00Z")]

    def test_of_a_repeated_key_the_last_counts(self) -> None:
        body = '{"data":[{"asset_id":"P","tag_name":"t","value":1,"value":2}]}'
        assert read(body).value.tolist() == [2]
        body = '{"data":[{"asset_id":"P","tag_name":"t","value":1,"value":[]}]}'
        assert set(faults(read(body))) == {"data[0].value"}

    def test_new_names_are_numbered_below_zero_once_each(self) -> None:
        points = [{"asset_id": "Q", "tag_name": t, "value": 1} for t in "abab"]
        draft = read(json.dumps({"data": [*points, {**points[0], "asset_id": "P"}]}))
        assert draft.series.tolist() == [-1, -2, -1, -2, -3]
        assert draft.new_names == [("Q", "a"), ("Q", "b"), ("P", "a")]


class TestFaults:
    @pytest.mark.parametrize(
        ("fields", "field", "word"),
        [
            ({"asset_id": 5}, "asset_id", "text"),
            ({"asset_id": ""}, "asset_id", "empty"),
            ({"tag_name": None}, "tag_name", "text"),
            ({"value": None}, "value", "number"),
            ({"value": []}, "value", "number"),
            ({"value": {"a": 1}}, "value", "number"),
            ({"value": 10**400}, "value", "too large"),
            ({"value": 10**5000}, "value", "too large"),
            ({"value": "x" * 10_001}, "value", "10000"),
            ({"timestamp": 1767693600}, "timestamp", "ISO 8601"),
            ({"timestamp": "yesterday"}, "timestamp", "ISO 8601"),
            ({"timestamp": "10000-01-01T00:00:00Z"}, "timestamp", "ISO 8601"),
            ({"timestamp": "0001-01-01T00:00:00+14:00"}, "timestamp", "ISO 8601"),
            ({"timestamp": True}, "timestamp", "ISO 8601"),
            ({"quality": "Good"}, "quality", "good, uncertain, bad"),
            ({"quality": 0}, "quality", "good, uncertain, bad"),
            ({"data_source_id": 5}, "data_source_id", "text"),
            ({"colour": 1}, "colour", "not a field"),
        ],
    )
    def test_each_at_its_place(self, fields: dict[str, Any], field: str, word: str) -> None:
        if fields == {"value": 10**5000}:
            body = one().replace(": 1}", ": " + "9" * 5001 + "}")
        else:
            body = one(**fields)
        found = faults(strict(body.encode()))
        assert set(found) == {f"data[0].{field}"}
        assert word in found[f"data[0].{field}"]

    @pytest.mark.parametrize("word", ["1e999", "-1e999", "1E+400"])
    def test_a_number_beyond_float64(self, word: str) -> None:
        body = one().replace(": 1}", f": {word}}}")
        assert faults(read(body)) == {"data[0].value": "is too large a number"}

    def test_all_faults_of_all_items_at_once(self) -> None:
        body = {"data": [{}, {"asset_id": "P", "tag_name": "t", "value": 1}, {"value": []}, 5]}
        assert set(faults(read(json.dumps(body)))) == {
            "data[0].asset_id",
            "data[0].tag_name",
            "data[0].value",
            "data[2].asset_id",
            "data[2].tag_name",
            "data[2].value",
            "data[3]",
        }

    def test_the_first_hundred_are_listed_and_all_are_counted(self) -> None:
        draft = read(json.dumps({"data": [{}] * 3000}))
        assert draft.faults.count == 9000
        assert draft.faults.rejected == 3000
        shown = draft.faults.shown()
        assert len(shown) == 100
        assert [f.field for f in shown[:4]] == [
            "data[0].asset_id",
            "data[0].tag_name",
            "data[0].value",
            "data[1].asset_id",
        ]
        assert "9000 faults" in draft.faults.summary()


class TestWholeBody:
    @pytest.mark.parametrize(
        ("body", "field"),
        [
            (b"", "body"),
            (b"nonsense", "body"),
            (b"[]", "body"),
            (b'"data"', "body"),
            (b"null", "body"),
            (b"5", "body"),
            (b'{"data":', "body"),
            (b'{"data":[{"asset_id":"P"', "body"),
            (b'{"data":[]} trailing', "body"),
            (b'{"data":[{"asset_id":"P","tag_name":"t","value":NaN}]}', "body"),
            (b'{"data":[{"asset_id":"P","tag_name":"t","value":-Infinity}]}', "body"),
            (b'{"data":[{"asset_id":"\xff","tag_name":"t","value":1}]}', "body"),
            (b'{"data":[{"asset_id":"\\ud800","tag_name":"t","value":1}]}', "body"),
            (b"\xef\xbb\xbf{}", "body"),
            (b"[" * 10_000_000, "body"),
            (b'{"data":' + b"[" * 10_000_000, "body"),
            (b'{"data":[' + b'{"a":' * 1_000_000, "body"),
            (b"{}", "data"),
            (b'{"data":null}', "data"),
            (b'{"data":{}}', "data"),
            (b'{"data":"x"}', "data"),
            (b'{"data":[],"points":[]}', "points"),
            (b'{"points":[]}', "data"),
        ],
    )
    def test_what_is_no_list_of_points_is_one_clear_refusal(self, body: bytes, field: str) -> None:
        with pytest.raises(Invalid) as caught:
            read(body)
        assert field in {fault.field for fault in caught.value.faults}
        assert len(caught.value.message) < 500

    @given(body=st.binary(max_size=60))
    def test_no_bytes_raise_anything_else(self, body: bytes) -> None:
        for content in (body, b'{"data":[' + body, b'{"data":[{' + body + b"}]}"):
            assert self.outcome(content) in ("read", "refused at a place")

    @staticmethod
    def outcome(content: bytes) -> str:
        try:
            read(content)
        except Invalid as refusal:
            return "refused at a place" if refusal.faults else "refused without a place"
        return "read"

    def test_an_empty_list_is_no_points(self) -> None:
        assert len(read('{"data":[]}')) == 0

    def test_too_many_points_point_to_the_bulk_form(self) -> None:
        body = json.dumps({"data": [{"asset_id": "P", "tag_name": "t", "value": 1}] * 11})
        with pytest.raises(TooLarge, match="arrow"):
            read(body, max_points=10)
        bad = json.dumps({"data": [{}] * 11})
        with pytest.raises(TooLarge, match="at most 10 points"):
            read(bad, max_points=10)

    async def test_the_loop_gets_its_turn_while_a_large_body_is_read(self) -> None:
        point = {
            "asset_id": "P",
            "tag_name": "t",
            "value": 1.5,
            "timestamp": "2026-01-06T10:00:00Z",
        }
        body = json.dumps({"data": [point] * 20_000}).encode()
        turns = 0

        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())
        await decode_json(body, KNOWN, NOW, 50_000)
        task.cancel()
        assert turns >= len(body) // 300_000
