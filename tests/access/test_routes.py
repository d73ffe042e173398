"""Keys and sessions over HTTP, and what every route of an application must promise."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from tests.access.conftest import ADMIN_KEY, Connect
from twinedge.access.model import NewKey
from twinedge.access.service import Access
from twinedge.kit.clock import ManualClock
from twinedge.web.routing import PUBLIC, SCOPES, SIGNED_IN, declared_scopes

OPEN = {("GET", "/v1/openapi.json"), ("POST", "/v1/session")}
"""Every route under /v1 that needs no key; a new one has to be added here on purpose."""


class TestEveryRoute:
    def test_declares_a_known_scope(self, app: FastAPI) -> None:
        declared = list(declared_scopes(app.routes))
        assert declared
        for method, path, scope in declared:
            if path.startswith("/v1"):
                expected = {PUBLIC} if (method, path) in OPEN else {*SCOPES, SIGNED_IN}
                assert scope in expected, (method, path)

    async def test_refuses_a_stranger_and_a_key_without_the_scope(
        self, app: FastAPI, access: Access, connect: Connect
    ) -> None:
        _, scopeless = await access.create(NewKey("none", ()))
        for method, path, scope in declared_scopes(app.routes):
            if not path.startswith("/v1") or scope == PUBLIC:
                continue
            url = path.replace("{", "").replace("}", "")
            assert (await connect(None).request(method, url)).status_code == 401, url
            if scope != SIGNED_IN:
                assert (await connect(scopeless).request(method, url)).status_code == 403, url


class TestKeys:
    async def test_the_life_of_a_key(self, admin: httpx.AsyncClient, connect: Connect) -> None:
        body = {"name": "gateway", "scopes": ["write:telemetry"], "id": "gw"}
        made = await admin.post("/v1/api-keys", json=body)
        assert made.status_code == 201
        assert made.headers["Location"] == "/v1/api-keys/gw"
        key = made.json()["data"]
        assert key["key"].startswith("te_gw_")
        shown = (await admin.get("/v1/api-keys/gw")).json()["data"]
        assert shown == {
            "id": "gw",
            "name": "gateway",
            "scopes": ["write:telemetry"],
            "created_at": "2026-01-01T00:00:00Z",
            "expires_at": None,
            "last_used_at": None,
        }
        assert (await connect(key["key"]).get("/v1/session")).status_code == 200
        rotated = (await admin.post("/v1/api-keys/gw/rotate")).json()["data"]["key"]
        assert (await connect(key["key"]).get("/v1/session")).status_code == 401
        assert (await connect(rotated).get("/v1/session")).status_code == 200
        gone = (await admin.delete("/v1/api-keys/gw")).json()["data"]
        assert (gone["id"], gone["deleted"]) == ("gw", True)
        assert (await connect(rotated).get("/v1/session")).status_code == 401
        assert (await admin.get("/v1/api-keys/gw")).status_code == 404

    async def test_the_list_is_newest_first_with_meta_and_no_secret(
        self, admin: httpx.AsyncClient, clock: ManualClock
    ) -> None:
        for number in range(3):
            clock.advance(1)
            body = {"name": "k", "scopes": ["admin"], "id": f"k{number}"}
            assert (await admin.post("/v1/api-keys", json=body)).status_code == 201
        answer = (await admin.get("/v1/api-keys", params={"per_page": 2})).json()
        assert [item["id"] for item in answer["data"]] == ["k2", "k1"]
        assert answer["meta"] == {"page": 1, "per_page": 2, "total": 4}
        assert all("key" not in item for item in answer["data"])
        past = (await admin.get("/v1/api-keys", params={"page": 9})).json()
        assert (past["data"], past["meta"]["total"]) == ([], 4)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": None}, "name"),
            ({"scopes": []}, "scopes"),
            ({"scopes": ["read:telemetry", "root"]}, "scopes[1]"),
            ({"scopes": "admin"}, "scopes"),
            ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
            ({"expires_at": "soon"}, "expires_at"),
            ({"expires_at": 5}, "expires_at"),
            ({"id": "a/b"}, "id"),
            ({"id": "a" * 65}, "id"),
            ({"secret": "x"}, "secret"),
        ],
    )
    async def test_bad_bodies_are_refused_at_their_field(
        self, admin: httpx.AsyncClient, change: dict[str, object], field: str
    ) -> None:
        body = {"name": "a", "scopes": ["admin"]} | change
        answer = await admin.post("/v1/api-keys", json=body)
        assert answer.status_code == 400
        assert [fault["field"] for fault in answer.json()["error"]["details"]] == [field]

    async def test_any_offset_is_understood(self, admin: httpx.AsyncClient) -> None:
        body = {"name": "a", "scopes": ["admin"], "expires_at": "2030-01-01T02:00:00+02:00"}
        made = await admin.post("/v1/api-keys", json=body)
        assert made.json()["data"]["expires_at"] == "2030-01-01T00:00:00Z"

    async def test_a_taken_id_is_a_conflict(self, admin: httpx.AsyncClient) -> None:
        body = {"name": "a", "scopes": ["admin"], "id": "a"}
        await admin.post("/v1/api-keys", json=body)
        assert (await admin.post("/v1/api-keys", json=body)).status_code == 409


class TestSession:
    async def test_a_browser_signs_in_works_and_signs_out(self, connect: Connect) -> None:
        browser = connect(None)
        answer = await browser.post("/v1/session", json={"api_key": ADMIN_KEY})
        assert answer.status_code == 201
        cookie = answer.headers["Set-Cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "secure" not in cookie
        session = (await browser.get("/v1/session")).json()["data"]
        assert session == answer.json()["data"]
        assert session["scopes"] == ["admin"]
        body = {"name": "a", "scopes": ["admin"]}
        assert (await browser.post("/v1/api-keys", json=body)).status_code == 403
        csrf = {"X-CSRF-Token": session["csrf_token"]}
        assert (await browser.post("/v1/api-keys", json=body, headers=csrf)).status_code == 201
        assert (await browser.delete("/v1/session", headers=csrf)).status_code == 200
        assert (await browser.get("/v1/session")).status_code == 401

    async def test_the_cookie_is_secure_over_https(self, connect: Connect) -> None:
        answer = await connect(None, "https").post("/v1/session", json={"api_key": ADMIN_KEY})
        assert "secure" in answer.headers["Set-Cookie"].lower()

    async def test_a_wrong_key_opens_none(self, connect: Connect) -> None:
        answer = await connect(None).post("/v1/session", json={"api_key": "wrong"})
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers

    async def test_guessing_is_slowed_down_but_good_keys_still_work(
        self, connect: Connect, clock: ManualClock
    ) -> None:
        browser = connect(None)
        statuses = [
            (await browser.post("/v1/session", json={"api_key": f"wrong-{n}"})).status_code
            for n in range(32)
        ]
        assert statuses == [401] * 30 + [429] * 2
        guess = await connect("wrong").get("/v1/api-keys")
        assert guess.status_code == 429
        assert int(guess.headers["Retry-After"]) >= 1
        assert (await connect().get("/v1/api-keys")).status_code == 200
        clock.advance(60)
        assert (await connect("wrong").get("/v1/api-keys")).status_code == 401


BODY = {"name": "a", "scopes": ["read:ml"]}
KEY = {"Idempotency-Key": "order-66"}


class TestIdempotency:
    async def test_the_second_time_answers_the_first_answer(self, admin: httpx.AsyncClient) -> None:
        first = await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        again = await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        assert first.status_code == again.status_code == 201
        assert again.content == first.content
        assert again.headers["Location"] == first.headers["Location"]
        assert again.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert (await admin.get("/v1/api-keys")).json()["meta"]["total"] == 2

    async def test_another_body_is_a_conflict(self, admin: httpx.AsyncClient) -> None:
        await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        other = BODY | {"name": "b"}
        answer = await admin.post("/v1/api-keys", json=other, headers=KEY)
        assert answer.status_code == 409

    async def test_a_failure_is_not_remembered(self, admin: httpx.AsyncClient) -> None:
        bad = await admin.post("/v1/api-keys", json={"name": "a"}, headers=KEY)
        good = await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        assert (bad.status_code, good.status_code) == (400, 201)

    async def test_of_many_at_once_one_is_done(self, admin: httpx.AsyncClient) -> None:
        answers = await asyncio.gather(
            *(admin.post("/v1/api-keys", json=BODY, headers=KEY) for _ in range(8))
        )
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert (await admin.get("/v1/api-keys")).json()["meta"]["total"] == 2

    async def test_keys_of_others_and_other_paths_are_others(
        self, admin: httpx.AsyncClient, connect: Connect
    ) -> None:
        first = await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        body = {"name": "second", "scopes": ["admin"]}
        token = (await admin.post("/v1/api-keys", json=body)).json()["data"]["key"]
        other = await connect(token).post("/v1/api-keys", json=BODY, headers=KEY)
        assert other.status_code == 201
        assert other.json()["data"]["id"] != first.json()["data"]["id"]

    async def test_is_forgotten_after_a_day(
        self, admin: httpx.AsyncClient, clock: ManualClock
    ) -> None:
        await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        clock.advance(86_401)
        again = await admin.post("/v1/api-keys", json=BODY, headers=KEY)
        assert again.status_code == 201
        assert "Idempotency-Replayed" not in again.headers

    @pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
    async def test_a_bad_key_is_refused(self, admin: httpx.AsyncClient, key: str) -> None:
        headers = {"Idempotency-Key": key}
        answer = await admin.post("/v1/api-keys", json=BODY, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["error"]["details"][0]["field"] == "Idempotency-Key"
