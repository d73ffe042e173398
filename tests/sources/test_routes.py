"""Data sources over HTTP."""

import asyncio
import json

import pytest

from tests.sources.conftest import Json, Plant, a_tag, faults
from twinedge.sources.config import MASK
from twinedge.sources.model import ConfigFault, LinkLost

ITEM = {
    "id", "name", "type", "endpoint", "config", "enabled", "status", "state", "last_error",
    "last_data_at", "tag_count", "points_per_second", "created_at", "updated_at",
}  # fmt: skip


class TestCreate:
    async def test_answers_the_whole_item(self, plant: Plant) -> None:
        answer = await plant.http.post(
            "/data-sources",
            json={"name": "PLC", "type": "scripted", "config": {"host": "plc"}, "tags": [a_tag()]},
        )
        assert answer.status_code == 201
        data = answer.json()["data"]
        assert set(data) == ITEM
        assert answer.headers["location"] == f"/v1/data-sources/{data['id']}"
        assert answer.headers["etag"] == '"1"'
        assert data["id"].startswith("ds-")
        assert data["endpoint"] == "scripted://plc:502/1"
        assert data["config"] == {"host": "plc"}
        assert data["tag_count"] == 1
        assert data["state"] == "connecting"
        assert data["status"] == "disconnected"

    async def test_connects_at_once(self, plant: Plant) -> None:
        data = await plant.create()
        await plant.connected(data["id"])
        item = await plant.item(data["id"])
        assert (item["status"], item["state"], item["last_error"]) == (
            "connected", "connected", None,
        )  # fmt: skip

    async def test_takes_an_own_id_once(self, plant: Plant) -> None:
        assert (await plant.create(id="line-1"))["id"] == "line-1"
        answer = await plant.http.post(
            "/data-sources",
            json={"id": "line-1", "name": "x", "type": "scripted", "config": {"host": "x"}},
        )
        assert faults(answer, 409) == {"id": "is taken"}

    async def test_disabled_does_not_connect(self, plant: Plant) -> None:
        data = await plant.create(enabled=False)
        assert data["state"] == "disabled"
        assert plant.driver.devices == {}

    async def test_takes_an_endpoint_beside_the_config(self, plant: Plant) -> None:
        data = await plant.create(config={}, endpoint="scripted://10.0.0.9:5020/7")
        assert data["config"] == {"host": "10.0.0.9", "port": 5020, "unit_id": 7}
        assert data["endpoint"] == "scripted://10.0.0.9:5020/7"

    async def test_refuses_an_endpoint_that_contradicts_the_config(self, plant: Plant) -> None:
        answer = await plant.http.post(
            "/data-sources",
            json={
                "name": "x", "type": "scripted", "config": {"host": "a"},
                "endpoint": "scripted://b:502/1",
            },
        )  # fmt: skip
        assert "config.host" in faults(answer)["endpoint"]

    async def test_one_fault_of_the_settings_is_told_in_the_message(self, plant: Plant) -> None:
        body = {"name": "x", "type": "scripted", "config": {"host": "a", "port": 0}}
        answer = await plant.http.post("/data-sources", json=body)
        message = answer.json()["error"]["message"]
        assert message == "the configuration has faults: config.port must be at least 1"

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"type": "profibus"}, "type", "scripted, spare"),
            ({"name": ""}, "name", "must not be empty"),
            ({"name": "   "}, "name", "must not be blank"),
            ({"name": 5}, "name", "must be a text"),
            ({"name": "x" * 201}, "name", "200"),
            ({"id": "no spaces"}, "id", "1 to 64 characters"),
            ({"config": []}, "config", "must be an object"),
            ({"config": {}}, "config.host", "is required"),
            ({"config": {"host": "a", "port": 70000}}, "config.port", "at most 65535"),
            ({"config": {"host": "a", "port": "502"}}, "config.port", "whole number"),
            ({"config": {"host": "a", "prot": 1}}, "config.prot", "did you mean 'port'?"),
            ({"config": {"hots": "a"}}, "config.hots", "did you mean 'host'?"),
            ({"config": {"host": "a", "zzz": 1}}, "config.zzz", "known are"),
            (
                {"config": {"host": "a", "login": {"usrname": "x"}}},
                "config.login.usrname", "did you mean 'username'?",
            ),
            ({"config": {"host": "x://me:secret@a"}}, "config.host", "password"),
            ({"config": {"host": "${TWINEDGE_API_KEY}"}}, "config.host", "own variables"),
            ({"config": {"host": "a", "password": MASK}}, "config.password", "no stored"),
            ({"enabled": "yes"}, "enabled", "true or false"),
            ({"tags": {}}, "tags", "must be a list"),
            ({"colour": "red"}, "colour", "not a known field"),
        ],
    )  # fmt: skip
    async def test_names_what_is_wrong(
        self, plant: Plant, change: Json, field: str, words: str
    ) -> None:
        body = {"name": "x", "type": "scripted", "config": {"host": "a"}, **change}
        found = faults(await plant.http.post("/data-sources", json=body))
        assert words in found[field]
        assert (await plant.http.get("/data-sources")).json()["meta"]["total"] == 0

    async def test_names_all_faults_of_the_config(self, plant: Plant) -> None:
        config = {"port": 0, "unit": 3, "login": {"username": 1}}
        body = {"name": "x", "type": "scripted", "config": config}
        found = faults(await plant.http.post("/data-sources", json=body))
        assert set(found) == {"config.port", "config.unit", "config.login.username", "config.host"}

    @pytest.mark.parametrize("path", ["/data-sources", "/data-sources/test"])
    async def test_names_faults_of_form_and_settings_together(
        self, plant: Plant, path: str
    ) -> None:
        body = {"name": "", "type": "scripted", "config": {"prot": 1, "port": 0}, "colour": 1}
        found = faults(await plant.http.post(path, json=body))
        assert set(found) == {"name", "config.prot", "config.port", "config.host", "colour"}
        assert "did you mean 'port'" in found["config.prot"]
        found = faults(await plant.http.post(path, json={**body, "type": "profibus"}))
        assert set(found) == {"name", "type", "colour"}

    async def test_a_fault_in_the_tags_stores_nothing(self, plant: Plant) -> None:
        tags = [a_tag("a"), a_tag("b", address="!"), a_tag("a"), a_tag("c", tag_name="")]
        body = {"name": "x", "type": "scripted", "config": {"host": "a"}, "tags": tags}
        found = faults(await plant.http.post("/data-sources", json=body))
        assert set(found) == {"tags[1].address", "tags[2].tag_name", "tags[3].tag_name"}
        assert "tags[0]" in found["tags[2].tag_name"]
        assert len(plant.register) == 0
        assert (await plant.http.get("/data-sources")).json()["data"] == []


