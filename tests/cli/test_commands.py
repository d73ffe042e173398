"""Each command against a scripted server: what it asks, what it shows."""

import csv
import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Api, Cli
from twinedge.audit.model import GENESIS, Head, Record, chained
from twinedge.kit.clock import US, SystemClock, from_iso, to_iso
from twinedge.web.audit import Attempt

SOURCE = {
    "id": "ds-1", "name": "Line PLC", "type": "modbus", "endpoint": "modbus://10.0.0.1:502/1",
    "config": {"host": "10.0.0.1"}, "enabled": True, "status": "connected", "state": "connected",
    "last_error": None, "last_data_at": "2026-01-06T10:00:00Z", "tag_count": 45,
    "points_per_second": 45.02, "created_at": "2026-01-01T00:00:00Z",
    "updated_at": "2026-01-01T00:00:00Z",
}  # fmt: skip
POINT = {
    "timestamp": "2026-01-06T10:00:00Z", "asset_id": "Pump_001", "tag_name": "flow",
    "value": 65.512345678, "quality": "good",
}  # fmt: skip

KEY = {"id": "key-1", "name": "line", "scopes": ["read:telemetry"], "last_used_at": None,
       "created_at": "2026-01-01T00:00:00Z", "expires_at": None}  # fmt: skip


