"""Tags of data sources over HTTP: one by one, many at once, and by CSV."""

import time

import pytest

from tests.sources.conftest import Json, Plant, a_tag, faults
from twinedge.assets.model import Kind, NewTag
from twinedge.sources import tagfile

CSV = {"Content-Type": "text/csv"}


class TestAdd:
    async def test_one(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        body = a_tag(
            " 40001 ".strip(), data_type="float32", scale=2, offset=0.5, unit="°C",
            interval_ms=500, deadband={"type": "absolute", "value": 0.1},
        )  # fmt: skip
        answer = await plant.http.post(f"/data-sources/{id}/tags", json=body)
        assert answer.status_code == 201
        data = answer.json()["data"]
        assert answer.headers["location"] == f"/v1/data-sources/{id}/tags/{data['id']}"
        assert {key: data[key] for key in body} == body
        assert (data["word_order"], data["bit"], data["enabled"]) == ("big", None, True)
        assert data["state"] == "waiting"
        tag = plant.register.find("Pump_001", "40001")
        assert tag is not None
        assert (tag.data_source_id, tag.unit) == (id, "°C")

    async def test_reaches_the_running_link_at_once(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        await plant.connected(id)
        await plant.http.post(f"/data-sources/{id}/tags", json=a_tag("a"))
        await plant.until(lambda: len(plant.driver.device().link.tags) == 1)
        assert plant.driver.device().opened == 1
        await plant.driver.device().link.push(1.0)
        (tag,) = (await plant.http.get(f"/data-sources/{id}/tags")).json()["data"]
        assert tag["state"] == "ok"

    async def test_many_are_all_or_nothing(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        tags = [a_tag(f"t{n}") for n in range(5)]
        answer = await plant.http.post(f"/data-sources/{id}/tags", json={"tags": tags})
        assert answer.status_code == 201
        assert [tag["tag_name"] for tag in answer.json()["data"]] == ["t0", "t1", "t2", "t3", "t4"]
        more = [a_tag("t5"), a_tag("t2"), a_tag("t6", address="!")]
        found = faults(await plant.http.post(f"/data-sources/{id}/tags", json={"tags": more}))
        assert set(found) == {"tags[2].address"}
        found = faults(
            await plant.http.post(f"/data-sources/{id}/tags", json={"tags": more[:2]}), 409
        )
        assert "already" in found["tags[1].tag_name"]
        assert (await plant.item(id))["tag_count"] == 5
        assert plant.register.find("Pump_001", "t5") is None

    async def test_of_another_source_is_a_conflict_that_names_it(self, plant: Plant) -> None:
        await plant.create(id="first", tags=[a_tag()])
        await plant.create(id="second", config={"host": "b"})
        found = faults(await plant.http.post("/data-sources/second/tags", json=a_tag()), 409)
        assert "'first'" in found["tag_name"]
        body = {"name": "x", "type": "scripted", "config": {"host": "c"}, "tags": [a_tag()]}
        found = faults(await plant.http.post("/data-sources", json=body), 409)
        assert "'first'" in found["tags[0].tag_name"]

    async def test_takes_over_a_tag_that_belongs_to_nobody(self, plant: Plant) -> None:
        (known,) = await plant.register.ensure([NewTag("Pump_001", "temperature", Kind.NUMBER)])
        await plant.create(id="first", tags=[a_tag()])
        tag = plant.register.find("Pump_001", "temperature")
        assert tag is not None
        assert (tag.series, tag.data_source_id) == (known.series, "first")

    async def test_of_another_kind_is_refused(self, plant: Plant) -> None:
        await plant.register.ensure([NewTag("Pump_001", "temperature", Kind.TEXT)])
        id = (await plant.create())["id"]
        body = a_tag(data_type="float32")
        found = faults(await plant.http.post(f"/data-sources/{id}/tags", json=body))
        assert "text" in found["data_type"]

    async def test_with_an_own_id(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        path = f"/data-sources/{id}/tags"
        assert (await plant.http.post(path, json=a_tag("a", id="mine"))).status_code == 201
        assert set(faults(await plant.http.post(path, json=a_tag("b", id="mine")), 409)) == {"id"}
        assert set(faults(await plant.http.post(path, json=a_tag("b", id="export")))) == {"id"}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"address": ""}, "address"), ({"address": 5}, "address"),
            ({"address": "!"}, "address"), ({"asset_id": ""}, "asset_id"),
            ({"asset_id": "a\nb"}, "asset_id"), ({"tag_name": "x" * 201}, "tag_name"),
            ({"data_type": "int128"}, "data_type"), ({"interval_ms": 99}, "interval_ms"),
            ({"interval_ms": 3_600_001}, "interval_ms"), ({"interval_ms": 1.5}, "interval_ms"),
            ({"scale": 0}, "scale"), ({"scale": "2"}, "scale"), ({"bit": -1}, "bit"),
            ({"length": 0}, "length"), ({"word_order": "middle"}, "word_order"),
            ({"deadband": {"type": "relative", "value": 1}}, "deadband.type"),
            ({"deadband": {"type": "absolute", "value": -1}}, "deadband.value"),
            ({"deadband": {"type": "absolute"}}, "deadband.value"),
            ({"id": "a b"}, "id"), ({"colour": 1}, "colour"),
        ],
    )  # fmt: skip
    async def test_names_what_is_wrong(self, plant: Plant, change: Json, field: str) -> None:
        id = (await plant.create())["id"]
        answer = await plant.http.post(f"/data-sources/{id}/tags", json={**a_tag(), **change})
        assert set(faults(answer)) == {field}
        many = {"tags": [a_tag("good"), {**a_tag(), **change}]}
        answer = await plant.http.post(f"/data-sources/{id}/tags", json=many)
        assert set(faults(answer)) == {f"tags[1].{field}"}
        assert len(plant.register) == 0

    async def test_to_an_unknown_source(self, plant: Plant) -> None:
        assert (await plant.http.post("/data-sources/none/tags", json=a_tag())).status_code == 404