class TestEnvironment:
    async def test_is_kept_as_written_and_resolved_at_use(self, plant: Plant) -> None:
        plant.env |= {"PLC_HOST": "plc", "PLC_PORT": "5020", "PLC_WORD": "12345"}
        config = {"host": "${PLC_HOST}", "port": "${PLC_PORT}", "password": "${PLC_WORD}"}
        data = await plant.create(config=config)
        assert data["config"] == config
        await plant.connected(data["id"])
        settings = plant.driver.device().link.config
        assert settings.port == 5020
        assert settings.password is not None
        assert settings.password.get_secret_value() == "12345"

    async def test_a_missing_variable_is_a_config_error(self, plant: Plant) -> None:
        data = await plant.create(config={"host": "plc", "port": "${PLC_PORT}"})
        await plant.until(lambda: plant.supervisor.status(data["id"]).state.value == "config_error")
        item = await plant.item(data["id"])
        assert "PLC_PORT" in item["last_error"]
        report = (await plant.http.post(f"/data-sources/{data['id']}/test")).json()["data"]
        assert report["ok"] is False
        assert "PLC_PORT" in report["steps"][0]["detail"]

    async def test_other_faults_are_still_found(self, plant: Plant) -> None:
        body = {"name": "x", "type": "scripted", "config": {"host": "${NO}", "unit_id": 999}}
        assert set(faults(await plant.http.post("/data-sources", json=body))) == {"config.unit_id"}


