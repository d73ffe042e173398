"""GET /telemetry: filters, order, pages, aggregates; against plain Python over the same points."""

import math
from typing import Any
from urllib.parse import quote

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telemetry.conftest import Room
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.clock import US, from_iso, to_iso
from twinedge.telemetry.model import QUALITY_WORDS, Range, batch_of
from twinedge.telemetry.query import read_cursor, write_cursor

T0 = from_iso("2026-01-06T10:00:00Z")
MIN = 60 * US


def point(**fields: Any) -> dict[str, Any]:
    return {"asset_id": "P", "tag_name": "t", "value": 1.5} | fields


def fields(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    return {d["field"]: d["message"] for d in answer.json()["error"]["details"]}


async def fill(room: Room, points: list[tuple[str, str, int, float, int]]) -> None:
    """Points as (asset, tag, µs after T0, value, quality)."""
    for asset, tag, after, value, quality in points:
        (found,) = await room.register.ensure([NewTag(asset, tag, Kind.NUMBER)])
        await room.telemetry.ingest(batch_of([found.series], [T0 + after], [value], [quality], T0))


async def get(room: Room, *pairs: tuple[str, str], **params: Any) -> httpx.Response:
    query = [*pairs, *((k, str(v)) for k, v in params.items())]
    return await room.client.get("/v1/telemetry", params=query)


class TestFilters:
    @pytest.fixture(autouse=True)
    async def points(self, room: Room) -> None:
        await fill(
            room,
            [
                (asset, tag, minute * MIN, minute, minute % 3)
                for asset in ("P", "Q", "a,b")
                for tag in ("t", "u,v", "w")
                for minute in range(3)
            ],
        )

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("", 27),
            ("asset_id=P", 9),
            ("asset_id=P,Q", 18),
            ("asset_id=P&asset_id=Q", 18),
            ("asset_id=P,P", 9),
            ("asset_id=a%2Cb", 9),
            ("asset_id=a,b&asset_id=Q", 18),
            ("asset_id=nix", 0),
            ("tag_name=t,w", 18),
            ("tag_name=u,v", 9),
            ("asset_id=P&tag_name=t", 3),
            ("quality=good", 9),
            ("quality=good,bad", 18),
            ("quality=good&quality=uncertain", 18),
            ("quality=all", 27),
            ("start=2026-01-06T10:01:00Z", 18),
            ("end=2026-01-06T10:01:00Z", 9),
            ("start=2026-01-06T10:01:00Z&end=2026-01-06T10:02:00Z", 9),
            ("start=2026-01-06T11:01:00%2B01:00&end=2026-01-06T10:02:00", 9),
            ("start=2026-01-06T11:01:00+01:00", 18),
            ("start=2026-01-06&end=2026-01-07", 27),
            ("start=2026-01-06T10:01:00Z&end=2026-01-06T10:01:00Z", 0),
            ("data_source_id=nix", 0),
            ("limit=5", 5),
        ],
    )
    async def test_each(self, room: Room, query: str, count: int) -> None:
        answer = await room.client.get("/v1/telemetry?" + query)
        assert answer.status_code == 200
        assert len(answer.json()["data"]) == count

    async def test_order(self, room: Room) -> None:
        up = await room.rows(order="asc")
        down = await room.rows(order="desc")
        assert [r["timestamp"] for r in up] == sorted(r["timestamp"] for r in up)  # type: ignore[type-var]
        assert [r["timestamp"] for r in down] == [r["timestamp"] for r in reversed(up)]

    @pytest.mark.parametrize("order", ["asc", "desc"])
    @pytest.mark.parametrize(
        "extra", [{}, {"aggregation": "sum", "interval": "1m"}, {"quality": "good"}]
    )
    async def test_pages_join_to_the_whole(
        self, room: Room, order: str, extra: dict[str, str]
    ) -> None:
        whole = await room.rows(order=order, **extra)
        joined: list[Any] = []
        cursor: str | None = None
        while True:
            more = {} if cursor is None else {"cursor": cursor}
            answer = (await get(room, order=order, limit=4, **extra, **more)).json()
            joined += answer["data"]
            assert answer["meta"]["limit"] == 4
            cursor = answer["meta"]["next_cursor"]
            if cursor is None:
                break
            assert len(answer["data"]) == 4
        assert joined == whole


