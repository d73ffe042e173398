"""NDJSON, CSV and line protocol: the same points and the same faults as JSON, named by line."""

import asyncio
import csv
import io
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telemetry.conftest import Room
from tests.telemetry.test_json_body import KNOWN, NOW, any_points, columns, good_points, read
from twinedge.kit.clock import MAX_US, MIN_US, to_iso
from twinedge.kit.errors import Invalid, TooLarge
from twinedge.telemetry.decode import ndjson_body
from twinedge.telemetry.decode.csv_body import KindOf, decode_csv
from twinedge.telemetry.decode.line_protocol import decode_lines
from twinedge.telemetry.decode.ndjson_body import decode_ndjson
from twinedge.telemetry.decode.point import BOOLEAN, NUMBER, TEXT, Columns
from twinedge.telemetry.draft import Draft, Numbering

POINT = {"asset_id": "P", "tag_name": "t", "value": 1.5}
GOOD = '{"asset_id":"P","tag_name":"t","value":1}'


def ndjson(body: str | bytes, max_points: int = 50_000) -> Draft:
    content = body if isinstance(body, bytes) else body.encode()
    return asyncio.run(decode_ndjson(content, KNOWN, NOW, max_points))


def csv_(body: str | bytes, kind_of: KindOf = lambda _name: None, most: int = 50_000) -> Draft:
    content = body if isinstance(body, bytes) else body.encode()
    return asyncio.run(decode_csv(content, KNOWN, kind_of, NOW, most))


def lines(body: str | bytes, precision: str = "ns", most: int = 50_000) -> Draft:
    content = body if isinstance(body, bytes) else body.encode()
    return asyncio.run(decode_lines(content, KNOWN, NOW, most, precision))


def faults(draft: Draft) -> dict[str, str]:
    return {fault.field: fault.message for fault in draft.faults.shown()}


class TestNdjson:
    @given(points=st.lists(good_points, max_size=6), end=st.sampled_from(["", "\n", "\r\n\r\n"]))
    def test_gives_what_json_gives(self, points: list[Any], end: str) -> None:
        body = "\n".join(map(json.dumps, points)) + end
        expected = columns(read(json.dumps({"data": points})))
        assert columns(ndjson(body)) == expected
        slow = ndjson_body._strict(body.encode(), Columns(Numbering(KNOWN), NOW), 50_000)
        assert columns(asyncio.run(slow)) == expected

    @settings(max_examples=200)
    @given(points=st.lists(any_points, max_size=4))
    def test_finds_what_json_finds(self, points: list[Any]) -> None:
        draft = ndjson("\n".join(map(json.dumps, points)))
        expected = read(json.dumps({"data": points}))
        assert draft.faults.count == expected.faults.count
        assert draft.faults.bad.tolist() == expected.faults.bad.tolist()

    def test_faults_name_the_line_blank_ones_counted(self) -> None:
        draft = ndjson(f'\n{GOOD}\n\n{{"asset_id":"P","value":[]}}\n5\n')
        assert set(faults(draft)) == {"line[4].tag_name", "line[4].value", "line[5]"}

    @pytest.mark.parametrize(
        ("line", "word"),
        [("{", "not valid JSON"), (GOOD + GOOD, "not valid JSON"), ('{"value":NaN}', "valid JSON")],
    )
    def test_a_line_that_is_no_json_is_named(self, line: str, word: str) -> None:
        with pytest.raises(Invalid, match=word) as caught:
            ndjson(f"{GOOD}\n{line}\n")
        assert caught.value.faults[0].field == "line[2]"

    def test_bytes_that_are_no_utf_8(self) -> None:
        with pytest.raises(Invalid, match="not UTF-8"):
            ndjson(GOOD.encode() + b'\n{"asset_id":"\xff","tag_name":"t","value":1}')

    def test_slicing_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        points = [POINT | {"value": n} for n in range(50)]
        body = "\n".join(map(json.dumps, points))
        monkeypatch.setattr(ndjson_body, "_SLICE_BYTES", 100)
        assert ndjson(body).value.tolist() == list(range(50))

    def test_too_many_points(self) -> None:
        with pytest.raises(TooLarge, match="at most 2 points"):
            ndjson(f"{GOOD}\n" * 3, 2)