CONFIG: Json = {"host": "plc", "password": "hunter2", "login": {"password": "nested!"}}


class TestSecrets:
    async def test_are_masked_in_every_answer(self, plant: Plant) -> None:
        data = await plant.create(config=CONFIG)
        shown = {"host": "plc", "password": MASK, "login": {"password": MASK}}
        assert data["config"] == shown
        for path in ("/data-sources", f"/data-sources/{data['id']}"):
            text = (await plant.http.get(path)).text
            assert "hunter2" not in text
            assert "nested!" not in text

    async def test_are_sealed_in_the_database(self, plant: Plant) -> None:
        await plant.create(config=CONFIG)
        raw = await plant.db.read(
            lambda session: (
                session.connection().exec_driver_sql("select config from data_sources").scalar_one()
            )
        )
        assert "hunter2" not in json.dumps(raw)
        assert "nested!" not in json.dumps(raw)

    async def test_reach_the_driver(self, plant: Plant) -> None:
        data = await plant.create(config=CONFIG)
        await plant.connected(data["id"])
        settings = plant.driver.device().link.config
        assert settings.password is not None
        assert settings.password.get_secret_value() == "hunter2"

    async def test_the_mask_sent_back_keeps_them(self, plant: Plant) -> None:
        data = await plant.create(config=CONFIG)
        body = {"name": "new", "config": {**data["config"], "port": 503}}
        answer = await plant.http.put(f"/data-sources/{data['id']}", json=body)
        assert answer.json()["data"]["config"] == {**data["config"], "port": 503}
        await plant.restart()
        await plant.connected(data["id"])
        settings = plant.driver.device().link.config
        assert settings.port == 503
        assert settings.password is not None
        assert settings.password.get_secret_value() == "hunter2"
        assert settings.login is not None
        assert settings.login.password is not None
        assert settings.login.password.get_secret_value() == "nested!"

    async def test_left_out_are_gone(self, plant: Plant) -> None:
        data = await plant.create(config=CONFIG)
        body = {"name": "new", "config": {"host": "plc"}}
        await plant.http.put(f"/data-sources/{data['id']}", json=body)
        again = {"name": "new", "config": {"host": "plc", "password": MASK}}
        answer = await plant.http.put(f"/data-sources/{data['id']}", json=again)
        assert "no stored" in faults(answer)["config.password"]

    async def test_another_key_makes_a_config_error_that_new_secrets_end(
        self, plant: Plant
    ) -> None:
        from twinedge.db.vault import Vault

        data = await plant.create(config=CONFIG)
        healthy = await plant.create(name="healthy", config={"host": "other"})
        plant.vault = Vault(b"x" * 32)
        await plant.restart()
        await plant.connected(healthy["id"])
        item = await plant.item(data["id"])
        assert item["state"] == "config_error"
        assert "secret" in item["last_error"]
        report = (await plant.http.post(f"/data-sources/{data['id']}/test")).json()["data"]
        assert report["ok"] is False
        body = {"name": "PLC", "config": {"host": "plc", "password": "again"}}
        answer = await plant.http.put(f"/data-sources/{data['id']}", json=body)
        assert answer.status_code == 200
        await plant.connected(data["id"])


