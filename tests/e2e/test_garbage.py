"""Bad input of every kind against the real process: a precise refusal, nothing half-stored."""

import gzip
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.e2e.process import ServerProcess, free_port

JSON = {"Content-Type": "application/json"}
POINT: dict[str, Any] = {
    "asset_id": "Pump_001",
    "tag_name": "temperature",
    "value": 65.5,
    "timestamp": "2026-01-06T10:00:00Z",
}
SOURCE: dict[str, Any] = {"name": "PLC", "type": "modbus", "config": {"host": "127.0.0.1"}}
RULE: dict[str, Any] = {
    "name": "Hot",
    "severity": "warning",
    "condition": {"tag_name": "temperature", "operator": "gt", "value": 80},
    "notifications": [],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    data = tmp_path_factory.mktemp("garbage") / "data"
    with ServerProcess(data, TWINEDGE_RATE_LIMIT="off") as server:
        yield server
        assert '"level": "error"' not in server.log.read_text()


def refused(answer: httpx.Response, status: int, *fields: str) -> None:
    """The answer is this error, at exactly these fields."""
    assert answer.status_code == status, answer.text[:2000]
    found = [detail["field"] for detail in answer.json()["error"]["details"]]
    assert found == list(fields), answer.text[:2000]


def total(server: ServerProcess, path: str) -> int:
    return int(server.http.get(path).json()["meta"]["total"])


def known_assets(server: ServerProcess) -> set[str]:
    return {item["id"] for item in server.http.get("/v1/assets?per_page=100").json()["data"]}


class TestBody:
    @pytest.mark.parametrize("path", ["/v1/telemetry", "/v1/data-sources", "/v1/alert-rules"])
    @pytest.mark.parametrize(
        "text",
        [b"", b"{", b"nonsense", b'{"data":NaN}', b'{"data":1e999}', b"\xff\xfe", b"[" * 70_000],
    )
    def test_what_is_no_json_is_a_400(self, server: ServerProcess, path: str, text: bytes) -> None:
        answer = server.http.post(path, content=text, headers=JSON)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"]["code"] == "validation_error"

    @pytest.mark.parametrize("path", ["/v1/telemetry", "/v1/data-sources"])
    def test_ten_megabytes_of_brackets(self, server: ServerProcess, path: str) -> None:
        started = time.monotonic()
        answer = server.http.post(path, content=b"[" * 10_000_000, headers=JSON)
        assert answer.status_code in {400, 413}
        assert time.monotonic() - started < 5
        assert server.http.get("/health/ready").status_code == 200

    def test_a_truncated_gzip(self, server: ServerProcess) -> None:
        whole = gzip.compress(b'{"data":[]}' * 1000)
        for body in (whole[:-20], whole[:5], b"not gzip"):
            answer = server.http.post(
                "/v1/telemetry", content=body, headers=JSON | {"Content-Encoding": "gzip"}
            )
            assert answer.status_code == 400, answer.text

    def test_an_unknown_encoding_or_type(self, server: ServerProcess) -> None:
        for headers in ({"Content-Type": "text/html"}, JSON | {"Content-Encoding": "rot13"}):
            for path in ("/v1/telemetry", "/v1/data-sources"):
                answer = server.http.post(path, content=b"{}", headers=headers)
                assert answer.status_code == 415, (path, answer.text)


class TestTelemetry:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"value": None}, "data[1].value"),
            ({"value": []}, "data[1].value"),
            ({"asset_id": ""}, "data[1].asset_id"),
            ({"asset_id": 5}, "data[1].asset_id"),
            ({"asset_id": "x" * 201}, "data[1].asset_id"),
            ({"tag_name": "a\nb"}, "data[1].tag_name"),
            ({"timestamp": "yesterday"}, "data[1].timestamp"),
            ({"timestamp": 5}, "data[1].timestamp"),
            ({"timestamp": "9999-12-31T23:59:59Z"}, "data[1].timestamp"),
            ({"quality": "perfect"}, "data[1].quality"),
            ({"colour": "red"}, "data[1].colour"),
            ({"data_source_id": "ds-nowhere"}, "data[1].data_source_id"),
        ],
    )
    def test_one_bad_point_refuses_all_at_its_field(
        self, server: ServerProcess, change: dict[str, object], field: str
    ) -> None:
        good = POINT | {"asset_id": "Never_001"}
        answer = server.http.post("/v1/telemetry", json={"data": [good, POINT | change]})
        refused(answer, 400, field)
        assert "Never_001" not in known_assets(server)
        assert server.http.get("/v1/telemetry/latest?asset_id=Never_001").json()["data"] == []

    @pytest.mark.parametrize("name", ["asset_id", "tag_name", "value"])
    def test_a_missing_field_is_named(self, server: ServerProcess, name: str) -> None:
        point = {key: value for key, value in POINT.items() if key != name}
        refused(server.http.post("/v1/telemetry", json={"data": [point]}), 400, f"data[0].{name}")

    def test_nan_is_refused(self, server: ServerProcess) -> None:
        body = b'{"data":[{"asset_id":"a","tag_name":"t","value":NaN}]}'
        assert server.http.post("/v1/telemetry", content=body, headers=JSON).status_code == 400

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("start=2026-01-02&end=2026-01-01", "start"),
            ("start=now-ish", "start"),
            ("aggregation=median&interval=1h", "aggregation"),
            ("aggregation=avg&interval=0m", "interval"),
            ("limit=0", "limit"),
            ("limit=100001", "limit"),
            ("page=0", "page"),
        ],
    )
    def test_a_bad_query_is_refused_at_its_field(
        self, server: ServerProcess, query: str, field: str
    ) -> None:
        answer = server.http.get(f"/v1/telemetry?{query}")
        assert answer.status_code == 400, answer.text
        assert field in {detail["field"] for detail in answer.json()["error"]["details"]}

    def test_an_unknown_asset_has_no_values_and_year_9999_no_end(
        self, server: ServerProcess
    ) -> None:
        for path in (
            "/v1/telemetry/latest?asset_id=Nobody",
            "/v1/telemetry?asset_id=Nobody",
            "/v1/telemetry?asset_id=Nobody&start=0001-01-01&end=9999-12-31T23:59:59Z",
            "/v1/telemetry?asset_id=Nobody&end=9999-12-31&aggregation=avg&interval=1d",
        ):
            answer = server.http.get(path)
            assert (answer.status_code, answer.json()["data"]) == (200, []), path
        assert server.http.get("/v1/assets/Nobody").status_code == 404
        refused(server.http.get("/v1/telemetry/latest"), 400, "asset_id")