def as_csv(points: list[dict[str, Any]]) -> str:
    names = ("asset_id", "tag_name", "value", "timestamp", "quality", "data_source_id")
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(points)
    return text.getvalue()


class TestCsv:
    @given(points=st.lists(good_points, min_size=1, max_size=6))
    def test_read_by_kind_it_gives_what_json_gives(self, points: list[dict[str, Any]]) -> None:
        kinds = {bool: BOOLEAN, int: NUMBER, float: NUMBER, str: TEXT}
        typed = {(p["asset_id"], p["tag_name"]): kinds[type(p["value"])] for p in points}
        same = [p for p in points if kinds[type(p["value"])] == typed[p["asset_id"], p["tag_name"]]]
        draft = csv_(as_csv(same), typed.get)
        assert not draft.faults
        assert columns(draft) == columns(read(json.dumps({"data": same})))

    @pytest.mark.parametrize(
        ("text", "value", "kind"),
        [
            ("1", 1.0, NUMBER),
            ("-1.5e3", -1500.0, NUMBER),
            ("+.5", 0.5, NUMBER),
            ("True", 1.0, BOOLEAN),
            ("running", None, TEXT),
            ("1,5", None, TEXT),
        ],
    )
    def test_a_new_tag_is_what_its_value_reads_as(
        self, text: str, value: float | None, kind: int
    ) -> None:
        draft = csv_(as_csv([POINT | {"value": text}]))
        assert draft.kind.tolist() == [kind]
        assert value is None or draft.value.tolist() == [value]

    def test_a_text_tag_keeps_its_digits_and_a_boolean_takes_0_and_1(self) -> None:
        texts = csv_(as_csv([POINT | {"value": "007"}, POINT | {"value": "nan"}]), lambda _: TEXT)
        assert texts.text == ["007", "nan"]
        switches = csv_(as_csv([POINT | {"value": "1"}, POINT | {"value": "FALSE"}]), lambda _: 1)
        assert (switches.value.tolist(), switches.kind.tolist()) == ([1, 0], [BOOLEAN, BOOLEAN])

    @pytest.mark.parametrize("text", ["", "NaN", "null", "Infinity"])
    def test_no_value_is_a_fault(self, text: str) -> None:
        assert set(faults(csv_(as_csv([POINT | {"value": text}])))) == {"line[2].value"}

    @pytest.mark.parametrize("text", ["1e999", "9" * 401, "9" * 350])
    def test_a_number_beyond_float64(self, text: str) -> None:
        draft = csv_(as_csv([POINT | {"value": text}]))
        assert faults(draft) == {"line[2].value": "is too large a number"}

    def test_faults_name_the_line_where_the_row_begins(self) -> None:
        body = 'value,asset_id,tag_name\r\n"a\nb",P,t\r\n\r\n1,,t\r\n1,P\r\n1,P,t,5\r\n'
        assert faults(csv_(body)) == {
            "line[5].asset_id": "must not be empty",
            "line[6]": "has 2 columns, the header has 3",
            "line[7]": "has 4 columns, the header has 3",
        }

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ("", "body"),
            (b"\xff\xfe", "body"),
            ("asset_id;tag_name;value\nP;t;1", "line[1]"),
            ("asset_id,tag_name\nP,t", "line[1].value"),
            ("asset_id,tag_name,value,colour\nP,t,1,red", "line[1].colour"),
            ("asset_id,tag_name,value,value\nP,t,1,1", "line[1].value"),
            ('asset_id,tag_name,value\nP,t,1\n"P,t,1', "line[3]"),
            ('asset_id,tag_name,value\nP,t,"1"x', "line[2]"),
        ],
    )
    def test_a_body_that_does_not_fit(self, body: str | bytes, field: str) -> None:
        with pytest.raises(Invalid) as caught:
            csv_(body)
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_a_byte_order_mark_is_no_name(self) -> None:
        assert len(csv_("\ufeffasset_id,tag_name,value\nP,t,1")) == 1

    def test_too_many_points(self) -> None:
        with pytest.raises(TooLarge, match="at most 2 points"):
            csv_(as_csv([POINT] * 3), most=2)