class TestList:
    async def test_newest_first_with_paging(self, plant: Plant) -> None:
        ids = [(await plant.create(name=f"s{n}", config={"host": f"h{n}"}))["id"] for n in range(5)]
        answer = (await plant.http.get("/data-sources?page=2&per_page=2")).json()
        assert [item["id"] for item in answer["data"]] == [ids[2], ids[1]]
        assert answer["meta"] == {"page": 2, "per_page": 2, "total": 5}
        assert (await plant.http.get("/data-sources?page=9")).json()["data"] == []

    async def test_filters_by_type_and_status(self, plant: Plant) -> None:
        up = await plant.create(name="up")
        plant.driver.device("dead").die()
        down = await plant.create(name="down", config={"host": "dead"})
        await plant.connected(up["id"])

        async def ids(query: str) -> list[str]:
            return [
                it["id"] for it in (await plant.http.get(f"/data-sources?{query}")).json()["data"]
            ]

        assert await ids("status=connected") == [up["id"]]
        assert await ids("status=disconnected") == [down["id"]]
        assert await ids("type=spare") == []
        assert await ids("type=scripted&status=connected") == [up["id"]]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("type=nope", "type"), ("status=maybe", "status"), ("per_page=101", "per_page"),
            ("page=0", "page"), ("colour=red", "colour"),
        ],
    )  # fmt: skip
    async def test_refuses_wrong_filters(self, plant: Plant, query: str, field: str) -> None:
        assert field in faults(await plant.http.get(f"/data-sources?{query}"))


class TestUpdate:
    async def test_replaces_and_counts_the_version(self, plant: Plant) -> None:
        data = await plant.create()
        body = {"name": "New", "config": {"host": "other"}, "enabled": True}
        answer = await plant.http.put(
            f"/data-sources/{data['id']}", json=body, headers={"If-Match": '"1"'}
        )
        assert answer.status_code == 200
        assert answer.headers["etag"] == '"2"'
        new = answer.json()["data"]
        assert (new["name"], new["endpoint"]) == ("New", "scripted://other:502/1")
        assert new["created_at"] == data["created_at"]
        await plant.until(lambda: plant.driver.device("other").open_links == 1)
        assert plant.driver.device("plc").open_links == 0

    async def test_guards_against_a_lost_update(self, plant: Plant) -> None:
        data = await plant.create()
        body = {"name": "New", "config": {"host": "other"}}
        path = f"/data-sources/{data['id']}"
        answer = await plant.http.put(path, json=body, headers={"If-Match": '"7"'})
        assert answer.status_code == 412
        assert (await plant.item(data["id"]))["name"] == "PLC"

    async def test_of_one_source_disturbs_no_other(self, plant: Plant) -> None:
        other = await plant.create(name="other", config={"host": "other"})
        data = await plant.create()
        await plant.connected(other["id"])
        for number in range(5):
            body = {"name": f"n{number}", "config": {"host": f"h{number}"}}
            await plant.http.put(f"/data-sources/{data['id']}", json=body)
        assert plant.driver.device("other").opened == 1

    async def test_can_switch_off_and_on(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag()])
        await plant.connected(data["id"])
        path = f"/data-sources/{data['id']}"
        body = {"name": "PLC", "config": {"host": "plc"}, "enabled": False}
        off = (await plant.http.put(path, json=body)).json()["data"]
        assert (off["state"], off["status"], off["enabled"]) == ("disabled", "disconnected", False)
        assert plant.driver.device().open_links == 0
        await plant.http.put(path, json={**body, "enabled": True})
        await plant.connected(data["id"])

    async def test_type_may_be_repeated_but_not_changed(self, plant: Plant) -> None:
        data = await plant.create()
        path = f"/data-sources/{data['id']}"
        body = {"name": "PLC", "type": "scripted", "config": {"host": "plc"}}
        assert (await plant.http.put(path, json=body)).status_code == 200
        answer = await plant.http.put(path, json={**body, "type": "spare"})
        assert "cannot change" in faults(answer)["type"]

    async def test_may_replace_the_tags(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag("a"), a_tag("b")])
        path = f"/data-sources/{data['id']}"
        body = {"name": "PLC", "config": {"host": "plc"}, "tags": [a_tag("b"), a_tag("c")]}
        assert (await plant.http.put(path, json=body)).json()["data"]["tag_count"] == 2
        listed = (await plant.http.get(path + "/tags")).json()["data"]
        assert {tag["tag_name"] for tag in listed} == {"b", "c"}

    async def test_of_an_unknown_id(self, plant: Plant) -> None:
        body = {"name": "x", "config": {"host": "a"}}
        assert (await plant.http.put("/data-sources/none", json=body)).status_code == 404


