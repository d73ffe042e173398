"""`/v1/ws` as a client sees it."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.live.conftest import Rig, until


class TestAuthenticate:
    async def test_a_token_in_the_query_is_enough(self, rig: Rig) -> None:
        talk = await rig.open("read:telemetry")
        assert (await talk.ask(type="ping", request_id="p-1"))["request_id"] == "p-1"

    async def test_the_first_message_may_bring_the_token(self, rig: Rig) -> None:
        talk = await rig.open(None)
        answer = await talk.ask(type="authenticate", token="admin", request_id=7)
        assert (answer["type"], answer["request_id"]) == ("authenticated", 7)
        assert (await talk.ask(type="ping"))["type"] == "pong"

    @pytest.mark.parametrize(
        "first",
        [
            {"type": "ping"},
            {"type": "authenticate"},
            {"type": "authenticate", "token": 5},
            {"type": "authenticate", "token": "wrong"},
        ],
    )
    async def test_anything_else_first_closes_4401(self, rig: Rig, first: dict[str, Any]) -> None:
        talk = await rig.open(None)
        await talk.say(**first)
        assert await talk.close_code() == 4401

    async def test_a_wrong_token_closes_4401_and_counts_as_a_failure(self, rig: Rig) -> None:
        talk = await rig.open("wrong")
        assert await talk.close_code() == 4401
        assert rig.keys.failures == 1

    async def test_a_session_cookie_works_from_our_own_page(self, rig: Rig) -> None:
        origin = f"http://127.0.0.1:{rig.port}"
        headers = {"Cookie": "twinedge_session=admin", "Origin": origin}
        talk = await rig.open(None, additional_headers=headers)
        assert (await talk.ask(type="ping"))["type"] == "pong"

    @pytest.mark.parametrize("origin", ["http://evil.example", "null"])
    async def test_a_cookie_from_another_page_closes_4403(self, rig: Rig, origin: str) -> None:
        headers = {"Cookie": "twinedge_session=admin", "Origin": origin}
        talk = await rig.open(None, additional_headers=headers)
        assert await talk.close_code() == 4403

    async def test_a_revoked_key_closes_its_sockets_and_no_others(self, rig: Rig) -> None:
        gone, stays = await rig.open("read:telemetry"), await rig.open("admin")
        await gone.ask(type="ping")
        await stays.ask(type="ping")
        rig.hub.close_key("read:telemetry")
        assert await gone.close_code() == 4401
        assert (await stays.ask(type="ping"))["type"] == "pong"

    async def test_a_session_that_ended_is_found_at_the_next_look(self, rig: Rig) -> None:
        talk = await rig.open("read:telemetry")
        await talk.ask(type="ping")
        rig.keys.ended.add("read:telemetry")
        rig.hub.dismiss_strangers()
        assert await talk.close_code() == 4401


class TestTelemetry:
    async def test_points_come_with_the_fields_of_the_reference(self, rig: Rig) -> None:
        talk = await rig.open()
        answer = await talk.ask(type="subscribe", channel="telemetry", request_id="a")
        assert (answer["type"], answer["channel"]) == ("subscribed", "telemetry")
        rig.store((1, 65.5), (3, 1.0))
        news = await talk.hear()
        assert (news["type"], news["channel"]) == ("data", "telemetry")
        assert news["seq"] > answer["seq"]
        assert news["data"] == [
            {
                "timestamp": "2026-01-06T10:00:01Z",
                "asset_id": "Pump_001",
                "tag_name": "temperature",
                "value": 65.5,
                "quality": "good",
            },
            {
                "timestamp": "2026-01-06T10:00:02Z",
                "asset_id": "Pump_001",
                "tag_name": "running",
                "value": True,
                "quality": "good",
            },
        ]

    @pytest.mark.parametrize(
        ("filters", "values"),
        [
            ({}, [1.0, 2.0]),
            ({"asset_id": "Pump_002"}, [2.0]),
            ({"asset_id": ["Pump_001", "Pump_002"], "tag_name": "temperature"}, [1.0, 2.0]),
            ({"data_source_id": "ds-1"}, [1.0]),
        ],
    )
    async def test_filters_choose(
        self, rig: Rig, filters: dict[str, Any], values: list[float]
    ) -> None:
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="telemetry", filters=filters)
        rig.store((1, 1.0), (2, 2.0))
        assert [point["value"] for point in (await talk.hear())["data"]] == values

    async def test_nothing_comes_after_unsubscribing(self, rig: Rig) -> None:
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="telemetry", filters={"asset_id": "Pump_001"})
        assert (await talk.ask(type="unsubscribe", channel="telemetry"))["type"] == "unsubscribed"
        rig.store((1, 1.0))
        await asyncio.sleep(0.1)
        assert (await talk.ask(type="ping"))["type"] == "pong"

    async def test_a_snapshot_is_the_newest_of_each_series(self, rig: Rig) -> None:
        rig.store((1, 1.0), (1, 2.0), (2, 5.0))
        await asyncio.sleep(0.1)
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="telemetry", snapshot=True)
        assert [point["value"] for point in (await talk.hear())["data"]] == [2.0, 5.0]

    async def test_a_flood_in_one_tick_becomes_the_newest_and_a_gap(self, rig: Rig) -> None:
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="telemetry")
        rig.store(*[(1, float(number)) for number in range(3000)])
        gap = await talk.hear()
        assert (gap["type"], gap["data"]) == ("gap", {"lost": 2999})
        assert [point["value"] for point in (await talk.hear())["data"]] == [2999.0]


class TestResume:
    async def test_what_came_after_the_last_seq_is_sent_again(self, rig: Rig) -> None:
        first = await rig.open()
        await first.ask(type="subscribe", channel="telemetry")
        rig.store((1, 1.0))
        seen = (await first.hear())["seq"]
        await first.connection.close()
        rig.store((1, 2.0), (2, 9.0))
        await asyncio.sleep(0.1)
        again = await rig.open()
        wanted = {"asset_id": "Pump_001"}
        await again.ask(type="subscribe", channel="telemetry", filters=wanted, since_seq=seen)
        assert [point["value"] for point in (await again.hear())["data"]] == [2.0]

    async def test_a_busy_channel_pushes_nothing_of_another_out(self, rig: Rig) -> None:
        first = await rig.open()
        seen = (await first.ask(type="ping"))["seq"]
        rig.hub.publish("alerts", {"id": "a"}, severity="info", status="active")
        for _ in range(6000):
            rig.hub.publish("predictions", {"score": 0.1}, model_id="m", asset_id="Pump_001")
        await first.ask(type="subscribe", channel="alerts", since_seq=seen)
        assert (await first.hear())["data"] == {"id": "a"}

    async def test_a_seq_no_longer_kept_is_answered_by_a_gap(self, rig: Rig) -> None:
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="alerts", since_seq=5)
        assert (await talk.hear())["type"] == "gap"


class TestEvents:
    async def test_an_event_reaches_those_whose_filters_match(self, rig: Rig) -> None:
        critical, every = await rig.open(), await rig.open()
        await critical.ask(type="subscribe", channel="alerts", filters={"severity": "critical"})
        await every.ask(type="subscribe", channel="alerts")
        rig.hub.publish("alerts", {"id": "a"}, severity="info", status="active")
        rig.hub.publish("alerts", {"id": "b"}, severity="critical", status="active")
        assert (await critical.hear())["data"] == {"id": "b"}
        first, second = await every.hear(), await every.hear()
        assert [first["data"]["id"], second["data"]["id"]] == ["a", "b"]
        assert first["type"] == "event"
        assert first["seq"] < second["seq"]

    async def test_predictions_are_data(self, rig: Rig) -> None:
        talk = await rig.open("read:ml")
        await talk.ask(type="subscribe", channel="predictions", filters={"model_id": "m"})
        rig.hub.publish("predictions", {"score": 0.9}, model_id="m", asset_id="Pump_001")
        assert (await talk.hear())["type"] == "data"


class TestFaults:
    @pytest.mark.parametrize(
        ("message", "field"),
        [
            ({"type": "shout"}, "type"),
            ({}, "type"),
            ({"type": "subscribe"}, "channel"),
            ({"type": "subscribe", "channel": "weather"}, "channel"),
            ({"type": "subscribe", "channel": ["alerts"]}, "channel"),
            ({"type": "subscribe", "channel": "alerts", "filters": []}, "filters"),
            ({"type": "subscribe", "channel": "alerts", "filters": {"x": "y"}}, "filters.x"),
            (
                {"type": "subscribe", "channel": "telemetry", "filters": {"asset_id": 5}},
                "filters.asset_id",
            ),
            (
                {"type": "subscribe", "channel": "telemetry", "filters": {"asset_id": []}},
                "filters.asset_id",
            ),
            ({"type": "subscribe", "channel": "alerts", "since_seq": True}, "since_seq"),
            ({"type": "subscribe", "channel": "alerts", "snapshot": 1}, "snapshot"),
            ({"type": "ping", "colour": "red"}, "colour"),
            ({"type": "ping", "request_id": {}}, "request_id"),
        ],
    )
    async def test_a_message_not_understood_is_answered_and_forgiven(
        self, rig: Rig, message: dict[str, Any], field: str
    ) -> None:
        talk = await rig.open()
        answer = await talk.ask(**message)
        assert answer["type"] == "error"
        assert answer["data"]["code"] == "validation_error"
        assert [detail["field"] for detail in answer["data"]["details"]] == [field]
        assert (await talk.ask(type="ping"))["type"] == "pong"

    @pytest.mark.parametrize("text", ["{", "[]", "7", '"x"', "x" * 20_000, b"\xff\xfe"])
    async def test_what_is_no_message_is_answered_too(self, rig: Rig, text: str | bytes) -> None:
        talk = await rig.open()
        await talk.connection.send(text)
        assert (await talk.hear())["data"]["details"][0]["field"] == "message"

    async def test_a_channel_needs_its_scope(self, rig: Rig) -> None:
        talk = await rig.open("read:telemetry")
        answer = await talk.ask(type="subscribe", channel="alerts", request_id="r")
        assert answer["data"]["code"] == "forbidden"
        assert "read:alerts" in answer["data"]["message"]
        assert answer["request_id"] == "r"

    async def test_the_number_of_subscriptions_is_bounded(self, rig: Rig) -> None:
        talk = await rig.open()
        codes = []
        for number in range(101):
            if number % 50 == 49:
                await asyncio.sleep(2.6)  # the limit on messages a second
            filters = {"asset_id": f"A{number}"}
            answer = await talk.ask(type="subscribe", channel="telemetry", filters=filters)
            codes.append(answer["type"])
        assert codes == ["subscribed"] * 100 + ["error"]

    async def test_a_client_that_asks_too_fast_is_closed(self, rig: Rig) -> None:
        talk = await rig.open()
        with suppress(ConnectionClosed):
            for _ in range(200):
                await talk.say(type="ping")
        assert await talk.close_code() == 4429


class TestManyClients:
    async def test_one_that_stops_reading_costs_the_others_nothing(self, rig: Rig) -> None:
        stalled = await rig.open(max_queue=1)
        await stalled.say(type="subscribe", channel="telemetry")
        good = await rig.open()
        await good.ask(type="subscribe", channel="telemetry")
        await until(lambda: sum(bool(c.topics) for c in rig.hub._clients) == 2)
        stalled.connection.transport.pause_reading()
        rounds = 0
        while not any(client._lost for client in rig.hub._clients):
            rig.store(*[(1, float(number)) for number in range(900)])
            rounds += 1
            assert rounds < 600, "the stalled client's buffers never filled"
            got = 0
            while got < 900:
                news = await good.hear()
                assert news["type"] == "data"
                got += len(news["data"])
        stalled.connection.transport.resume_reading()
        kinds: list[str] = []
        last = 0.0
        while "gap" not in kinds or last != 899.0 or kinds[-1] != "data":
            news = await stalled.hear()
            kinds.append(news["type"])
            if news["type"] == "data":
                last = news["data"][-1]["value"]
        assert len(kinds) <= rounds + 2

    async def test_two_hundred_get_every_point(self, rig: Rig) -> None:
        talks = [await rig.open() for _ in range(200)]
        await asyncio.gather(*[talk.ask(type="subscribe", channel="telemetry") for talk in talks])

        async def count(wanted: int) -> int:
            talk = talks[wanted]
            got = 0
            while got < 20:
                got += len((await talk.hear())["data"])
            return got

        counting = [asyncio.create_task(count(number)) for number in range(200)]
        for number in range(20):
            rig.store((1, float(number)))
            await asyncio.sleep(0.01)
        assert await asyncio.gather(*counting) == [20] * 200

    async def test_a_client_that_leaves_leaves_nothing_behind(self, rig: Rig) -> None:
        talk = await rig.open()
        await talk.ask(type="subscribe", channel="telemetry", filters={"asset_id": "Pump_001"})
        assert len(rig.hub) == 1
        await talk.connection.close()
        await until(lambda: len(rig.hub) == 0)
        assert rig.hub._groups == {}
        rig.hub.publish("alerts", json.loads("{}"))
