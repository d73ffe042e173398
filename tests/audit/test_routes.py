"""The log over HTTP, fed by the real edge in front of the room of keys."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.db.databases import new_sqlite
from twinedge.access.replays import Replays
from twinedge.access.routes import router as keys_router
from twinedge.access.routes import session_router
from twinedge.access.service import Access
from twinedge.audit.routes import router
from twinedge.audit.service import Audit
from twinedge.db.vault import Vault
from twinedge.kit.clock import ManualClock
from twinedge.web.app import create_app

KEY = "the-admin-key-of-the-environment"
NEW = {"id": "gateway", "name": "Line 3", "scopes": ["read:telemetry"]}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    clock = ManualClock()
    db = new_sqlite(tmp_path)
    access, audit = Access(db, clock), Audit(db, clock)
    await access.bootstrap(KEY, tmp_path / "admin.key")
    app = create_app(
        routers=[router(audit), keys_router(access), session_router(access, lambda _scope: None)],
        authenticator=access,
        idempotency=Replays(db, Vault(b"k" * 32), clock),
        auditor=audit,
        version="0",
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://test/v1",
        headers={"Authorization": f"Bearer {KEY}"},
    ) as client:
        yield client
    db.close()


async def entries(client: httpx.AsyncClient, **filters: str) -> list[dict[str, Any]]:
    answer = await client.get("/audit", params=filters)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


class TestEntries:
    async def test_a_change_says_who_when_what_and_how_it_ended(
        self, client: httpx.AsyncClient
    ) -> None:
        await client.post("/api-keys", json=NEW, headers={"X-Request-ID": "mine"})
        (entry,) = await entries(client)
        assert {k: v for k, v in entry.items() if k not in {"hash", "previous_hash"}} == {
            "seq": 1,
            "at": "2026-01-01T00:00:00Z",
            "actor_id": "key-environment",
            "actor_name": "TWINEDGE_API_KEY",
            "via": "key",
            "address": "127.0.0.1",
            "method": "POST",
            "route": "/v1/api-keys",
            "path": "/v1/api-keys/gateway",
            "object_id": "gateway",
            "request_id": "mine",
            "status": 201,
            "outcome": "done",
            "times": 1,
        }

    async def test_questions_leave_none(self, client: httpx.AsyncClient) -> None:
        await client.get("/api-keys")
        await client.get("/nothing")
        await client.post("/nothing")
        await client.patch("/api-keys")
        assert await entries(client) == []

    async def test_refused_and_failed_attempts_are_told_apart(
        self, client: httpx.AsyncClient
    ) -> None:
        key = (await client.post("/api-keys", json=NEW)).json()["data"]["key"]
        await client.post("/api-keys", json=NEW)
        await client.delete("/api-keys/absent")
        await client.get("/api-keys", headers={"Authorization": f"Bearer {key}"})
        await client.get("/api-keys?secret=1", headers={"Authorization": "Bearer te_gateway_wrong"})
        found = await entries(client, outcome="refused")
        shown = [(e["actor_id"], e["method"], e["path"], e["status"]) for e in reversed(found)]
        assert shown == [
            ("key-environment", "POST", "/v1/api-keys", 409),
            ("key-environment", "DELETE", "/v1/api-keys/absent", 404),
            ("gateway", "GET", "/v1/api-keys", 403),
            (None, "GET", "/v1/api-keys", 401),
        ]
        assert len(await entries(client)) == 5

    async def test_signing_in_and_out_and_a_wrong_key(self, client: httpx.AsyncClient) -> None:
        stranger = {"Authorization": ""}
        del client.headers["Authorization"]
        refused = await client.post("/session", json={"api_key": "wrong"})
        assert refused.status_code == 401
        signed_in = await client.post("/session", json={"api_key": KEY})
        token = signed_in.json()["data"]["csrf_token"]
        assert (await client.delete("/session")).status_code == 403
        await client.delete("/session", headers={"X-CSRF-Token": token})
        client.headers = httpx.Headers(stranger | {"Authorization": f"Bearer {KEY}"})
        found = await entries(client, route="/v1/session")
        shown = [(e["actor_id"], e["via"], e["method"], e["status"]) for e in reversed(found)]
        assert shown == [
            ("key-environment", "session", "POST", 201),
            ("key-environment", "session", "DELETE", 200),
            (None, "none", "POST", 401),
        ]
        assert len(await entries(client, outcome="refused")) == 2

    async def test_a_replayed_answer_is_no_second_change(self, client: httpx.AsyncClient) -> None:
        for _ in range(3):
            answer = await client.post("/api-keys", json=NEW, headers={"Idempotency-Key": "k"})
            assert answer.status_code == 201
        assert len(await entries(client)) == 1


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"start": "soon"}, "start"),
            ({"start": "2026-01-02", "end": "2026-01-01"}, "start"),
            ({"outcome": "maybe"}, "outcome"),
            ({"per_page": "101"}, "per_page"),
            ({"colour": "red"}, "colour"),
        ],
    )
    async def test_bad_ones_are_named(
        self, client: httpx.AsyncClient, query: dict[str, str], field: str
    ) -> None:
        answer = await client.get("/audit", params=query)
        assert answer.status_code == 400
        assert [d["field"] for d in answer.json()["error"]["details"]] == [field]

    async def test_pages_and_methods_in_any_case(self, client: httpx.AsyncClient) -> None:
        for n in range(3):
            await client.post("/api-keys", json=NEW | {"id": f"k{n}"})
        answer = (await client.get("/audit?method=post&per_page=2&page=2")).json()
        assert answer["meta"] == {"page": 2, "per_page": 2, "total": 3}
        assert [e["object_id"] for e in answer["data"]] == ["k0"]

    async def test_only_an_admin_reads_it(self, client: httpx.AsyncClient) -> None:
        key = (await client.post("/api-keys", json=NEW)).json()["data"]["key"]
        for path in ("/audit", "/audit/verify"):
            answer = await client.get(path, headers={"Authorization": f"Bearer {key}"})
            assert answer.status_code == 403


class TestVerify:
    async def test_proves_the_chain_against_a_noted_head(self, client: httpx.AsyncClient) -> None:
        await client.post("/api-keys", json=NEW)
        good = (await client.get("/audit/verify")).json()["data"]
        assert (good["ok"], good["entries"], good["fault"]) == (True, 1, None)
        await client.delete("/api-keys/gateway")
        later = (await client.get("/audit/verify", params={"head": good["head"]})).json()["data"]
        assert (later["ok"], later["entries"]) == (True, 2)
        other = {"head": "1:" + "a" * 64}
        bad = (await client.get("/audit/verify", params=other)).json()["data"]
        assert bad["ok"] is False
        assert "not the one noted" in bad["fault"]

    async def test_a_head_of_another_form_is_refused(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/audit/verify?head=seven")
        assert answer.status_code == 400