class TestDelete:
    async def test_stops_frees_the_tags_and_says_what_is_kept(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag("a"), a_tag("b")])
        await plant.connected(data["id"])
        answer = await plant.http.delete(f"/data-sources/{data['id']}")
        assert answer.status_code == 200
        deleted = answer.json()["data"]
        assert (deleted["id"], deleted["deleted"]) == (data["id"], True)
        assert "history of its 2 tags" in deleted["note"]
        assert plant.driver.device().open_links == 0
        assert (await plant.http.get(f"/data-sources/{data['id']}")).status_code == 404
        tag = plant.register.find("Pump_001", "a")
        assert tag is not None
        assert tag.data_source_id is None
        await plant.create(name="heir", tags=[a_tag("a")])

    async def test_twice_is_not_found(self, plant: Plant) -> None:
        data = await plant.create()
        await plant.http.delete(f"/data-sources/{data['id']}")
        answer = await plant.http.delete(f"/data-sources/{data['id']}")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


class TestRestart:
    async def test_brings_everything_back(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag("a", deadband={"type": "percent", "value": 2})])
        await plant.connected(data["id"])
        before = (await plant.http.get(f"/data-sources/{data['id']}/tags")).json()["data"]
        await plant.restart()
        await plant.connected(data["id"])
        after = (await plant.http.get(f"/data-sources/{data['id']}/tags")).json()["data"]
        for tag in (*before, *after):
            del tag["state"]
        assert after == before

    async def test_frees_tags_of_sources_that_were_never_stored(self, plant: Plant) -> None:
        from twinedge.assets.model import Kind, NewTag

        await plant.register.ensure([NewTag("a", "t", Kind.NUMBER, "ds-never")])
        await plant.restart()
        tag = plant.register.find("a", "t")
        assert tag is not None
        assert tag.data_source_id is None