class TestFaults:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("start=yesterday", "start"),
            ("end=10000-01-01", "end"),
            ("start=2026-01-02&end=2026-01-01", "start"),
            ("aggregation=median", "aggregation"),
            ("aggregation=avg&interval=1y", "interval"),
            ("aggregation=avg&interval=0m", "interval"),
            ("interval=1m", "interval"),
            ("tz=UTC", "tz"),
            ("aggregation=avg&tz=Europe/Berlin", "tz"),
            ("aggregation=avg&interval=1d&tz=Mars/Base", "tz"),
            ("aggregation=avg&interval=1d&tz=../../etc/passwd", "tz"),
            ("aggregation=avg&interval=1d&tz=" + "x" * 3000, "tz"),
            ("quality=Good", "quality"),
            ("order=up", "order"),
            ("limit=0", "limit"),
            ("limit=100001", "limit"),
            ("limit=5.0", "limit"),
            ("limit=-1", "limit"),
            ("limit=", "limit"),
            ("limit=1&limit=2", "limit"),
            ("limit=" + "9" * 5000, "limit"),
            ("max_points=0", "max_points"),
            ("max_points=10&interval=1m&aggregation=avg", "aggregation"),
            ("cursor=zz", "cursor"),
            ("cursor=%FF", "cursor"),
            ("asset_id=", "asset_id"),
            ("data_source_id=", "data_source_id"),
            ("page=1", "page"),
        ],
    )
    async def test_each_is_named(self, room: Room, query: str, field: str) -> None:
        answer = await room.client.get("/v1/telemetry?" + query)
        assert field in fields(answer)
        assert len(answer.json()["error"]["message"]) < 1000

    async def test_all_at_once(self, room: Room) -> None:
        answer = await room.client.get("/v1/telemetry?start=x&limit=0&colour=red&order=up")
        assert set(fields(answer)) == {"start", "limit", "colour", "order"}

    async def test_a_cursor_of_another_question(self, room: Room) -> None:
        await fill(room, [("P", "t", n, n, 0) for n in range(5)])
        cursor = (await get(room, limit=2)).json()["meta"]["next_cursor"]
        assert set(fields(await get(room, limit=2, cursor=cursor, order="desc"))) == {"cursor"}
        assert (await get(room, limit=3, cursor=cursor)).status_code == 200

    @given(ts=st.integers(-(2**63), 2**63 - 1), series=st.integers(0, 2**32 - 1))
    def test_a_cursor_is_read_back(self, ts: int, series: int) -> None:
        assert read_cursor(write_cursor((ts, series), 5), 5) == (ts, series)

    @given(text=st.text(max_size=40))
    def test_no_text_breaks_the_cursor(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"cursor|parameters"):
            read_cursor(text, 5)

    async def test_texts_can_only_be_counted(self, room: Room) -> None:
        await room.post([point(tag_name="mode", value="auto"), point(value=2)])
        for query in ("aggregation=avg&tag_name=mode", "aggregation=max&tag_name=mode,t"):
            assert set(fields(await room.client.get("/v1/telemetry?" + query))) == {"aggregation"}
        assert set(fields(await get(room, tag_name="mode", max_points=5))) == {"max_points"}
        rows = await room.rows(aggregation="count", tag_name="mode")
        assert [row["value"] for row in rows] == [1]
        # where texts were not asked for by name they are left out
        assert [r["tag_name"] for r in await room.rows(aggregation="avg")] == ["t"]

    async def test_too_many_buckets_are_counted_in_the_fault(self, room: Room) -> None:
        answer = await get(
            room, aggregation="avg", interval="1s", start="2020-01-01", end="2021-01-01"
        )
        assert answer.status_code == 200  # no tag at all: nothing to refuse
        await fill(room, [("P", "t", 0, 1, 0)])
        answer = await get(
            room, aggregation="avg", interval="1s", start="2020-01-01", end="2021-01-01"
        )
        assert "31622402" in fields(answer)["interval"]
        answer = await get(
            room, aggregation="avg", interval="1d", tz="Europe/Berlin", start="0001-01-01",
            end="2026-01-01",
        )  # fmt: skip
        assert "buckets" in fields(answer)["interval"]


