"""/dashboards as a client sees it."""

from typing import Any

import httpx
import pytest

from twinedge.kit.clock import ManualClock

PEN = {"asset_id": "Pump_001", "tag_name": "temperature"}
VALID: dict[str, dict[str, Any]] = {
    "trend": {"series": [PEN], "thresholds": [{"value": 80, "severity": "critical"}]},
    "value": PEN,
    "gauge": {**PEN, "min": 0, "max": 100, "normal_min": 20, "normal_max": 80},
    "state_timeline": {"series": [PEN]},
    "table": {"asset_id": "Pump_001"},
    "alert_list": {"severities": ["critical"]},
    "text": {"text": "# Pump station"},
    "model_score": {"asset_id": "Pump_001", "tag_name": "iforest.score"},
    "image": {"source": "data:image/png;base64,iVBORw0KGgo="},
}


def widget(type: str = "value", **fields: Any) -> dict[str, Any]:
    place = {"x": 0, "y": 0, "w": 4, "h": 4}
    return {"type": type, "options": VALID.get(type, {}), **place, **fields}


def board(*widgets: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"name": "Pumps", "layout": {"columns": 24, "widgets": list(widgets)}, **fields}


def faults(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["code"] == "validation_error"
    return {detail["field"]: detail["message"] for detail in error["details"]}


async def made(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/dashboards", json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


class TestCreate:
    async def test_the_answer_is_the_dashboard_with_its_place_and_version(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.post("/dashboards", json=board(widget(), id="dash-1"))
        assert answer.status_code == 201
        assert answer.headers["location"] == "/v1/dashboards/dash-1"
        assert answer.headers["etag"] == '"1"'
        again = await client.get("/dashboards/dash-1")
        assert again.json() == answer.json()

    @pytest.mark.parametrize("type", VALID)
    async def test_each_kind_of_widget_is_kept(self, client: httpx.AsyncClient, type: str) -> None:
        kept = (await made(client, board(widget(type))))["layout"]["widgets"][0]
        assert kept["type"] == type
        assert kept["id"]
        for name, value in VALID[type].items():
            if not isinstance(value, list):
                assert kept["options"][name] == value

    async def test_an_unknown_kind_is_refused_with_the_list_of_kinds(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.post("/dashboards", json=board(widget("pie")))
        message = faults(answer)["layout.widgets[0].type"]
        assert all(type in message for type in VALID)

    async def test_a_taken_id_is_a_conflict(self, client: httpx.AsyncClient) -> None:
        await made(client, board(id="dash-1"))
        answer = await client.post("/dashboards", json=board(id="dash-1"))
        assert answer.status_code == 409

    async def test_overlaps_bounds_ids_and_variables_are_all_told_at_once(
        self, client: httpx.AsyncClient
    ) -> None:
        body = board(
            widget(id="a"),
            widget(id="a", x=3),
            widget(x=22, y=9, options={**PEN, "asset_id": "${asset}"}),
        )
        assert set(faults(await client.post("/dashboards", json=body))) == {
            "layout.widgets[1].id",
            "layout.widgets[1]",
            "layout.widgets[2].w",
            "layout.widgets[2].options.asset_id",
        }

    async def test_widgets_that_only_touch_do_not_overlap(self, client: httpx.AsyncClient) -> None:
        data = await made(client, board(widget(), widget(x=4), widget(y=4)))
        assert len(data["layout"]["widgets"]) == 3

    async def test_a_variable_may_stand_for_an_asset(self, client: httpx.AsyncClient) -> None:
        body = board(
            widget("trend", options={"series": [{**PEN, "asset_id": "${asset}"}]}),
            variables=[{"name": "asset", "default": "Pump_001"}],
        )
        assert (await made(client, body))["variables"][0]["default"] == "Pump_001"

    @pytest.mark.parametrize(
        ("type", "options", "field"),
        [
            ("trend", {"series": []}, "series"),
            ("trend", {"series": [PEN], "y_min": 2, "y_max": 1}, "y_max"),
            ("trend", {"series": [PEN], "colour": "red"}, "colour"),
            ("value", {"asset_id": "A"}, "tag_name"),
            ("value", {**PEN, "decimals": "2"}, "decimals"),
            ("value", {**PEN, "decimals": True}, "decimals"),
            ("gauge", {**PEN, "min": 5, "max": 5}, ""),
            ("gauge", {**PEN, "min": 0, "max": 5, "normal_max": 6}, ""),
            ("image", {"source": "https://example.com/a.png"}, "source"),
            ("model_score", {**PEN, "threshold": 1.5}, "threshold"),
            ("alert_list", {"severities": ["loud"]}, "severities[0]"),
        ],
    )
    async def test_wrong_options_are_named(
        self, client: httpx.AsyncClient, type: str, options: dict[str, Any], field: str
    ) -> None:
        answer = await client.post("/dashboards", json=board(widget(type, options=options)))
        path = "layout.widgets[0].options" + (f".{field}" if field else "")
        assert path in faults(answer)

    async def test_a_layout_of_ten_thousand_widgets_is_one_fault(
        self, client: httpx.AsyncClient
    ) -> None:
        body = board(*[widget(y=4 * number) for number in range(10_000)])
        assert list(faults(await client.post("/dashboards", json=body))) == ["layout.widgets"]

    @pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202egnp.exe", "😀" * 200])
    async def test_a_hostile_name_is_kept_as_it_is(
        self, client: httpx.AsyncClient, name: str
    ) -> None:
        data = await made(client, board(widget(title=name), name=name))
        assert (data["name"], data["layout"]["widgets"][0]["title"]) == (name, name)

    @pytest.mark.parametrize("name", ["", "x" * 201, 7, None])
    async def test_a_bad_name_is_refused(self, client: httpx.AsyncClient, name: object) -> None:
        assert "name" in faults(await client.post("/dashboards", json={"name": name}))


class TestList:
    async def test_newest_first_in_pages_and_by_name(
        self, client: httpx.AsyncClient, clock: ManualClock
    ) -> None:
        for number in range(3):
            await made(client, board(id=f"d{number}") | {"name": f"Line {number}"})
            clock.advance(1)
        page = (await client.get("/dashboards", params={"per_page": 2})).json()
        assert [item["id"] for item in page["data"]] == ["d2", "d1"]
        assert page["meta"] == {"page": 1, "per_page": 2, "total": 3}
        found = (await client.get("/dashboards", params={"search": "LINE 0"})).json()["data"]
        assert [item["id"] for item in found] == ["d0"]


class TestReplace:
    async def test_everything_left_out_is_empty_afterwards(self, client: httpx.AsyncClient) -> None:
        data = await made(client, board(widget(), description="old"))
        answer = await client.put(f"/dashboards/{data['id']}", json={"name": "New"})
        assert answer.json()["data"]["description"] == ""
        assert answer.json()["data"]["layout"] == {"columns": 24, "widgets": []}
        assert answer.json()["data"]["version"] == 2

    async def test_a_change_made_on_an_older_version_is_refused(
        self, client: httpx.AsyncClient
    ) -> None:
        await made(client, board(id="d"))
        first = await client.put("/dashboards/d", json=board(), headers={"If-Match": '"1"'})
        assert first.status_code == 200
        second = await client.put("/dashboards/d", json=board(), headers={"If-Match": '"1"'})
        assert second.status_code == 412
        assert (await client.get("/dashboards/d")).json()["data"]["version"] == 2

    async def test_an_unknown_dashboard_is_not_found(self, client: httpx.AsyncClient) -> None:
        assert (await client.put("/dashboards/none", json=board())).status_code == 404


class TestDuplicate:
    async def test_the_copy_is_deep_and_named_as_one(self, client: httpx.AsyncClient) -> None:
        data = await made(client, board(widget(title="T"), description="d"))
        answer = await client.post(f"/dashboards/{data['id']}/duplicate")
        assert answer.status_code == 201
        copy = answer.json()["data"]
        assert copy["name"] == "Pumps (copy)"
        assert copy["id"] != data["id"]
        assert copy["version"] == 1
        (theirs,), (ours,) = copy["layout"]["widgets"], data["layout"]["widgets"]
        assert theirs.pop("id") != ours.pop("id")
        assert theirs == ours
        await client.put(f"/dashboards/{copy['id']}", json={"name": "changed"})
        kept = (await client.get(f"/dashboards/{data['id']}")).json()["data"]
        assert len(kept["layout"]["widgets"]) == 1

    async def test_the_longest_name_still_gets_its_mark(self, client: httpx.AsyncClient) -> None:
        data = await made(client, {"name": "x" * 200})
        copy = (await client.post(f"/dashboards/{data['id']}/duplicate")).json()["data"]
        assert copy["name"] == "x" * 193 + " (copy)"


class TestVersions:
    async def test_each_change_is_kept_and_can_come_back(self, client: httpx.AsyncClient) -> None:
        await made(client, board(widget(), id="d"))
        await client.put("/dashboards/d", json={"name": "Empty"})
        listed = (await client.get("/dashboards/d/versions")).json()
        assert [(v["version"], v["name"]) for v in listed["data"]] == [(2, "Empty"), (1, "Pumps")]
        assert listed["data"][0]["saved_by"] == "owner"
        back = await client.post("/dashboards/d/versions/1/restore", headers={"If-Match": '"2"'})
        assert back.json()["data"]["version"] == 3
        assert back.json()["data"]["name"] == "Pumps"
        assert len(back.json()["data"]["layout"]["widgets"]) == 1

    async def test_only_the_last_fifty_are_kept(self, client: httpx.AsyncClient) -> None:
        await made(client, board(id="d"))
        for number in range(52):
            await client.put("/dashboards/d", json={"name": f"n{number}"})
        listed = (await client.get("/dashboards/d/versions")).json()
        assert listed["meta"]["total"] == 50
        assert (await client.get("/dashboards/d/versions/3")).status_code == 404
        assert (await client.get("/dashboards/d/versions/4")).status_code == 200

    async def test_a_restore_on_an_older_version_is_refused(
        self, client: httpx.AsyncClient
    ) -> None:
        await made(client, board(id="d"))
        answer = await client.post("/dashboards/d/versions/1/restore", headers={"If-Match": '"9"'})
        assert answer.status_code == 412


class TestExport:
    async def test_what_is_exported_can_be_imported(self, client: httpx.AsyncClient) -> None:
        data = await made(client, board(widget(), widget("trend", x=4, w=8)))
        file = await client.get(f"/dashboards/{data['id']}/export")
        assert "attachment" in file.headers["content-disposition"]
        answer = await client.post("/dashboards/import", json=file.json())
        assert answer.status_code == 201
        assert answer.json()["data"]["layout"] == data["layout"]
        assert answer.json()["data"]["id"] != data["id"]

    async def test_another_format_is_refused(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/dashboards/import", json={"format": "grafana", "name": "x"})
        assert "format" in faults(answer)


class TestGenerate:
    async def test_every_tag_of_the_asset_is_shown(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/dashboards/generate", json={"asset_id": "Pump_001"})
        assert answer.status_code == 201
        widgets = answer.json()["data"]["layout"]["widgets"]
        kinds = [widget["type"] for widget in widgets]
        assert kinds == ["value"] * 3 + ["trend"] * 2 + ["state_timeline", "table", "alert_list"]
        assert [pen["tag_name"] for pen in widgets[3]["options"]["series"]] == [
            "temperature",
            "bearing",
        ]

    async def test_an_asset_without_tags_is_named(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/dashboards/generate", json={"asset_id": "Nobody"})
        assert "asset_id" in faults(answer)


class TestDelete:
    async def test_it_is_gone_with_its_versions(self, client: httpx.AsyncClient) -> None:
        await made(client, board(id="d"))
        answer = await client.delete("/dashboards/d")
        assert answer.json()["data"]["deleted"] is True
        assert (await client.get("/dashboards/d")).status_code == 404
        assert (await client.get("/dashboards/d/versions")).status_code == 404
        assert (await client.delete("/dashboards/d")).status_code == 404