class TestList:
    async def test_newest_first_with_paging_and_asset(self, plant: Plant) -> None:
        tags = [a_tag(f"t{n}", asset_id=f"P{n % 2}") for n in range(5)]
        id = (await plant.create(tags=tags))["id"]
        path = f"/data-sources/{id}/tags"
        page = (await plant.http.get(path + "?per_page=2")).json()
        assert [tag["tag_name"] for tag in page["data"]] == ["t4", "t3"]
        assert page["meta"] == {"page": 1, "per_page": 2, "total": 5}
        one = (await plant.http.get(path + "?asset_id=P1")).json()
        assert [tag["tag_name"] for tag in one["data"]] == ["t3", "t1"]

    async def test_shows_faults(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a"), a_tag("b", enabled=False)]))["id"]
        await plant.connected(id)
        link = plant.driver.device().link
        link.sink.tag_fault(link.tags[0].series, "no such register")
        tags = (await plant.http.get(f"/data-sources/{id}/tags")).json()["data"]
        assert {tag["tag_name"]: (tag["state"], tag["error"]) for tag in tags} == {
            "a": ("fault", "no such register"),
            "b": ("disabled", None),
        }
        assert (await plant.item(id))["state"] == "degraded"


class TestOne:
    async def test_get_put_delete(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a", id="one"), a_tag("b", id="two")]))["id"]
        path = f"/data-sources/{id}/tags/one"
        got = await plant.http.get(path)
        assert got.headers["etag"] == '"1"'
        put = await plant.http.put(path, json=a_tag("a", address="new", unit="bar"))
        assert put.headers["etag"] == '"2"'
        assert put.json()["data"]["address"] == "new"
        assert put.json()["data"]["created_at"] == got.json()["data"]["created_at"]
        tag = plant.register.find("Pump_001", "a")
        assert tag is not None
        assert tag.unit == "bar"
        deleted = (await plant.http.delete(path)).json()["data"]
        assert (deleted["id"], deleted["deleted"]) == ("one", True)
        assert "history is kept" in deleted["note"]
        assert (await plant.http.get(path)).status_code == 404
        tag = plant.register.find("Pump_001", "a")
        assert tag is not None
        assert tag.data_source_id is None

    async def test_put_under_another_name_frees_the_old(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a", id="one")]))["id"]
        await plant.http.put(f"/data-sources/{id}/tags/one", json=a_tag("b"))
        old, new = plant.register.find("Pump_001", "a"), plant.register.find("Pump_001", "b")
        assert old is not None
        assert new is not None
        assert (old.data_source_id, new.data_source_id) == (None, id)

    async def test_put_onto_another_tag_is_a_conflict(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a", id="one"), a_tag("b", id="two")]))["id"]
        answer = await plant.http.put(f"/data-sources/{id}/tags/one", json=a_tag("b"))
        assert set(faults(answer, 409)) == {"tag_name"}

    async def test_put_guards_against_a_lost_update(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a", id="one")]))["id"]
        path = f"/data-sources/{id}/tags/one"
        answer = await plant.http.put(path, json=a_tag("b"), headers={"If-Match": '"3"'})
        assert answer.status_code == 412

    async def test_put_of_the_same_changes_nothing(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a", id="one")]))["id"]
        await plant.connected(id)
        answer = await plant.http.put(f"/data-sources/{id}/tags/one", json=a_tag("a"))
        assert answer.headers["etag"] == '"1"'
        assert plant.driver.device().link.retagged == 0

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    async def test_unknown(self, plant: Plant, method: str) -> None:
        id = (await plant.create())["id"]
        body = a_tag() if method == "PUT" else None
        for path in (f"/data-sources/{id}/tags/none", "/data-sources/none/tags/none"):
            assert (await plant.http.request(method, path, json=body)).status_code == 404


class TestImport:
    async def _import(self, plant: Plant, id: str, text: str, query: str = "") -> Json:
        answer = await plant.http.post(
            f"/data-sources/{id}/tags/import{query}", content=text.encode(), headers=CSV
        )
        assert answer.status_code == 200, answer.text
        data: Json = answer.json()["data"]
        return data

    async def test_adds_changes_and_leaves(self, plant: Plant) -> None:
        id = (await plant.create(tags=[a_tag("a"), a_tag("b"), a_tag("c")]))["id"]
        text = "address;asset_id;tag_name;unit\na;Pump_001;a;\nb;Pump_001;b;bar\nn;Pump_001;n;\n"
        before = (await plant.http.get(f"/data-sources/{id}/tags")).json()
        tried = await self._import(plant, id, text, "?dry_run=true")
        assert (await plant.http.get(f"/data-sources/{id}/tags")).json() == before
        assert plant.register.find("Pump_001", "n") is None
        assert [tag["tag_name"] for tag in tried["added"]] == ["n"]
        assert [tag["tag_name"] for tag in tried["changed"]] == ["b"]
        assert tried["changed"][0]["changes"] == [{"field": "unit", "before": None, "after": "bar"}]
        assert (tried["removed"], tried["unchanged"], tried["dry_run"]) == ([], 1, True)
        done = await self._import(plant, id, text)
        assert done["dry_run"] is False
        assert (await plant.item(id))["tag_count"] == 4
        again = await self._import(plant, id, text, "?mode=replace")
        assert [tag["tag_name"] for tag in again["removed"]] == ["c"]
        assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 3)
        assert (await plant.item(id))["tag_count"] == 3

    async def test_what_was_exported_changes_nothing(self, plant: Plant) -> None:
        tags = [
            a_tag("=1+1", asset_id="'quoted'", unit="m³/h"), a_tag("comma, and \"quote\""),
            a_tag("-x", scale=-0.1, offset=1e-9, bit=3, length=4, interval_ms=100),
            a_tag("z", deadband={"type": "percent", "value": 2.5}, enabled=False),
        ]  # fmt: skip
        id = (await plant.create(tags=tags))["id"]
        answer = await plant.http.get(f"/data-sources/{id}/tags/export")
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        assert "\r\n" in answer.text
        assert ",=1+1" not in answer.text
        result = await self._import(plant, id, answer.text, "?mode=replace")
        assert (result["added"], result["changed"], result["removed"]) == ([], [], [])
        assert result["unchanged"] == 4

    async def test_names_every_fault_by_its_line(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        text = (
            "address,asset_id,tag_name,scale,interval_ms,enabled,deadband_type,deadband_value\n"
            "a,P,a,x,,,,\n"
            "b,P,b,,5,,,\n"
            ",P,c,,,perhaps,,\n"
            "d,P,d,,,,absolute,-1\n"
        )
        path = f"/data-sources/{id}/tags/import"
        found = faults(await plant.http.post(path, content=text, headers=CSV))
        assert set(found) == {"line 2.scale", "line 4.enabled"}
        text = text.replace(",x,", ",1,").replace("perhaps", "no")
        found = faults(await plant.http.post(path, content=text, headers=CSV))
        assert set(found) == {"line 3.interval_ms", "line 4.address", "line 5.deadband_value"}
        text = "address,asset_id,tag_name\n!,P,a\nb,P,b\nc,P,b\n"
        found = faults(await plant.http.post(path, content=text, headers=CSV))
        assert set(found) == {"line 2.address", "line 4.tag_name"}

    @pytest.mark.parametrize(
        ("text", "field"),
        [
            ("", "line 1"), ("address,asset_id\n", "line 1"),
            ("address,asset_id,tag_name,colour\n", "line 1"),
            ("address,asset_id,tag_name,address\n", "line 1"),
            ("address,asset_id,tag_name\na,b,c,d\n", "line 2"),
            ('address,asset_id,tag_name\n"a,b,c\n', "line 2"),
        ],
    )  # fmt: skip
    async def test_refuses_what_is_no_tag_file(self, plant: Plant, text: str, field: str) -> None:
        id = (await plant.create())["id"]
        path = f"/data-sources/{id}/tags/import"
        assert field in faults(await plant.http.post(path, content=text, headers=CSV))

    async def test_refuses_other_content(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        path = f"/data-sources/{id}/tags/import"
        assert (await plant.http.post(path, json={})).status_code == 415
        answer = await plant.http.post(path, content=b"\xff\xfe", headers=CSV)
        assert answer.status_code == 400

    async def test_of_a_foreign_tag_is_a_conflict_also_when_dry(self, plant: Plant) -> None:
        await plant.create(id="first", tags=[a_tag("a")])
        await plant.create(id="second", config={"host": "b"})
        text = "address,asset_id,tag_name\nx,Pump_001,x\na,Pump_001,a\n"
        path = "/data-sources/second/tags/import?dry_run=true"
        answer = await plant.http.post(path, content=text, headers=CSV)
        assert set(faults(answer, 409)) == {"line 3.tag_name"}

    async def test_ten_thousand_tags_round_trip_quickly(self, plant: Plant) -> None:
        id = (await plant.create())["id"]
        lines = [f"{n},Pump_{n % 100:03},tag_{n},float32,°C,1000" for n in range(10_000)]
        text = "address,asset_id,tag_name,data_type,unit,interval_ms\n" + "\n".join(lines)
        started = time.process_time()
        result = await self._import(plant, id, text)
        assert len(result["added"]) == 10_000
        exported = (await plant.http.get(f"/data-sources/{id}/tags/export")).text
        again = await self._import(plant, id, exported, "?mode=replace")
        assert again["unchanged"] == 10_000
        assert time.process_time() - started < 15
        assert len(tagfile.read(exported)) == 10_000