class TestAggregates:
    async def test_without_interval_the_range_is_one_bucket(self, room: Room) -> None:
        await fill(room, [("P", "t", n * MIN, n, 0) for n in range(5)])
        assert await room.rows(aggregation="avg") == [
            {
                "timestamp": "2026-01-06T10:00:00Z",
                "asset_id": "P",
                "tag_name": "t",
                "value": 2.0,
                "quality": "good",
                "count": 5,
            }
        ]
        rows = await room.rows(aggregation="sum", start="2026-01-06T09:00:00Z")
        assert rows[0]["timestamp"] == "2026-01-06T09:00:00Z"

    async def test_bad_points_count_only_when_asked_for(self, room: Room) -> None:
        await fill(room, [("P", "t", 0, 1, 0), ("P", "t", 1, 3, 1), ("P", "t", 2, 100, 2)])
        (row,) = await room.rows(aggregation="avg")
        assert (row["value"], row["count"], row["quality"]) == (2, 2, "uncertain")
        (row,) = await room.rows(aggregation="max", quality="all")
        assert (row["value"], row["count"], row["quality"]) == (100, 3, "bad")
        (row,) = await room.rows(aggregation="max", quality="good")
        assert (row["value"], row["count"], row["quality"]) == (1, 1, "good")

    async def test_booleans_are_averaged_as_zero_and_one(self, room: Room) -> None:
        await room.post(
            [
                point(tag_name="on", value=on, timestamp=f"2026-01-06T10:00:0{n}Z")
                for n, on in enumerate((True, True, True, False))
            ]
        )
        (row,) = await room.rows(aggregation="avg")
        assert row["value"] == 0.75

    async def test_counts_are_whole_numbers(self, room: Room) -> None:
        await fill(room, [("P", "t", 0, 1, 0)])
        answer = await get(room, aggregation="count")
        assert '"value":1,' in answer.text

    async def test_days_in_a_zone_follow_its_clock(self, room: Room) -> None:
        room.clock.advance(100 * 86_400)
        start = from_iso("2026-03-28T23:00:00Z")  # midnight in Berlin, on the 23-hour day
        await fill(room, [("P", "t", start - T0 + h * 60 * MIN, h, 0) for h in range(24)])
        rows = await room.rows(aggregation="count", interval="1d", tz="Europe/Berlin")
        assert [(r["timestamp"], r["value"]) for r in rows] == [
            ("2026-03-28T23:00:00Z", 23),
            ("2026-03-29T22:00:00Z", 1),
        ]

    @settings(max_examples=60)
    @given(
        points=st.lists(
            st.tuples(
                st.sampled_from(["P", "Q"]),
                st.sampled_from(["t", "u"]),
                st.integers(-200, 200).map(lambda n: n * 7 * US),
                st.integers(-9, 9),
                st.sampled_from([0, 1, 2]),
            ),
            max_size=12,
        ),
        function=st.sampled_from(["avg", "min", "max", "sum", "count", "first", "last"]),
        interval=st.sampled_from(["1s", "30s", "1m", "5m", "1h", "1d", "1w"]),
        quality=st.sampled_from([None, "good", "all", "bad"]),
    )
    async def test_they_equal_what_the_raw_points_give(
        self,
        room: Room,
        points: list[tuple[str, str, int, float, int]],
        function: str,
        interval: str,
        quality: str | None,
    ) -> None:
        room.clock.advance(3600)
        await room.telemetry.delete(None, Range())
        await fill(room, points)
        chosen = {} if quality is None else {"quality": quality}
        raw = await room.rows(**(chosen or {"quality": "good,uncertain"}))
        width = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}[interval[-1]]
        width *= int(interval[:-1]) * US
        origin = from_iso("2026-01-05") if interval == "1w" else 0
        buckets: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
        for row in raw:
            at = from_iso(str(row["timestamp"]))
            start = at - (at - origin) % width
            buckets.setdefault((start, str(row["asset_id"]), str(row["tag_name"])), []).append(row)
        expected = {
            (to_iso(start), asset, tag): (
                pytest.approx(aggregate(function, [r["value"] for r in rows])),
                len(rows),
                max((str(r["quality"]) for r in rows), key=QUALITY_WORDS.index),
            )
            for (start, asset, tag), rows in buckets.items()
        }
        got = await room.rows(aggregation=function, interval=interval, **chosen)
        assert {
            (r["timestamp"], r["asset_id"], r["tag_name"]): (r["value"], r["count"], r["quality"])
            for r in got
        } == expected


