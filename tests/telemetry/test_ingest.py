"""POST /telemetry: what is taken, what is refused, and that a refusal leaves nothing behind."""

import asyncio
import io
from typing import Any

import httpx
import pyarrow as pa
import pytest

from tests.telemetry.conftest import Room
from twinedge.assets.model import Kind, NewTag
from twinedge.telemetry.routes import TelemetryLimits

ARROW = "application/vnd.apache.arrow.stream"


def point(**fields: Any) -> dict[str, Any]:
    return {"asset_id": "P", "tag_name": "t", "value": 1.5} | fields


def faults(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    return {d["field"]: d["message"] for d in answer.json()["error"]["details"]}


async def post_arrow(room: Room, columns: dict[str, Any], **params: str) -> httpx.Response:
    table = pa.table(columns)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return await room.client.post(
        "/v1/telemetry", content=sink.getvalue(), params=params, headers={"content-type": ARROW}
    )


class TestAccepted:
    @pytest.mark.parametrize("path", ["/v1/telemetry", "/v1/telemetry/ingest"])
    async def test_the_answer_comes_after_the_points_are_stored(
        self, room: Room, path: str
    ) -> None:
        answer = await room.client.post(path, json={"data": [point(), point(value=2)]})
        assert (answer.status_code, answer.json()) == (200, {"data": {"accepted": 2}})
        assert len(room.store.points) == 1  # both are now, the second replaced the first
        assert room.charged == [2]

    async def test_every_kind_of_value_comes_back_as_it_was(self, room: Room) -> None:
        values = {"a": 1.5, "b": True, "c": "läuft", "d": -7, "e": 2**70 + 1, "f": ""}
        data = [point(tag_name=tag, value=value) for tag, value in values.items()]
        assert (await room.post(data)).status_code == 200
        rows = await room.rows()
        got = {row["tag_name"]: row["value"] for row in rows}
        assert got == values
        assert isinstance(got["b"], bool)

    async def test_a_point_without_time_is_now_and_good(self, room: Room) -> None:
        await room.post([point()])
        assert await room.rows() == [
            {
                "timestamp": "2026-01-06T12:00:00Z",
                "asset_id": "P",
                "tag_name": "t",
                "value": 1.5,
                "quality": "good",
            }
        ]

    async def test_sending_a_point_again_replaces_it(self, room: Room) -> None:
        for value in (1, 2):
            await room.post([point(value=value, timestamp="2026-01-06T10:00:00Z")])
        assert [row["value"] for row in await room.rows()] == [2]

    async def test_no_points_are_no_fault(self, room: Room) -> None:
        answer = await room.post([])
        assert (answer.status_code, answer.json()) == (200, {"data": {"accepted": 0}})

    async def test_a_source_that_exists_claims_the_tag(self, room: Room) -> None:
        assert (await room.post([point(data_source_id="ds-1")])).status_code == 200
        tag = room.register.find("P", "t")
        assert tag is not None
        assert tag.data_source_id == "ds-1"
        assert [r["value"] for r in await room.rows(data_source_id="ds-1")] == [1.5]
        assert await room.rows(data_source_id="ds-2") == []

    async def test_arrow(self, room: Room) -> None:
        columns = {"asset_id": ["P", "P", "Q"], "tag_name": ["t", "u", "t"], "value": [1, 2, 3]}
        answer = await post_arrow(room, columns)
        assert answer.json() == {"data": {"accepted": 3}}
        assert sorted(r["value"] for r in await room.rows()) == [1, 2, 3]  # type: ignore[type-var]


class TestRefused:
    async def test_one_bad_point_refuses_all_and_makes_no_tag(self, room: Room) -> None:
        answer = await room.post([point(), point(tag_name="new"), point(value=None)])
        assert set(faults(answer)) == {"data[2].value"}
        assert (len(room.register), room.store.points) == (0, {})

    async def test_every_sort_of_fault_at_once(self, room: Room) -> None:
        await room.post([point()])
        answer = await room.post(
            [
                point(value="text"),
                point(asset_id="a" * 201),
                point(tag_name="a\x07b"),
                point(timestamp="2026-01-07T12:00:00.000001Z"),
                point(data_source_id="nix"),
                point(tag_name="new", value=1),
                point(tag_name="new", value=True),
            ]
        )
        assert faults(answer) == {
            "data[0].value": "must be a number: the tag has held number values since its first "
            "point",
            "data[1].asset_id": "is longer than 200 characters",
            "data[2].tag_name": "has a character that cannot be printed",
            "data[3].timestamp": "is more than 1 day in the future",
            "data[4].data_source_id": "no data source 'nix' exists",
            "data[6].value": "must be a number: the tag has held number values since its first "
            "point",
        }
        assert len(room.register) == 1

    @pytest.mark.parametrize(
        ("first", "second"), [(1, True), (True, 1), (True, "x"), ("x", 1), (1, "1")]
    )
    async def test_a_tag_keeps_its_first_kind(self, room: Room, first: Any, second: Any) -> None:
        await room.post([point(value=first)])
        assert set(faults(await room.post([point(value=second)]))) == {"data[0].value"}

    async def test_exactly_one_day_ahead_is_taken(self, room: Room) -> None:
        answer = await room.post([point(timestamp="2026-01-07T12:00:00Z")])
        assert answer.status_code == 200

    async def test_year_9999_is_refused_and_year_1_is_not(self, room: Room) -> None:
        answer = await room.post([point(timestamp="9999-12-31T23:59:59Z")])
        assert set(faults(answer)) == {"data[0].timestamp"}
        answer = await room.post([point(timestamp="0001-01-01T00:00:00Z")])
        assert answer.status_code == 200
        assert (await room.rows())[0]["timestamp"] == "0001-01-01T00:00:00Z"

    async def test_a_tag_of_another_source_is_a_conflict(self, room: Room) -> None:
        await room.post([point(data_source_id="ds-1")])
        answer = await room.post([point(tag_name="new"), point(data_source_id="ds-2")])
        assert answer.status_code == 409
        assert answer.json()["error"]["details"][0]["field"] == "data[1].data_source_id"
        assert room.register.find("P", "new") is None
        both = [point(tag_name="n", data_source_id=s) for s in ("ds-1", "ds-2")]
        assert (await room.post(both)).status_code == 409

    async def test_more_than_a_hundred_faults_are_counted(self, room: Room) -> None:
        answer = await room.post([point(value=None)] * 150)
        assert len(faults(answer)) == 100
        message = answer.json()["error"]["message"]
        assert "150 of 150 points" in message
        assert "150 faults" in message

    async def test_arrow_faults_are_named_by_row(self, room: Room) -> None:
        columns = {"asset_id": ["P", ""], "tag_name": ["t", "t"], "value": [1.0, float("inf")]}
        answer = await post_arrow(room, columns)
        assert set(faults(answer)) == {"data[1].asset_id", "data[1].value"}
        assert len(room.register) == 0

    async def test_a_store_that_cannot_is_503_and_the_next_try_works(self, room: Room) -> None:
        room.store.fail_with = "the disk is full"
        answer = await room.post([point()])
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        room.store.fail_with = None
        assert (await room.post([point()])).status_code == 200


class TestPartial:
    async def test_good_points_are_stored_and_bad_ones_named(self, room: Room) -> None:
        await room.post([point()])
        data = [
            point(value=2),
            point(value="x"),
            5,
            point(tag_name="bad\n"),
            point(tag_name="new", value="y"),
            point(tag_name="only-bad", value=None),
        ]
        answer = await room.post(data, partial="true")
        assert answer.status_code == 200
        body = answer.json()["data"]
        assert (body["accepted"], body["rejected"]) == (2, 4)
        assert [error["field"] for error in body["errors"]] == [
            "data[1].value",
            "data[2]",
            "data[3].tag_name",
            "data[5].value",
        ]
        assert {row["value"] for row in await room.rows()} == {2, "y"}
        assert room.register.find("P", "only-bad") is None

    async def test_all_good(self, room: Room) -> None:
        answer = await room.post([point()], partial="true")
        assert answer.json() == {"data": {"accepted": 1, "rejected": 0, "errors": []}}

    async def test_all_bad_stores_nothing(self, room: Room) -> None:
        answer = await room.post([5], partial="true")
        assert answer.json()["data"]["rejected"] == 1
        assert room.store.appended == []

    async def test_the_kind_of_a_new_tag_is_that_of_its_first_good_point(self, room: Room) -> None:
        data = [
            point(value="x", timestamp="2030-01-01"),
            point(value=1),
            point(value="y"),
        ]
        answer = await room.post(data, partial="true")
        body = answer.json()["data"]
        assert [e["field"] for e in body["errors"]] == ["data[0].timestamp", "data[2].value"]
        tag = room.register.find("P", "t")
        assert tag is not None
        assert tag.kind is Kind.NUMBER

    async def test_other_words_are_refused(self, room: Room) -> None:
        answer = await room.post([point()], partial="yes")
        assert set(faults(answer)) == {"partial"}


class TestRequest:
    @pytest.mark.parametrize("media", ["text/xml", "application/x-www-form-urlencoded", ""])
    async def test_other_forms_are_415_and_the_accepted_ones_listed(
        self, room: Room, media: str
    ) -> None:
        headers = {"content-type": media} if media else {}
        answer = await room.client.post("/v1/telemetry", content=b"x", headers=headers)
        assert answer.status_code == 415
        assert ARROW in answer.json()["error"]["message"]

    async def test_json_with_a_charset_is_json(self, room: Room) -> None:
        answer = await room.client.post(
            "/v1/telemetry",
            content=b'{"data":[]}',
            headers={"content-type": "Application/JSON; charset=utf-8"},
        )
        assert answer.status_code == 200

    async def test_without_the_scope_403_and_nothing_is_read(self, room: Room) -> None:
        room.scopes.discard("write:telemetry")
        answer = await room.client.post("/v1/telemetry", content=b"[[[[")
        assert answer.status_code == 403
        assert "write:telemetry" in answer.json()["error"]["message"]

    async def test_unknown_parameters_are_refused(self, room: Room) -> None:
        assert set(faults(await room.post([], colour="red"))) == {"colour"}

    @pytest.mark.parametrize("body", [b"", b"[" * 10_000_000, b'{"data":[{"asset_id":"P', b"\xff"])
    async def test_garbage_is_400(self, room: Room, body: bytes) -> None:
        answer = await room.client.post(
            "/v1/telemetry", content=body, headers={"content-type": "application/json"}
        )
        assert set(faults(answer)) == {"body"}

    @pytest.mark.parametrize("limits", [TelemetryLimits(json_points=3, arrow_points=3)])
    async def test_too_many_points_are_413(self, room: Room) -> None:
        assert (await room.post([point()] * 3)).status_code == 200
        answer = await room.post([point()] * 4)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "payload_too_large")
        columns = {"asset_id": ["P"] * 4, "tag_name": ["t"] * 4, "value": [1] * 4}
        assert (await post_arrow(room, columns)).status_code == 413