class TestSources:
    def test_list_shows_a_table_and_passes_filters_on(self, cli: Cli, api: Api) -> None:
        api.listing("/v1/data-sources", [SOURCE])
        ran = cli("sources", "list", "--type", "modbus", "--status", "connected")
        assert ran.out.splitlines()[0].split()[:3] == ["id", "name", "type"]
        assert "Line PLC" in ran.out.splitlines()[1]
        query = api.asked[-1][2]
        assert (query["type"], query["status"]) == (["modbus"], ["connected"])

    def test_list_as_json_is_what_the_api_said(self, cli: Cli, api: Api) -> None:
        api.listing("/v1/data-sources", [SOURCE])
        assert json.loads(cli("sources", "list", "--json").out) == [SOURCE]

    def test_list_of_none_says_so(self, cli: Cli, api: Api) -> None:
        api.listing("/v1/data-sources", [])
        assert cli("sources", "list").out == "There are no data sources.\n"

    def test_show(self, cli: Cli, api: Api) -> None:
        api.on("GET", "/v1/data-sources/ds-1", {"data": SOURCE})
        assert "host=10.0.0.1" in cli("sources", "show", "ds-1").out
        assert json.loads(cli("sources", "show", "ds-1", "--json").out) == SOURCE

    def test_create_from_options_reads_numbers_as_numbers(self, cli: Cli, api: Api) -> None:
        api.on("POST", "/v1/data-sources", {"data": SOURCE}, 201)
        ran = cli(
            "sources", "create", "--name", "Line PLC", "--type", "modbus",
            "--set", "host=10.0.0.1", "--set", "port=502",
        )  # fmt: skip
        assert ran.out.startswith("Created ds-1.")
        assert api.asked[-1][3] == {
            "name": "Line PLC", "type": "modbus", "config": {"host": "10.0.0.1", "port": 502},
        }  # fmt: skip

    def test_create_from_a_file_with_something_changed(
        self, cli: Cli, api: Api, tmp_path: Path
    ) -> None:
        api.on("POST", "/v1/data-sources", {"data": SOURCE}, 201)
        body = {"name": "a", "type": "modbus", "config": {"host": "x", "port": 1}, "tags": []}
        (tmp_path / "s.json").write_text(json.dumps(body))
        cli("sources", "create", "--file", "s.json", "--name", "b", "--set", "port=2")
        assert api.asked[-1][3] == {**body, "name": "b", "config": {"host": "x", "port": 2}}

    @pytest.mark.parametrize(
        ("content", "words"),
        [(None, "cannot be read"), ("{", "is not JSON"), ("[]", "must hold one object")],
    )
    def test_create_from_a_bad_file_says_what_is_bad(
        self, cli: Cli, tmp_path: Path, content: str | None, words: str
    ) -> None:
        if content is not None:
            (tmp_path / "s.json").write_text(content)
        ran = cli("sources", "create", "--file", "s.json")
        assert ran.code == 1
        assert words in ran.err

    def test_create_of_too_little_says_what_is_needed(self, cli: Cli) -> None:
        assert "give --file, or --name" in cli("sources", "create", "--name", "x").err
        ran = cli("sources", "create", "--name", "x", "--type", "mqtt", "--set", "oops")
        assert "must be written name=value" in ran.err

    def test_test_shows_each_step_and_fails_with_the_device(self, cli: Cli, api: Api) -> None:
        step = {"name": "connect", "ok": False, "ms": 12.3, "detail": "refused", "hint": "port?"}
        report = {"ok": False, "latency_ms": None, "steps": [step]}
        api.on("POST", "/v1/data-sources/ds-1/test", {"data": report})
        ran = cli("sources", "test", "ds-1")
        assert ran.code == 1
        assert "FAILED" in ran.out
        assert "port?" in ran.out
        assert json.loads(cli("sources", "test", "ds-1", "--json").out) == report

    def test_delete_asks_first(self, cli: Cli, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        answer = {"data": {"id": "ds-1", "deleted": True, "note": "Its history is kept."}}
        api.on("DELETE", "/v1/data-sources/ds-1", answer)
        monkeypatch.setattr("sys.stdin", StringIO("n\n"))
        assert cli("sources", "delete", "ds-1").code == 1
        assert api.asked == []
        assert cli("sources", "delete", "ds-1", "-y").out == "Deleted ds-1. Its history is kept.\n"

    def test_browse(self, cli: Cli, api: Api) -> None:
        node = {"node": "i=85", "name": "Objects", "has_children": True, "address": None,
                "data_type": None, "unit": None, "value": None, "description": None}  # fmt: skip
        api.on("GET", "/v1/data-sources/ds-1/browse", {"data": [node]})
        ran = cli("sources", "browse", "ds-1", "i=84", "--search", "Obj")
        assert "Objects/" in ran.out
        assert api.asked[-1][2] == {"node": ["i=84"], "search": ["Obj"]}


class TestTelemetry:
    def test_latest_shows_values_with_their_age(self, cli: Cli, api: Api) -> None:
        api.on("GET", "/v1/telemetry/latest", {"data": [{**POINT, "age_seconds": 0.42}]})
        ran = cli("telemetry", "latest", "Pump_001", "flow", "head")
        assert ran.out.splitlines()[1].split() == [
            "flow", "65.5123", "good", "2026-01-06T10:00:00Z", "0.4", "s"]  # fmt: skip
        assert api.asked[-1][2] == {"asset_id": ["Pump_001"], "tags": ["flow,head"]}

    def test_latest_of_an_unknown_asset_says_so(self, cli: Cli, api: Api) -> None:
        api.on("GET", "/v1/telemetry/latest", {"data": []})
        assert cli("telemetry", "latest", "Pump_009").out == "No values of Pump_009.\n"

    def rows(self, api: Api, *rows: dict[str, Any]) -> None:
        meta = {"limit": 1000, "next_cursor": None}
        api.on("GET", "/v1/telemetry", {"data": list(rows), "meta": meta})

    def test_query_as_csv_loses_no_digit(self, cli: Cli, api: Api) -> None:
        text = {**POINT, "value": 'a "b", c', "tag_name": "state"}
        self.rows(api, POINT, text, {**POINT, "value": None, "quality": "bad"})
        read = list(csv.DictReader(StringIO(cli("telemetry", "query", "--csv").out)))
        assert [row["value"] for row in read] == ["65.512345678", 'a "b", c', ""]

    def test_query_passes_every_filter_on(self, cli: Cli, api: Api) -> None:
        self.rows(api)
        ran = cli(
            "telemetry", "query", "--asset", "A", "--asset", "B", "--tag", "flow",
            "--source", "ds-1", "--start", "2026-01-06", "--end", "2026-01-07",
            "--aggregation", "avg", "--interval", "1h", "--tz", "Europe/Berlin",
            "--order", "desc", "--limit", "5",
        )  # fmt: skip
        assert ran.out == "No values.\n"
        assert api.asked[-1][2] == {
            "asset_id": ["A", "B"], "tag_name": ["flow"], "data_source_id": ["ds-1"],
            "start": ["2026-01-06"], "end": ["2026-01-07"], "aggregation": ["avg"],
            "interval": ["1h"], "tz": ["Europe/Berlin"], "order": ["desc"], "limit": ["5"],
        }  # fmt: skip

    def test_query_of_the_last_hours_counts_from_now(self, cli: Cli, api: Api) -> None:
        self.rows(api, POINT)
        assert json.loads(cli("telemetry", "query", "--last", "2h", "--json").out) == [POINT]
        start_us = from_iso(api.asked[-1][2]["start"][0])
        assert abs(SystemClock().now_us() - 7200 * US - start_us) < 60 * US

    @pytest.mark.parametrize("span", ["", "h", "2", "2y", "-1h", "²h"])
    def test_query_of_a_strange_span_is_refused(self, cli: Cli, span: str) -> None:
        ran = cli("telemetry", "query", f"--last={span}")
        assert ran.code == 1
        assert "15m, 2h" in ran.err

    def test_query_takes_last_or_start(self, cli: Cli) -> None:
        ran = cli("telemetry", "query", "--last", "1h", "--start", "2026-01-01")
        assert "not both" in ran.err

    def test_import_sends_numbers_booleans_and_texts(
        self, cli: Cli, api: Api, tmp_path: Path
    ) -> None:
        (tmp_path / "in.csv").write_text(
            "asset_id,tag_name,value,timestamp\n"
            "P,a,1,2026-01-06T10:00:00Z\nP,b,2.5,\nP,c,true,\nP,d,running,\n"
        )
        api.on("POST", "/v1/telemetry", {"data": {"accepted": 4}})
        assert cli("telemetry", "import", "in.csv").out == "4 points are stored.\n"
        sent = api.asked[-1][3]["data"]
        assert [point["value"] for point in sent] == [1, 2.5, True, "running"]
        assert "timestamp" not in sent[1]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("", "lacks the columns asset_id, tag_name, value"),
            ("asset_id,value\nP,1\n", "lacks the columns tag_name"),
            ("asset_id,tag_name,value\nP,a,1,2\n", "line 2: has another number"),
            ("asset_id,tag_name,value\nP,a\n", "line 2: has another number"),
        ],
    )
    def test_import_of_a_bad_file_sends_nothing(
        self, cli: Cli, api: Api, tmp_path: Path, content: str, words: str
    ) -> None:
        (tmp_path / "in.csv").write_text(content)
        ran = cli("telemetry", "import", "in.csv")
        assert ran.code == 1
        assert words in ran.err
        assert api.asked == []