class TestTest:
    async def test_of_a_well_device(self, plant: Plant) -> None:
        data = await plant.create()
        report = (await plant.http.post(f"/data-sources/{data['id']}/test")).json()["data"]
        assert report["ok"] is True
        assert report["latency_ms"] > 0
        assert [step["name"] for step in report["steps"]] == ["resolve", "connect"]
        assert set(report["steps"][0]) == {"name", "ok", "ms", "detail", "hint"}

    async def test_of_a_failing_device_is_a_successful_call(self, plant: Plant) -> None:
        plant.driver.device().die("refused")
        body = {"type": "scripted", "config": {"host": "plc"}}
        answer = await plant.http.post("/data-sources/test", json=body)
        assert answer.status_code == 200
        report = answer.json()["data"]
        assert report["ok"] is False
        assert report["steps"][-1] | {"ms": 0} == {
            "name": "connect", "ok": False, "ms": 0, "detail": "refused", "hint": "switch it on",
        }  # fmt: skip

    async def test_of_a_crashing_driver_says_so(self, plant: Plant) -> None:
        plant.driver.device().open_fault = ZeroDivisionError("oops")
        body = {"type": "scripted", "config": {"host": "plc"}}
        report = (await plant.http.post("/data-sources/test", json=body)).json()["data"]
        assert report["ok"] is False
        assert "ZeroDivisionError" in report["steps"][-1]["detail"]

    async def test_has_a_deadline(self, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
        from twinedge.sources import questions

        monkeypatch.setattr(questions, "DEADLINE_S", 0.7)
        plant.driver.device().probe_hangs = True
        body = {"type": "scripted", "config": {"host": "plc"}}
        report = (await plant.http.post("/data-sources/test", json=body)).json()["data"]
        assert report["ok"] is False
        assert report["steps"][-1]["name"] == "connect"
        assert "no answer" in report["steps"][-1]["detail"]

    async def test_does_not_disturb_the_running_link(self, plant: Plant) -> None:
        data = await plant.create()
        await plant.connected(data["id"])
        for _ in range(3):
            await plant.http.post(f"/data-sources/{data['id']}/test")
        assert plant.driver.device().opened == 1

    async def test_a_draft_of_a_saved_source_may_send_the_mask(self, plant: Plant) -> None:
        config = {"host": "plc", "password": "hunter2"}
        data = await plant.create(config=config)
        body = {"id": data["id"], "type": "scripted", "config": data["config"]}
        assert (await plant.http.post("/data-sources/test", json=body)).json()["data"]["ok"]
        del body["id"]
        answer = await plant.http.post("/data-sources/test", json=body)
        assert "no stored" in faults(answer)["config.password"]

    async def test_of_a_wrong_draft_is_a_400(self, plant: Plant) -> None:
        body = {"type": "scripted", "config": {"prot": 1}}
        found = faults(await plant.http.post("/data-sources/test", json=body))
        assert set(found) == {"config.prot", "config.host"}

    async def test_of_an_unknown_id(self, plant: Plant) -> None:
        assert (await plant.http.post("/data-sources/none/test")).status_code == 404


class TestBrowseAndPreview:
    async def test_go_through_the_running_link(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag()])
        await plant.connected(data["id"])
        plant.driver.device().values = {"x": 1.5, "y": 2.5}
        nodes = (await plant.http.get(f"/data-sources/{data['id']}/browse")).json()
        assert [node["name"] for node in nodes["data"]] == ["x", "y"]
        limited = await plant.http.get(f"/data-sources/{data['id']}/browse?limit=1")
        assert len(limited.json()["data"]) == 1
        body = {"addresses": ["y", "!", "z"]}
        read = (await plant.http.post(f"/data-sources/{data['id']}/tags/preview", json=body)).json()
        assert [(it["value"], bool(it["error"])) for it in read["data"]] == [
            (2.5, False), (None, True), (None, True),
        ]  # fmt: skip
        assert plant.driver.device().opened == 1

    async def test_of_a_disabled_source_use_a_link_of_their_own(self, plant: Plant) -> None:
        data = await plant.create(enabled=False)
        plant.driver.device().values = {"x": 1.5}
        assert (await plant.http.get(f"/data-sources/{data['id']}/browse")).status_code == 200
        device = plant.driver.device()
        assert (device.opened, device.open_links) == (1, 0)
        assert device.client_ids[0].startswith("twinedge-visit-")

    async def test_of_a_draft(self, plant: Plant) -> None:
        plant.driver.device().values = {"x": 1.5}
        draft = {"type": "scripted", "config": {"host": "plc"}}
        nodes = (await plant.http.post("/data-sources/browse", json=draft)).json()["data"]
        assert [node["name"] for node in nodes] == ["x"]
        body = {**draft, "tags": [{"address": "x", "data_type": "float32"}]}
        read = (await plant.http.post("/data-sources/preview", json=body)).json()["data"]
        assert read[0]["value"] == 1.5
        assert plant.driver.device().open_links == 0

    async def test_of_a_device_that_is_gone(self, plant: Plant) -> None:
        plant.driver.device().die("plc:502 refused the connection")
        draft = {"type": "scripted", "config": {"host": "plc"}}
        answer = await plant.http.post("/data-sources/browse", json=draft)
        assert answer.status_code == 503
        assert answer.json()["error"]["message"] == "plc:502 refused the connection"
        plant.driver.device().open_fault = ConfigFault("wrong password")
        assert (await plant.http.post("/data-sources/browse", json=draft)).status_code == 409

    async def test_need_addresses_or_tags(self, plant: Plant) -> None:
        data = await plant.create()
        path = f"/data-sources/{data['id']}/tags/preview"
        for body in ({}, {"addresses": ["x"], "tags": []}):
            assert "addresses" in faults(await plant.http.post(path, json=body))