def escaped(text: str) -> str:
    for mark in ", =":
        text = text.replace(mark, "\\" + mark)
    return text


def field_of(value: float | bool | str) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"{value}i"
    if isinstance(value, float):
        return repr(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


keys = st.text(st.characters(categories=["L", "N"], include_characters=" ,=_/"), min_size=1)
words = keys.filter(lambda key: key != "value" and key.strip() == key)
field_values = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
)


class TestLineProtocol:
    @given(
        asset=words,
        values=st.dictionaries(words, field_values, min_size=1, max_size=4),
        ts=st.none() | st.integers(MIN_US, MAX_US),
        copies=st.integers(1, 3),
    )
    def test_what_is_written_is_read(
        self, asset: str, values: dict[str, Any], ts: int | None, copies: int
    ) -> None:
        fields = ",".join(f"{escaped(key)}={field_of(value)}" for key, value in values.items())
        stamp = "" if ts is None else f" {ts}000"
        draft = lines(f"m,asset_id={escaped(asset)} {fields}{stamp}\n" * copies)
        points = [
            {"asset_id": asset, "tag_name": key, "value": value}
            | ({} if ts is None else {"timestamp": to_iso(ts)})
            for key, value in values.items()
        ]
        assert not draft.faults
        assert columns(draft) == columns(read(json.dumps({"data": points * copies})))

    def test_the_field_value_takes_the_name_of_the_measurement(self) -> None:
        draft = lines("tempe\\ rature,asset_id=Q value=65.5")
        assert draft.new_names == [("Q", "tempe rature")]

    @pytest.mark.parametrize(
        ("precision", "stamp"),
        [("s", "1767693600"), ("ms", "1767693600000"), ("us", "1767693600000000"),
         ("ns", "1767693600000000999")],
    )  # fmt: skip
    def test_precisions(self, precision: str, stamp: str) -> None:
        draft = lines(f"t,asset_id=P value=1 {stamp}", precision)
        assert draft.ts.tolist() == [1767693600000000]

    def test_comments_blank_lines_carriage_returns_and_tags_of_ours(self) -> None:
        body = "# comment\r\n\r\n  t,asset_id=P,quality=bad,data_source_id=ds-1 value=1i\r\n"
        draft = lines(body)
        assert (draft.quality.tolist(), draft.sources) == ([2], ["ds-1"])

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("t", "no fields"),
            (",asset_id=P value=1", "no measurement"),
            ("t,asset_id=P value", "no key=value"),
            ("t,asset_id=P value=1,", "no key=value"),
            ("t,asset_id=P value=on", "double quotes"),
            ("t,asset_id=P value=NaN", "double quotes"),
            ('t,asset_id=P value="open', "no key=value"),
            ("t,asset_id=P value=1 soon", "no time stamp"),
            ("t,asset_id=P value=1 1 2", "no time stamp"),
            ("t,asset_id=P value=1 " + "9" * 25, "years 1 to 9999"),
            ("t,asset_id=P,host=a value=1", "'host'"),
            ("t,asset_id=P,asset_id=Q value=1", "twice"),
            ("t value=1", "is required"),
            ("t,asset_id=P value=1e999", "too large"),
            ("t,asset_id=P,quality=fine value=1", "must be one of"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_are_read(self, line: str, word: str) -> None:
        draft = lines(f"t,asset_id=P value=1\n{line}\nt,asset_id=P value=2")
        ((field, message),) = faults(draft).items()
        assert field.startswith("line[2]")
        assert word in message
        assert draft.value.tolist() == [1, 2]

    def test_a_text_may_hold_line_breaks_and_lines_after_it_keep_their_numbers(self) -> None:
        draft = lines('t,asset_id=P value="a\nb\\"c"\nnonsense')
        assert draft.text == ['a\nb"c']
        assert set(faults(draft)) == {"line[3]"}

    @given(body=st.text(st.sampled_from('t,=P 1i"\\\nasset_id#-e.'), max_size=40))
    def test_no_text_breaks_it(self, body: str) -> None:
        lines(body)

    def test_too_many_points_and_bytes_that_are_no_text(self) -> None:
        with pytest.raises(TooLarge):
            lines("t,asset_id=P a=1,b=2,c=3", most=2)
        with pytest.raises(Invalid, match="not UTF-8"):
            lines(b"t,asset_id=\xff value=1")


async def send(room: Room, kind: str, body: str, **params: str) -> httpx.Response:
    return await room.client.post(
        "/v1/telemetry", content=body, headers={"content-type": kind}, params=params
    )


class TestOverHttp:
    @pytest.mark.parametrize("kind", ["text/csv", "application/x-ndjson"])
    async def test_what_a_query_writes_is_taken_back(self, room: Room, kind: str) -> None:
        values = {"a": 1.25, "b": True, "c": 'läuft, "gut"\n', "d": 2**70 + 1, "e": "5"}
        data = [
            {"asset_id": "P", "tag_name": tag, "value": value, "timestamp": "2026-01-06T10:00:00Z"}
            for tag, value in values.items()
        ]
        await room.post(data)
        before = await room.rows()
        written = await room.client.get("/v1/telemetry", headers={"accept": kind})
        room.store.points.clear()
        answer = await send(room, f"{kind}; charset=utf-8", written.text)
        assert answer.json() == {"data": {"accepted": len(values)}}, answer.text
        assert await room.rows() == before

    async def test_partial_stores_the_good_lines(self, room: Room) -> None:
        body = "t,asset_id=P value=1 1767693600\nnonsense\nu,asset_id=P value=t 1767693600\n"
        refused = await send(room, "text/plain", body, precision="s")
        assert refused.status_code == 400
        assert refused.json()["error"]["details"][0]["field"] == "line[2]"
        assert room.store.points == {}
        taken = await send(room, "text/plain", body, precision="s", partial="true")
        assert (taken.json()["data"]["accepted"], taken.json()["data"]["rejected"]) == (2, 1)

    async def test_what_the_intake_finds_is_named_by_line_too(self, room: Room) -> None:
        await room.post([POINT])
        clash = await send(room, "text/csv", "asset_id,tag_name,value\n\nP,t,on\nP,t,1\n")
        assert [d["field"] for d in clash.json()["error"]["details"]] == ["line[3].value"]
        late = await send(room, "text/plain", "\nt,asset_id=P value=1 1999999999", precision="s")
        assert [d["field"] for d in late.json()["error"]["details"]] == ["line[2].timestamp"]
        foreign = "asset_id,tag_name,value,data_source_id\nP,t,1,ds-1\nP,t,1,ds-2\n"
        held = await send(room, "text/csv", foreign)
        assert held.status_code == 409
        assert held.json()["error"]["details"][0]["field"] == "line[3].data_source_id"

    @pytest.mark.parametrize(
        ("kind", "params", "field"),
        [
            ("text/plain", {"precision": "h"}, "precision"),
            ("text/csv", {"precision": "s"}, "precision"),
        ],
    )
    async def test_precision_is_for_line_protocol(
        self, room: Room, kind: str, params: dict[str, str], field: str
    ) -> None:
        answer = await send(room, kind, "", **params)
        assert answer.status_code == 400
        assert [d["field"] for d in answer.json()["error"]["details"]] == [field]

    async def test_another_form_is_told_which_there_are(self, room: Room) -> None:
        answer = await send(room, "application/xml", "<a/>")
        assert answer.status_code == 415
        for kind in ("json", "ndjson", "csv", "text/plain", "arrow"):
            assert kind in answer.json()["error"]["message"]