class TestSources:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": 5}, "name"),
            ({"type": "profinet"}, "type"),
            ({"colour": "red"}, "colour"),
            ({"config": {"host": "127.0.0.1", "port": "502"}}, "config.port"),
            ({"config": {"host": "127.0.0.1", "port": 70_000}}, "config.port"),
            ({"config": {"hots": "127.0.0.1", "host": "127.0.0.1"}}, "config.hots"),
        ],
    )
    def test_a_bad_body_is_refused_at_its_field(
        self, server: ServerProcess, change: dict[str, object], field: str
    ) -> None:
        before = total(server, "/v1/data-sources")
        refused(server.http.post("/v1/data-sources", json=SOURCE | change), 400, field)
        assert total(server, "/v1/data-sources") == before

    def test_an_unreachable_host_is_a_state_with_words(self, server: ServerProcess) -> None:
        config = {"host": "127.0.0.1", "port": free_port()}
        made = server.http.post("/v1/data-sources", json=SOURCE | {"id": "off", "config": config})
        assert made.status_code == 201, made.text
        deadline = time.monotonic() + 60
        while (item := server.http.get("/v1/data-sources/off").json()["data"])[
            "last_error"
        ] is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert item["status"] == "disconnected"
        assert str(config["port"]) in item["last_error"]
        assert "Errno" not in item["last_error"]

    def test_a_tag_twice_and_a_series_of_another_source_are_refused(
        self, server: ServerProcess
    ) -> None:
        tag = {"address": "40001", "asset_id": "Press_001", "tag_name": "force"}
        for id in ("one", "two"):
            body = SOURCE | {"id": id, "enabled": False, "config": {"host": "127.0.0.1"}}
            assert server.http.post("/v1/data-sources", json=body).status_code == 201
        assert server.http.post("/v1/data-sources/one/tags", json=tag).status_code == 201
        for id in ("one", "two"):
            answer = server.http.post(f"/v1/data-sources/{id}/tags", json=tag)
            assert answer.status_code in {400, 409}, answer.text
            assert "Press_001" in answer.json()["error"]["message"]
        assert total(server, "/v1/data-sources/one/tags") == 1
        assert total(server, "/v1/data-sources/two/tags") == 0
        assert server.http.post("/v1/data-sources/none/tags", json=tag).status_code == 404

    def test_of_many_tags_one_bad_one_refuses_all(self, server: ServerProcess) -> None:
        tags = [
            {"address": "40001", "asset_id": "Mill_001", "tag_name": "speed"},
            {"address": "nowhere", "asset_id": "Mill_001", "tag_name": "load"},
        ]
        before = total(server, "/v1/data-sources")
        answer = server.http.post("/v1/data-sources", json=SOURCE | {"tags": tags})
        refused(answer, 400, "tags[1].address")
        assert total(server, "/v1/data-sources") == before
        assert "Mill_001" not in known_assets(server)


