"""GET, PUT, DELETE /assets as a client sees them."""

from urllib.parse import quote

import httpx
import pytest

from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.kit.clock import ManualClock


def fields(answer: httpx.Response) -> set[str]:
    return {detail["field"] for detail in answer.json()["error"]["details"]}


class TestPut:
    async def test_an_unknown_id_makes_the_asset(self, client: httpx.AsyncClient) -> None:
        answer = await client.put("/v1/assets/Pump_001", json={"name": "Feed pump", "type": "pump"})
        assert answer.status_code == 201
        assert answer.headers["location"] == "/v1/assets/Pump_001"
        assert answer.headers["etag"] == '"1"'
        assert answer.json()["data"] == {
            "id": "Pump_001",
            "name": "Feed pump",
            "description": "",
            "type": "pump",
            "parent": None,
            "properties": {},
            "tags": [],
            "created_at": "2026-01-01T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z",
            "version": 1,
        }

    async def test_the_name_is_the_id_until_it_is_set(self, client: httpx.AsyncClient) -> None:
        answer = await client.put("/v1/assets/P", json={})
        assert answer.json()["data"]["name"] == "P"

    async def test_fields_left_out_keep_their_value(
        self, client: httpx.AsyncClient, clock: ManualClock
    ) -> None:
        await client.put("/v1/assets/P", json={"name": "A", "properties": {"kW": 5.5}})
        clock.advance(60)
        answer = await client.put("/v1/assets/P", json={"description": "moved"})
        assert answer.status_code == 200
        data = answer.json()["data"]
        assert (data["name"], data["properties"]) == ("A", {"kW": 5.5})
        assert (data["created_at"], data["updated_at"]) == (
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:01:00Z",
        )

    async def test_null_takes_parent_and_type_away(self, client: httpx.AsyncClient) -> None:
        await client.put("/v1/assets/line", json={})
        await client.put("/v1/assets/P", json={"parent": "line", "type": "pump"})
        answer = await client.put("/v1/assets/P", json={"parent": None, "type": None})
        assert (answer.json()["data"]["parent"], answer.json()["data"]["type"]) == (None, None)

    async def test_units_are_set_by_tag_name(
        self, client: httpx.AsyncClient, register: Register
    ) -> None:
        await register.ensure([NewTag("P", "t", Kind.NUMBER), NewTag("P", "on", Kind.BOOLEAN)])
        answer = await client.put("/v1/assets/P", json={"units": {"t": "°C"}})
        tags = answer.json()["data"]["tags"]
        assert [(tag["tag_name"], tag["kind"], tag["unit"]) for tag in tags] == [
            ("t", "number", "°C"),
            ("on", "boolean", None),
        ]
        again = await client.put("/v1/assets/P", json={"units": {"t": None}})
        assert again.json()["data"]["tags"][0]["unit"] is None

    async def test_a_unit_of_an_unknown_tag_is_refused_and_nothing_changes(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.put("/v1/assets/P", json={"name": "A", "units": {"nix": "bar"}})
        assert answer.status_code == 400
        assert fields(answer) == {"units.nix"}
        assert (await client.get("/v1/assets/P")).status_code == 404

    async def test_the_parent_must_exist(self, client: httpx.AsyncClient) -> None:
        answer = await client.put("/v1/assets/P", json={"parent": "nowhere"})
        assert answer.status_code == 400
        assert fields(answer) == {"parent"}

    async def test_rings_are_refused(self, client: httpx.AsyncClient) -> None:
        for id, parent in (("a", None), ("b", "a"), ("c", "b")):
            await client.put(f"/v1/assets/{id}", json={"parent": parent})
        for parent in ("a", "b", "c"):
            answer = await client.put("/v1/assets/a", json={"parent": parent})
            assert answer.status_code == 400, parent
            assert fields(answer) == {"parent"}
        assert (await client.get("/v1/assets/a")).json()["data"]["parent"] is None

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": 5}, "name"),
            ({"name": None}, "name"),
            ({"name": "x" * 201}, "name"),
            ({"colour": "red"}, "colour"),
            ({"properties": []}, "properties"),
            ({"properties": {"a": "x" * 70_000}}, "properties"),
            ({"units": {"t": 5}}, "units.t"),
            ({"units": "bar"}, "units"),
        ],
    )
    async def test_bad_fields_are_named(
        self, client: httpx.AsyncClient, body: dict[str, object], field: str
    ) -> None:
        answer = await client.put("/v1/assets/P", json=body)
        assert answer.status_code == 400
        assert fields(answer) == {field}

    async def test_an_id_too_long_is_refused(self, client: httpx.AsyncClient) -> None:
        answer = await client.put("/v1/assets/" + "x" * 201, json={})
        assert answer.status_code == 400
        assert fields(answer) == {"id"}

    async def test_if_match_stops_a_lost_update(self, client: httpx.AsyncClient) -> None:
        await client.put("/v1/assets/P", json={})
        await client.put("/v1/assets/P", json={"name": "other"})
        answer = await client.put("/v1/assets/P", json={"name": "A"}, headers={"If-Match": '"1"'})
        assert answer.status_code == 412
        answer = await client.put("/v1/assets/P", json={"name": "A"}, headers={"If-Match": '"2"'})
        assert answer.status_code == 200
        assert answer.headers["etag"] == '"3"'


