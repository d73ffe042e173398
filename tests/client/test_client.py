"""The client against a scripted server: envelopes, pages, errors, patience."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pyarrow as pa
import pytest

from twinedge.client import ApiError, Client, Unreachable
from twinedge.client.telemetry import ARROW

Handler = Callable[[httpx.Request], httpx.Response]


def client_of(handler: Handler, **options: Any) -> Client:
    return Client("http://plant:8080", "te_key", transport=httpx.MockTransport(handler), **options)


def data(value: Any, **meta: Any) -> httpx.Response:
    return httpx.Response(200, json={"data": value, "meta": meta} if meta else {"data": value})


def refusal(status: int, code: str, message: str, **headers: str) -> httpx.Response:
    details = [{"field": "config.port", "message": "must be at most 65535"}]
    error = {"code": code, "message": message, "details": details}
    return httpx.Response(status, json={"error": error}, headers=headers)


class TestRequests:
    def test_carry_the_key_and_open_the_envelope(self) -> None:
        seen = []

        def handler(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return data({"id": "ds-1"})

        with client_of(handler) as client:
            assert client.sources.get("ds-1")["id"] == "ds-1"
        assert seen[0].headers["Authorization"] == "Bearer te_key"
        assert str(seen[0].url) == "http://plant:8080/v1/data-sources/ds-1"

    def test_take_a_key_as_it_stands_in_its_file(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            return data(request.headers["Authorization"])

        with Client("http://x", "te_key\n", transport=httpx.MockTransport(handler)) as client:
            assert client.get("/x") == "Bearer te_key"

    @pytest.mark.parametrize("base", ["http://plant", "http://plant/", "http://plant/v1"])
    def test_take_the_address_with_or_without_the_version(self, base: str) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert str(request.url) == "http://plant/v1/x"
            return data(1)

        with Client(base, transport=httpx.MockTransport(handler)) as client:
            assert client.get("/x") == 1

    def test_escape_ids(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert request.url.raw_path == b"/v1/assets/Halle%201%2FPumpe%20%C3%84"
            return data({"id": "Halle 1/Pumpe Ä"})

        with client_of(handler) as client:
            client.assets.get("Halle 1/Pumpe Ä")

    def test_leave_out_what_is_none(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert dict(request.url.params) == {"asset_id": "P"}
            return data([])

        with client_of(handler) as client:
            assert client.telemetry.latest("P") == []

    def test_upload_as_a_form_with_one_file(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert request.headers["Content-Type"].startswith("multipart/form-data")
            assert b'name="file"; filename="a.csv"' in request.content
            return data({"row_count": 1})

        with client_of(handler) as client:
            assert client.upload("/ml/datasets/d/upload", "a.csv", b"x\n1\n", "text/csv")


class TestPages:
    def test_walk_through_every_page_as_consumed(self) -> None:
        asked = []

        def handler(request: httpx.Request) -> httpx.Response:
            page, size = int(request.url.params["page"]), int(request.url.params["per_page"])
            asked.append(page)
            items = [{"id": i} for i in range(250)][(page - 1) * size : page * size]
            return data(items, page=page, per_page=size, total=250)

        with client_of(handler) as client:
            found = client.sources.list()
            assert next(found)["id"] == 0
            assert asked == [1]
            assert len(list(found)) == 249
        assert asked == [1, 2, 3]

    def test_end_when_the_list_shrinks_meanwhile(self) -> None:
        with client_of(lambda _: data([], page=1, per_page=100, total=5)) as client:
            assert list(client.keys.list()) == []


class TestErrors:
    def test_carry_code_message_and_every_fault(self) -> None:
        def handler(_: httpx.Request) -> httpx.Response:
            return refusal(400, "validation_error", "1 fault", **{"X-Request-ID": "r-1"})

        with client_of(handler) as client, pytest.raises(ApiError) as caught:
            client.sources.create({})
        error = caught.value
        assert (error.http_status, error.error_code, error.message) == (
            400, "validation_error", "1 fault")  # fmt: skip
        assert error.faults[0].field == "config.port"
        assert error.request_id == "r-1"

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "x"}', b"{"])
    def test_a_stranger_that_refuses_is_told_by_its_status(self, body: bytes) -> None:
        with (
            client_of(lambda _: httpx.Response(502, content=body)) as client,
            pytest.raises(ApiError, match="502 Bad Gateway"),
        ):
            client.get("/assets")

    @pytest.mark.parametrize("body", [b"<html>hello", b"[1]", b"{}"])
    def test_a_stranger_that_agrees_is_not_taken_for_us(self, body: bytes) -> None:
        with (
            client_of(lambda _: httpx.Response(200, content=body)) as client,
            pytest.raises(ApiError, match="is the address right"),
        ):
            client.get("/assets")

    def test_nobody_there_is_said_in_words(self) -> None:
        def handler(_: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("Connection refused")

        with (
            client_of(handler) as client,
            pytest.raises(Unreachable, match="http://plant:8080 cannot be reached: Connection"),
        ):
            client.get("/assets")

    def test_a_silent_server_is_given_up(self) -> None:
        def handler(_: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout("")

        with client_of(handler) as client, pytest.raises(Unreachable, match="in time"):
            client.get("/assets")

    @pytest.mark.parametrize("base", ["", "plant", "http://", "http://pla nt:x"])
    def test_an_address_that_is_none_is_said_in_words(self, base: str) -> None:
        with pytest.raises(Unreachable), Client(base) as client:
            client.get("/assets")


class TestPatience:
    def test_a_busy_server_is_asked_again_when_it_says(self, monkeypatch: Any) -> None:
        answers = [refusal(429, "rate_limited", "slow", **{"Retry-After": "2"}),
                   refusal(503, "service_unavailable", "full", **{"Retry-After": "1"}),
                   data({"accepted": 1})]  # fmt: skip
        waits: list[float] = []
        with client_of(lambda _: answers.pop(0)) as client:
            monkeypatch.setattr(client.http, "_sleep", waits.append)
            assert client.telemetry.ingest([{"asset_id": "P", "tag_name": "t", "value": 1}]) == 1
        assert waits == [2, 1]

    def test_only_as_long_as_allowed(self, monkeypatch: Any) -> None:
        waits: list[float] = []

        def handler(_: httpx.Request) -> httpx.Response:
            return refusal(429, "rate_limited", "slow", **{"Retry-After": "4"})

        with client_of(handler, patience_s=10) as client:
            monkeypatch.setattr(client.http, "_sleep", waits.append)
            with pytest.raises(ApiError, match="slow") as caught:
                client.get("/assets")
        assert waits == [4, 4]
        assert caught.value.retry_after_s == 4


class TestTelemetry:
    def test_rows_follow_the_cursor_to_the_end(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert request.url.params["start"] == "2026-01-06T10:00:00+00:00"
            assert request.url.params.get_list("asset_id") == ["A", "B"]
            at = int(request.url.params.get("cursor", "0"))
            return data([{"value": at}], next_cursor=str(at + 1) if at < 2 else None)

        with client_of(handler) as client:
            rows = client.telemetry.rows(
                asset_id=["A", "B"], start=datetime(2026, 1, 6, 10, tzinfo=UTC)
            )
            assert [row["value"] for row in rows] == [0, 1, 2]

    def test_rows_stop_at_the_limit(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            n = min(int(request.url.params["limit"]), 2)
            return data([{"value": 1}] * n, next_cursor="more")

        with client_of(handler) as client:
            assert len(list(client.telemetry.rows(limit=5))) == 5

    def test_query_joins_arrow_pages_into_one_table(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert request.headers["Accept"] == ARROW
            at = int(request.url.params.get("cursor", "0"))
            sink = pa.BufferOutputStream()
            table = pa.table({"value": [float(at)]})
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            headers = {"X-Next-Cursor": "1"} if at == 0 else {}
            return httpx.Response(200, content=sink.getvalue().to_pybytes(), headers=headers)

        with client_of(handler) as client:
            assert client.telemetry.query(asset_id="P")["value"].to_pylist() == [0.0, 1.0]

    def test_ingest_sends_bodies_of_ten_thousand(self) -> None:
        sizes = []

        def handler(request: httpx.Request) -> httpx.Response:
            sizes.append(len(json.loads(request.content)["data"]))
            return data({"accepted": sizes[-1]})

        points = ({"asset_id": "P", "tag_name": "t", "value": i} for i in range(25_000))
        with client_of(handler) as client:
            assert client.telemetry.ingest(points) == 25_000
        assert sizes == [10_000, 10_000, 5_000]

    def test_ingest_of_nothing_asks_nothing(self) -> None:
        def handler(_: httpx.Request) -> httpx.Response:
            raise AssertionError("nothing is to be sent")

        with client_of(handler) as client:
            assert client.telemetry.ingest([]) == 0

    def test_a_table_goes_out_as_arrow(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert request.headers["Content-Type"] == ARROW
            return data({"accepted": pa.ipc.open_stream(request.content).read_all().num_rows})

        with client_of(handler) as client:
            assert client.telemetry.ingest_table(pa.table({"asset_id": ["P"] * 3})) == 3


class TestKeys:
    def test_create_sends_only_what_is_given(self) -> None:
        def handler(request: httpx.Request) -> httpx.Response:
            assert json.loads(request.content) == {"name": "line", "scopes": ["admin"]}
            return data({"id": "key-1", "key": "te_1"})

        with client_of(handler) as client:
            assert client.keys.create("line", ["admin"])["key"] == "te_1"