class TestKeys:
    def test_create_shows_the_key_once(self, cli: Cli, api: Api) -> None:
        api.on("POST", "/v1/api-keys", {"data": {**KEY, "key": "te_1_x"}}, 201)
        ran = cli("keys", "create", "line", "--scope", "read:telemetry", "--scope", "read:assets")
        assert ran.out.splitlines()[0] == "te_1_x"
        assert api.asked[-1][3] == {"name": "line", "scopes": ["read:telemetry", "read:assets"]}

    def test_list_revoke_rotate(self, cli: Cli, api: Api) -> None:
        api.listing("/v1/api-keys", [KEY])
        assert "read:telemetry" in cli("keys", "list").out
        api.on("DELETE", "/v1/api-keys/key-1", {"data": {"id": "key-1", "deleted": True}})
        assert cli("keys", "revoke", "key-1").out == "Revoked key-1.\n"
        api.on("POST", "/v1/api-keys/key-1/rotate", {"data": {**KEY, "key": "te_2"}})
        assert cli("keys", "rotate", "key-1").out.startswith("te_2\n")


class TestAssets:
    def test_list_and_show(self, cli: Cli, api: Api) -> None:
        tag = {"tag_name": "flow", "kind": "number", "unit": "m³/h", "description": None,
               "data_source_id": "ds-1"}  # fmt: skip
        asset = {"id": "Pump 1/a", "name": "Pump", "description": "", "type": "pump",
                 "parent": None, "properties": {"kw": 15}, "tags": [tag]}  # fmt: skip
        api.listing("/v1/assets", [asset])
        assert "Pump 1/a" in cli("assets", "list").out
        api.on("GET", "/v1/assets/Pump%201%2Fa", {"data": asset})
        shown = cli("assets", "show", "Pump 1/a").out
        assert "m³/h" in shown
        assert "kw=15" in shown


