"""The envelope of errors, and what every answer carries."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.conftest import application, client_of
from twinedge.kit.clock import ManualClock


def fields(answer: httpx.Response) -> dict[str, str]:
    return {fault["field"]: fault["message"] for fault in answer.json()["error"]["details"]}


class TestValidation:
    async def test_reports_every_fault_at_the_field_as_written(
        self, client: httpx.AsyncClient
    ) -> None:
        body = {"size": 11, "tags": ["a", 3], "drive": {"kind": "motor", "rpm": -1}, "colour": 1}
        answer = await client.post("/v1/things", json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "validation_error"
        assert answer.json()["error"]["message"] == "5 things are wrong in this request"
        assert fields(answer) == {
            "name": "is required",
            "size": "must be at most 10",
            "tags[1]": "must be a text",
            "drive.rpm": "must be at least 0",
            "colour": "is not a known field",
        }

    async def test_one_fault_is_told_in_the_message(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/v1/things", json={"name": ""})
        assert answer.json()["error"]["message"] == "name must not be empty"
        answer = await client.post("/v1/things", content=b"[", headers={"X-Request-ID": "r"})
        assert answer.status_code == 415
        headers = {"Content-Type": "application/json"}
        answer = await client.post("/v1/things", content=b"[", headers=headers)
        assert answer.json()["error"]["message"].startswith("body: is not valid JSON")

    async def test_a_union_is_one_sentence(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/v1/things", json={"name": "a", "limit": "x"})
        assert fields(answer) == {"limit": "must be a number or must be a list"}

    async def test_an_unknown_kind_names_the_known(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/v1/things", json={"name": "a", "drive": {"kind": "sail"}})
        assert fields(answer) == {"drive.kind": "must be one of 'motor', 'pump'"}

    @pytest.mark.parametrize("value", ["5", True, 1.5, "x", [], {}])
    async def test_nothing_is_coerced(self, client: httpx.AsyncClient, value: object) -> None:
        answer = await client.post("/v1/things", json={"name": "a", "size": value})
        assert fields(answer) == {"size": "must be a whole number"}

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b"null", b"3", b'"x"'], ids=["none", "list", "null", "number", "text"]
    )
    async def test_a_body_that_is_no_object(self, client: httpx.AsyncClient, body: bytes) -> None:
        answer = await client.post(
            "/v1/things", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
        assert fields(answer).keys() == {"body"}

    @pytest.mark.parametrize(
        "body",
        [
            b"{", b'{"name": "a",}', b"nope", b"\xff\xfe", b'{"name": NaN}', b'{"size": Infinity}',
            b'{"size": 1e999}', b'{"name": "\\ud800"}', b'{"name": "a\\u0000b"}', b"[" * 60_000,
            b'{"a":' * 10_000, b'{"free": ' + b"[" * 70 + b"]" * 70 + b"}", b"\xef\xbb\xbf{}",
            b"9" * 5000,
        ],
    )  # fmt: skip
    async def test_broken_json_is_one_clear_fault(
        self, client: httpx.AsyncClient, body: bytes
    ) -> None:
        answer = await client.post(
            "/v1/things", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
        assert len(fields(answer)) == 1

    async def test_lists_a_hundred_faults_and_counts_all(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/v1/things", json={"name": "a", "tags": [1] * 250})
        error = answer.json()["error"]
        assert len(error["details"]) == 100
        assert "250 faults in all" in error["message"]

    async def test_query_fields_have_no_prefix(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things", params={"per_page": 101, "page": "x"})
        assert answer.status_code == 400
        assert fields(answer) == {
            "per_page": "must be at most 100",
            "page": "must be a whole number",
        }

    async def test_unknown_query_parameters_are_named(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things", params={"perpage": 5})
        assert answer.status_code == 400
        assert fields(answer) == {
            "perpage": "is not a query parameter here; known are: kind, page, per_page"
        }

    async def test_nul_is_refused_wherever_it_is(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/things?kind=%00")).status_code == 400
        assert (await client.get("/v1/things/%00")).status_code == 400

    @settings(max_examples=150)
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.floats()
            | st.integers()
            | st.text(st.characters(codec=None)),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["name", "size", "tags", "drive", "kind", "limit", "free"])
                    | st.text(max_size=3),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=12,
        )
    )
    async def test_any_json_is_either_taken_or_answered_with_its_faults(
        self, client: httpx.AsyncClient, body: Any
    ) -> None:
        answer = await client.post(
            "/v1/things",
            content=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code in {201, 400}
        if answer.status_code == 400:
            error = answer.json()["error"]
            assert error["code"] == "validation_error"
            assert error["details"]
            assert all(fault["field"] and fault["message"] for fault in error["details"])

    @settings(max_examples=100)
    @given(st.binary(max_size=200))
    async def test_any_bytes_are_answered(self, client: httpx.AsyncClient, body: bytes) -> None:
        answer = await client.post(
            "/v1/things", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400


class TestOtherErrors:
    async def test_not_found_names_the_thing(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things/absent")
        assert answer.status_code == 404
        assert answer.json() == {
            "error": {"code": "not_found", "message": "thing 'absent' not found", "details": []}
        }

    async def test_an_unknown_path(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/nothing")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"
        assert (await client.get("/v1/things/")).status_code == 404

    async def test_a_wrong_method_says_which_are_right(self, client: httpx.AsyncClient) -> None:
        answer = await client.patch("/v1/things/a")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, PUT"
        assert answer.json()["error"]["code"] == "method_not_allowed"
        plain = await client.delete("/v1/telemetry")
        assert (plain.status_code, plain.headers["Allow"]) == (405, "POST")

    async def test_a_crash_tells_the_request_id_and_nothing_else(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.get("/v1/things/crash", headers={"X-Request-ID": "my-id"})
        assert answer.status_code == 500
        assert answer.json()["error"]["code"] == "internal_error"
        assert "my-id" in answer.json()["error"]["message"]
        assert "hunter2" not in answer.text
        assert "ZeroDivision" not in answer.text

    async def test_busy_says_when_to_come_back(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/things/busy")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "7"

    async def test_a_lost_update_is_refused(self, client: httpx.AsyncClient) -> None:
        ask = {"json": {"name": "a"}}
        stale = await client.put("/v1/things/a", **ask, headers={"If-Match": '"2"'})  # type: ignore[arg-type]
        fresh = await client.put("/v1/things/a", **ask, headers={"If-Match": '"3"'})  # type: ignore[arg-type]
        assert (stale.status_code, fresh.status_code) == (412, 200)
        assert stale.json()["error"]["code"] == "precondition_failed"

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
    async def test_json_routes_take_json_only(
        self, client: httpx.AsyncClient, kind: str | None
    ) -> None:
        headers = {"Content-Type": kind} if kind else {}
        answer = await client.post("/v1/things", content=b'{"name": "a"}', headers=headers)
        assert answer.status_code == 415
        assert "application/json" in answer.json()["error"]["message"]

    async def test_upload_routes_take_multipart_only(self, client: httpx.AsyncClient) -> None:
        good = await client.post("/v1/things/import", files={"file": b"abc"})
        assert good.json() == {"data": 3}
        bad = await client.post("/v1/things/import", json={})
        assert bad.status_code == 415
        broken = await client.post(
            "/v1/things/import",
            content=b"junk",
            headers={"Content-Type": "multipart/form-data"},
        )
        assert broken.status_code == 400


class TestAccess:
    async def test_without_a_key(self, stranger: httpx.AsyncClient) -> None:
        answer = await stranger.get("/v1/things")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "unauthorized"

    async def test_public_routes_need_none(self, stranger: httpx.AsyncClient) -> None:
        assert (await stranger.get("/v1/things/open")).status_code == 200
        assert (await stranger.get("/page")).status_code == 200

    async def test_the_scope_is_checked_before_anything_is_read(self) -> None:
        app, _ = application(ManualClock())
        async with client_of(app, "read:assets") as client:
            assert (await client.get("/v1/things")).status_code == 200
            answer = await client.post("/v1/things?junk=1", content=b"junk")
            assert answer.status_code == 403
            assert "'write:assets'" in answer.json()["error"]["message"]
            assert (await client.post("/v1/telemetry")).status_code == 403

    async def test_a_wrong_method_is_no_matter_of_scopes(self) -> None:
        app, _ = application(ManualClock())
        async with client_of(app, "read:ml") as client:
            assert (await client.patch("/v1/things")).status_code == 405