def aggregate(function: str, values: list[float]) -> float:
    match function:
        case "avg":
            return math.fsum(values) / len(values)
        case "count":
            return len(values)
        case "first":
            return values[0]
        case "last":
            return values[-1]
        case "sum":
            return math.fsum(values)
        case _:
            return {"min": min, "max": max}[function](values)


class TestMaxPoints:
    async def test_no_spike_is_lost_and_no_more_points_than_asked(self, room: Room) -> None:
        (tag,) = await room.register.ensure([NewTag("P", "t", Kind.NUMBER)])
        n = 5000
        values = np.sin(np.arange(n) / 50)
        values[3333] = 99
        ts = [T0 + int(i) * US for i in range(n)]
        await room.telemetry.ingest(batch_of([tag.series] * n, ts, values.tolist(), [0] * n, T0))
        answer = (await get(room, max_points=100)).json()
        rows = answer["data"]
        assert 50 <= len(rows) <= 100
        assert answer["meta"] == {"limit": 100_000, "next_cursor": None, "interval": "1m"}
        assert max(row["max"] for row in rows) == 99
        assert min(row["min"] for row in rows) == values.min()
        assert sum(row["count"] for row in rows) == n
        assert (rows[0]["first"], rows[-1]["last"]) == (values[0], values[-1])
        assert list(rows[0]) == [
            "timestamp", "asset_id", "tag_name", "min", "max", "avg", "first", "last", "quality",
            "count",
        ]  # fmt: skip

    async def test_nothing_there(self, room: Room) -> None:
        answer = (await get(room, max_points=100, asset_id="nix")).json()
        assert answer["data"] == []


class TestScope:
    async def test_reading_needs_its_scope(self, room: Room) -> None:
        room.scopes.discard("read:telemetry")
        for path in ("/v1/telemetry", "/v1/telemetry/latest?asset_id=P"):
            assert (await room.client.get(path)).status_code == 403

    async def test_other_methods_are_405(self, room: Room) -> None:
        assert (await room.client.delete("/v1/telemetry")).status_code == 405
        assert (await room.client.post("/v1/telemetry/latest")).status_code == 405


class TestLatest:
    async def test_one_row_a_tag_with_its_age(self, room: Room) -> None:
        for value, at in ((1, "11:00:00"), (2, "11:59:58.5"), (3, "11:30:00")):
            await room.post([point(value=value, timestamp=f"2026-01-06T{at}Z")])
        await room.post([point(tag_name="on", value=True, quality="uncertain")])
        answer = await room.client.get("/v1/telemetry/latest", params={"asset_id": "P"})
        assert answer.json() == {
            "data": [
                {
                    "timestamp": "2026-01-06T11:59:58.5Z",
                    "asset_id": "P",
                    "tag_name": "t",
                    "value": 2.0,
                    "quality": "good",
                    "age_seconds": 1.5,
                },
                {
                    "timestamp": "2026-01-06T12:00:00Z",
                    "asset_id": "P",
                    "tag_name": "on",
                    "value": True,
                    "quality": "uncertain",
                    "age_seconds": 0.0,
                },
            ]
        }

    async def test_only_the_tags_asked_for_in_that_order(self, room: Room) -> None:
        await room.post([point(tag_name=name) for name in ("a", "b", "c,d", "e")])
        for query, expected in (
            ("tags=b,a,nix", ["b", "a"]),
            ("tags=" + quote("c,d"), ["c,d"]),
            ("tags=e&tags=a", ["e", "a"]),
        ):
            answer = await room.client.get("/v1/telemetry/latest?asset_id=P&" + query)
            assert [row["tag_name"] for row in answer.json()["data"]] == expected

    async def test_an_unknown_asset_is_an_empty_list(self, room: Room) -> None:
        answer = await room.client.get("/v1/telemetry/latest?asset_id=nix")
        assert (answer.status_code, answer.json()) == (200, {"data": []})

    @pytest.mark.parametrize(
        ("query", "field"),
        [("", "asset_id"), ("?asset_id=", "asset_id"), ("?asset_id=P&tags=", "tags"),
         ("?asset_id=P&asset_id=Q", "asset_id"), ("?asset_id=P&tag_name=t", "tag_name")],
    )  # fmt: skip
    async def test_faults(self, room: Room, query: str, field: str) -> None:
        assert set(fields(await room.client.get("/v1/telemetry/latest" + query))) == {field}