class TestHealth:
    def test_ready(self, cli: Cli, api: Api) -> None:
        api.on("GET", "/health/ready", {"status": "ready"})
        ran = cli("health", key=None)
        assert (ran.code, "ready" in ran.out) == (0, True)

    def test_not_ready_is_3(self, cli: Cli, api: Api) -> None:
        api.on("GET", "/health/ready", {"status": "degraded"}, 503)
        assert cli("health", key=None).code == 3


class TestAudit:
    def test_list_shows_who_did_what(self, cli: Cli, api: Api) -> None:
        api.listing("/v1/audit", exported(3))
        assert "Ada" in cli("audit", "list", "--outcome", "done").out
        assert api.asked[-1][2]["outcome"] == ["done"]
        assert len(json.loads(cli("audit", "list", "--limit", "2", "--json").out)) == 2

    def test_verify_tells_the_head_or_what_is_wrong(self, cli: Cli, api: Api) -> None:
        good = {"ok": True, "entries": 3, "head": "3:" + "a" * 64, "fault": None}
        api.on("GET", "/v1/audit/verify", {"data": good})
        assert good["head"] in cli("audit", "verify", "--head", "1:" + "b" * 64).out
        api.on("GET", "/v1/audit/verify", {"data": good | {"ok": False, "fault": "entry 4 is not"}})
        bad = cli("audit", "verify")
        assert bad.code == 1
        assert "entry 4 is not" in bad.err

    def test_an_exported_log_is_proved_without_the_server(
        self, cli: Cli, api: Api, tmp_path: Path
    ) -> None:
        api.listing("/v1/audit", exported(3))
        assert cli("audit", "export", "log.ndjson").code == 0
        assert "3 entries" in cli("audit", "verify", "--file", "log.ndjson", key=None).out
        file = tmp_path / "log.ndjson"
        file.write_text(file.read_text().replace("Ada", "Eve", 1))
        assert "entry 3 was changed" in cli("audit", "verify", "--file", "log.ndjson").err
        file.write_text("{}\n")
        assert "is not an exported log" in cli("audit", "verify", "--file", "log.ndjson").err


def exported(count: int) -> list[dict[str, Any]]:
    """Entries as the API lists them, newest first."""
    attempt = Attempt("key-1", "Ada", "key", "::1", "PUT", "/v1/x/{id}", "/v1/x/1", "1", "r", 200)
    items: list[dict[str, Any]] = []
    head = Head(0, GENESIS)
    for n in range(count):
        entry = chained(head, Record(n * 1_000_000, attempt))
        head = Head(entry.seq, entry.hash)
        items.append(
            {"seq": entry.seq, "at": to_iso(entry.record.at_us), "times": 1, "outcome": "done",
             "previous_hash": entry.previous_hash, "hash": entry.hash, **asdict(attempt)}
        )  # fmt: skip
    return items[::-1]