class TestConcurrency:
    async def test_many_clients_making_the_same_new_tags(self, room: Room) -> None:
        async def send(client: int) -> httpx.Response:
            return await room.post(
                [
                    point(tag_name=f"t{n}", timestamp=f"2026-01-06T10:00:{client:02d}Z")
                    for n in range(20)
                ]
            )

        answers = await asyncio.gather(*(send(client) for client in range(16)))
        assert {answer.status_code for answer in answers} == {200}
        assert (len(room.register), len(room.store.points)) == (20, 320)

    async def test_two_kinds_racing_for_one_new_tag_never_mix(self, room: Room) -> None:
        answers = await asyncio.gather(
            room.post([point(value=1)]), room.post([point(value="x")]), room.post([point(value=1)])
        )
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) in ([200, 200, 400], [200, 400, 400])
        kinds = {text is None for _, _, text in room.store.points.values()}
        assert len(kinds) == 1

    async def test_a_tag_made_by_another_kind_meanwhile_is_a_fault(self, room: Room) -> None:
        ensure = room.register.ensure

        async def late(wanted: Any, **options: Any) -> Any:
            room.register.ensure = ensure  # type: ignore[method-assign]
            await ensure([NewTag("P", "t", Kind.TEXT)])
            return await ensure(wanted, **options)

        room.register.ensure = late  # type: ignore[method-assign]
        assert set(faults(await room.post([point(), point(tag_name="new")]))) == {"data[0].value"}
        assert room.register.find("P", "new") is None