class TestReconnect:
    async def test_tries_now(self, plant: Plant) -> None:
        plant.driver.device().open_fault = ConfigFault("wrong password")
        data = await plant.create()
        await plant.until(lambda: plant.supervisor.status(data["id"]).state.value == "config_error")
        plant.driver.device().revive()
        assert (await plant.http.post(f"/data-sources/{data['id']}/reconnect")).status_code == 200
        await plant.connected(data["id"])

    async def test_of_a_disabled_source_is_a_conflict(self, plant: Plant) -> None:
        data = await plant.create(enabled=False)
        answer = await plant.http.post(f"/data-sources/{data['id']}/reconnect")
        assert answer.status_code == 409


class TestTypes:
    async def test_describe_their_settings(self, plant: Plant) -> None:
        types = (await plant.http.get("/data-source-types")).json()
        assert [it["type"] for it in types["data"]] == ["scripted", "spare"]
        assert types["data"][0]["title"] == "Scripted"
        assert types["data"][0]["secrets"] == ["password"]
        port = types["data"][0]["schema"]["properties"]["port"]
        assert (port["default"], port["title"]) == (502, "Port")


class TestScopes:
    @pytest.mark.parametrize(
        ("method", "path", "scope"),
        [
            ("GET", "/data-sources", "read"), ("POST", "/data-sources", "write"),
            ("PUT", "/data-sources/x", "write"), ("DELETE", "/data-sources/x", "write"),
            ("POST", "/data-sources/x/test", "read"), ("POST", "/data-sources/test", "write"),
            ("POST", "/data-sources/x/tags", "write"),
            ("POST", "/data-sources/x/tags/preview", "read"),
            ("POST", "/data-sources/x/tags/import", "write"),
            ("GET", "/data-sources/x/tags/export", "read"),
        ],
    )  # fmt: skip
    async def test_are_asked_for(self, plant: Plant, method: str, path: str, scope: str) -> None:
        wrong = {"read": "write", "write": "read"}[scope]
        key = {"Authorization": f"Bearer {wrong}:data_sources"}
        answer = await plant.http.request(method, path, headers=key)
        assert answer.status_code == 403
        assert f"{scope}:data_sources" in answer.json()["error"]["message"]


class TestLiveness:
    async def test_a_dead_device_says_why_and_comes_back(self, plant: Plant) -> None:
        data = await plant.create(tags=[a_tag()])
        await plant.connected(data["id"])
        await plant.driver.device().link.push(20.5)
        item = await plant.item(data["id"])
        assert item["last_data_at"] is not None
        assert item["points_per_second"] > 0
        plant.driver.device().die("plc:502 refused the connection")
        await plant.until(lambda: data["id"] not in plant.supervisor.connected())
        item = await plant.item(data["id"])
        assert (item["status"], item["state"]) == ("disconnected", "backoff")
        assert item["last_error"] == "plc:502 refused the connection"
        plant.driver.device().revive()
        await plant.connected(data["id"])
        assert (await plant.item(data["id"]))["last_error"] is None

    async def test_changes_at_the_same_time_do_not_mix(self, plant: Plant) -> None:
        data = await plant.create()
        path = f"/data-sources/{data['id']}"
        await asyncio.gather(
            *(
                plant.http.put(path, json={"name": f"n{n}", "config": {"host": f"h{n}"}})
                for n in range(10)
            ),
            *(plant.http.post(path + "/tags", json=a_tag(f"t{n}")) for n in range(10)),
        )
        item = await plant.item(data["id"])
        assert item["tag_count"] == 10
        await plant.until(lambda: plant.driver.device(item["config"]["host"]).open_links == 1)
        open_links = {
            host: d.open_links for host, d in plant.driver.devices.items() if d.open_links
        }
        assert open_links == {item["config"]["host"]: 1}
        assert len(plant.driver.device(item["config"]["host"]).link.tags) == 10

    async def test_a_cut_link_gets_a_fresh_one(self, plant: Plant) -> None:
        data = await plant.create()
        await plant.connected(data["id"])
        plant.driver.device().cut(LinkLost("cut"))
        await plant.until(lambda: plant.driver.device().opened == 2)
        assert plant.driver.device().most_open_links == 1