class TestIds:
    @pytest.mark.parametrize(
        "id", ["a/b/c", "Wärme 1", "50% load", "a?b#c", "泵+1", "a,b", "/lead", "x" * 200, "a//b"]
    )
    async def test_any_printable_text_is_an_address(
        self, client: httpx.AsyncClient, id: str
    ) -> None:
        path = "/v1/assets/" + quote(id, safe="")
        made = await client.put(path, json={"name": "N"})
        assert made.status_code == 201
        found = await client.get(made.headers["location"])
        assert found.json()["data"]["id"] == id


class TestGet:
    async def test_an_asset_comes_into_being_with_its_first_tag(
        self, client: httpx.AsyncClient, register: Register
    ) -> None:
        await register.ensure([NewTag("P", "t", Kind.TEXT, "ds-1", "°C")])
        answer = await client.get("/v1/assets/P")
        assert answer.headers["etag"] == '"1"'
        assert answer.json()["data"]["tags"] == [
            {
                "tag_name": "t",
                "kind": "text",
                "unit": "°C",
                "description": None,
                "data_source_id": "ds-1",
            }
        ]

    async def test_unknown_is_404(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/assets/nix")
        assert answer.status_code == 404
        assert "'nix'" in answer.json()["error"]["message"]


class TestList:
    async def test_newest_first_then_by_id_in_pages(
        self, client: httpx.AsyncClient, clock: ManualClock
    ) -> None:
        for id in ("b", "a"):
            await client.put(f"/v1/assets/{id}", json={})
        clock.advance(1)
        await client.put("/v1/assets/c", json={})
        answer = (await client.get("/v1/assets", params={"per_page": 2})).json()
        assert [item["id"] for item in answer["data"]] == ["c", "a"]
        assert answer["meta"] == {"page": 1, "per_page": 2, "total": 3}
        rest = (await client.get("/v1/assets", params={"per_page": 2, "page": 2})).json()
        assert [item["id"] for item in rest["data"]] == ["b"]
        past = (await client.get("/v1/assets", params={"page": 9})).json()
        assert (past["data"], past["meta"]["total"]) == ([], 3)

    async def test_filters(self, client: httpx.AsyncClient) -> None:
        await client.put("/v1/assets/line", json={"type": "line"})
        await client.put("/v1/assets/P1", json={"type": "pump", "parent": "line"})
        await client.put("/v1/assets/P2", json={"type": "pump", "description": "50%_spare"})

        async def ids(**params: str) -> set[str]:
            answer = await client.get("/v1/assets", params=params)
            return {item["id"] for item in answer.json()["data"]}

        assert await ids(type="pump") == {"P1", "P2"}
        assert await ids(parent="line") == {"P1"}
        assert await ids(search="SPARE") == {"P2"}
        assert await ids(search="%_") == {"P2"}
        assert await ids(type="pump", search="p1") == {"P1"}
        assert await ids(type="nix") == set()

    @pytest.mark.parametrize("params", [{"page": "0"}, {"per_page": "101"}, {"colour": "red"}])
    async def test_bad_parameters_are_named(
        self, client: httpx.AsyncClient, params: dict[str, str]
    ) -> None:
        answer = await client.get("/v1/assets", params=params)
        assert answer.status_code == 400
        assert fields(answer) == set(params)


class TestDelete:
    async def test_an_asset_without_tags_goes(self, client: httpx.AsyncClient) -> None:
        await client.put("/v1/assets/P", json={})
        answer = await client.delete("/v1/assets/P")
        assert answer.json()["data"] == {"id": "P", "deleted": True, "note": None}
        assert (await client.get("/v1/assets/P")).status_code == 404
        assert (await client.delete("/v1/assets/P")).status_code == 404

    async def test_history_and_children_keep_it(
        self, client: httpx.AsyncClient, register: Register
    ) -> None:
        await register.ensure([NewTag("P", "t", Kind.NUMBER)])
        await client.put("/v1/assets/child", json={"parent": "P"})
        assert (await client.delete("/v1/assets/P")).status_code == 409
        await client.put("/v1/assets/line", json={})
        await client.put("/v1/assets/child", json={"parent": "line"})
        assert (await client.delete("/v1/assets/line")).status_code == 409