class TestAlertRules:
    @pytest.mark.parametrize(
        "change",
        [
            {"severity": "high"},
            {"condition": {}},
            {"condition": {"tag_name": "t", "operator": "gt"}},
            {"condition": {"tag_name": "t", "operator": "almost", "value": 1}},
            {"condition": {"tag_name": "t", "operator": "gt", "value": "hot"}},
            {"notifications": ["pigeon"]},
            {"colour": "red"},
        ],
    )
    def test_a_bad_rule_is_refused(self, server: ServerProcess, change: dict[str, Any]) -> None:
        before = total(server, "/v1/alert-rules")
        answer = server.http.post("/v1/alert-rules", json=RULE | change)
        assert answer.status_code == 400, answer.text
        (name,) = change
        assert answer.json()["error"]["details"][0]["field"].startswith(name), answer.text
        assert total(server, "/v1/alert-rules") == before

    def test_a_preview_backwards_is_refused(self, server: ServerProcess) -> None:
        body = {"rule": RULE, "start": "2026-01-02T00:00:00Z", "end": "2026-01-01T00:00:00Z"}
        refused(server.http.post("/v1/alert-rules/preview", json=body), 400, "start")

    @pytest.mark.parametrize("year", ["0001", "1969", "2026"])
    def test_a_schedule_stands_any_time_of_a_point(self, server: ServerProcess, year: str) -> None:
        """The first point may come before the rule, after it, or from another age."""
        week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        window = {"weekdays": week, "from": "06:00", "to": "06:00"}
        schedule = {"timezone": "America/New_York", "windows": [window]}
        body = RULE | {"schedule": schedule, "asset_id": f"Oven_{year}"}
        made = server.http.post("/v1/alert-rules", json=body)
        assert made.status_code == 201, made.text
        stamp = f"{year}-01-01T00:00:00Z"
        point = POINT | {"asset_id": f"Oven_{year}", "timestamp": stamp}
        answer = server.http.post("/v1/telemetry", json={"data": [point]})
        assert answer.status_code in {200, 400}, answer.text
        late = point | {"timestamp": "2026-01-06T12:00:00Z", "value": 99}
        assert server.http.post("/v1/telemetry", json={"data": [late]}).status_code == 200
        deadline = time.monotonic() + 60
        alerts = f"/v1/alerts?asset_id=Oven_{year}"
        while not total(server, alerts) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert total(server, alerts) == 1
