"""Rules over HTTP: what is accepted, what is refused and where, warnings, preview, YAML."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alerts.rig import NOON, Rig
from tests.alerts.test_engine import forms
from twinedge.alerts.conditions import condition_json, parse_condition
from twinedge.alerts.model import Condition
from twinedge.assets.model import Kind
from twinedge.kit.clock import US, to_iso

GOOD = {"tag_name": "t", "operator": "gt", "value": 1}

REFUSED: list[tuple[Any, str, str]] = [
    (None, "condition", "must be an object"),
    ([], "condition", "must be an object"),
    ({}, "condition", "says nothing to check"),
    ({"tag_name": "t"}, "condition.operator", "is missing"),
    ({"operator": "gt", "value": 1}, "condition.tag_name", "is missing"),
    (GOOD | {"operator": "approx"}, "condition.operator", "one of: gt"),
    (GOOD | {"operator": 5}, "condition.operator", "one of: gt"),
    (GOOD | {"value": "80"}, "condition.value", "must be a number"),
    (GOOD | {"value": True}, "condition.value", "must be a number"),
    (GOOD | {"value": None}, "condition.value", "must be a number"),
    (GOOD | {"value": 10**400}, "condition.value", "must be a number"),
    (GOOD | {"operator": "between"}, "condition.value", "two numbers"),
    (GOOD | {"operator": "between", "value": [2, 1]}, "condition.value", "low below high"),
    (GOOD | {"operator": "between", "value": [1, 1]}, "condition.value", "low below high"),
    (GOOD | {"operator": "outside", "value": [1, "2"]}, "condition.value", "two numbers"),
    (GOOD | {"duration_seconds": -1}, "condition.duration_seconds", "number of seconds"),
    (GOOD | {"duration_seconds": "60"}, "condition.duration_seconds", "number of seconds"),
    (GOOD | {"duration": 60}, "condition.duration", "unknown here"),
    (GOOD | {"deadband": 1, "clear_value": 0}, "condition.deadband", "not both"),
    (GOOD | {"clear_value": 5}, "condition.clear_value", "at or below"),
    (GOOD | {"operator": "eq", "deadband": 1}, "condition.deadband", "no sense"),
    ({"all": []}, "condition.all", "at least one"),
    ({"all": [GOOD], "any": [GOOD]}, "condition", "together"),
    ({"any": [GOOD, {"tag_name": "u"}]}, "condition.any[1].operator", "is missing"),
    ({"all": [GOOD | {"duration_seconds": 5}]}, "condition.all[0].duration_seconds", "outermost"),
    ({"tag_name": "t", "stale_seconds": 0}, "condition.stale_seconds", "number of seconds"),
    (
        {"tag_name": "t", "rate_of_change": {"per": "day"}, "operator": "gt", "value": 1},
        "condition.rate_of_change.per",
        "must be one of",
    ),
    ({"model_id": "m", "operator": "gt", "value": "high"}, "condition.value", "must be a number"),
]


class TestRefused:
    @pytest.mark.parametrize(("condition", "field", "words"), REFUSED)
    async def test_condition(self, rig: Rig, condition: Any, field: str, words: str) -> None:
        body = {"name": "x", "severity": "info", "condition": condition}
        faults = await rig.faults("POST", "/alert-rules", body)
        assert words in faults[field], faults

    async def test_all_faults_at_once(self, rig: Rig) -> None:
        condition = {"any": [{"tag_name": "", "operator": "?", "value": []}, {"x": 1}]}
        body = {"name": "x", "severity": "info", "condition": condition}
        assert len(await rig.faults("POST", "/alert-rules", body)) >= 4

    async def test_unknown_channel_severity_and_field(self, rig: Rig) -> None:
        body = {"name": "x", "severity": "info", "condition": GOOD, "notifications": ["pager"]}
        faults = await rig.faults("POST", "/alert-rules", body)
        assert "known are: email, slack, teams, webhook" in faults["notifications[0]"]
        assert "severity" in await rig.faults("POST", "/alert-rules", body | {"severity": "high"})
        assert "colour" in await rig.faults("POST", "/alert-rules", body | {"colour": "red"})

    async def test_text_on_a_number_tag_and_the_reverse(self, rig: Rig) -> None:
        await rig.tag("p", "speed")
        await rig.tag("p", "mode", Kind.TEXT)
        for tag, value in (("speed", "fast"), ("mode", 1)):
            condition = {"all": [GOOD, {"tag_name": tag, "operator": "eq", "value": value}]}
            body = {"name": "x", "severity": "info", "condition": condition}
            assert "condition.all[1].value" in await rig.faults("POST", "/alert-rules", body)

    @pytest.mark.parametrize(
        "schedule",
        [
            {"windows": []},
            {"timezone": "Mars/Base", "windows": [{}]},
            {"windows": [{"weekdays": ["mo"]}]},
            {"windows": [{"from": "6:00"}]},
            {"windows": [{"from": "25:00"}]},
        ],
    )
    async def test_schedule(self, rig: Rig, schedule: Any) -> None:
        body = {"name": "x", "severity": "info", "condition": GOOD, "schedule": schedule}
        assert await rig.faults("POST", "/alert-rules", body)

    async def test_nesting_is_bounded(self, rig: Rig) -> None:
        condition: Any = GOOD
        for _ in range(50):
            condition = {"all": [condition]}
        body = {"name": "x", "severity": "info", "condition": condition}
        assert await rig.faults("POST", "/alert-rules", body)

    @settings(max_examples=100, deadline=None)
    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["all", "any", "tag_name", "operator", "value", "model_id", "stale_seconds",
                     "rate_of_change", "per", "window_seconds", "deadband", "clear_value"]
                ),
                inner,
                max_size=4,
            ),
            max_leaves=10,
        )
    )  # fmt: skip
    def test_garbage_is_faults_never_an_error(self, raw: Any) -> None:
        condition, faults = parse_condition(raw)
        assert (condition is None) == bool(faults)


class TestCondition:
    @settings(max_examples=200, deadline=None)
    @given(forms)
    def test_written_and_read_is_the_same(self, form: Any) -> None:
        condition = Condition(form, 5.0, 2.5)
        assert parse_condition(condition_json(condition)) == (condition, [])

    async def test_symbols_are_stored_as_words(self, rig: Rig) -> None:
        for symbol, word in {">": "gt", ">=": "gte", "<": "lt", "==": "eq", "!=": "neq"}.items():
            rule = await rig.rule(condition=GOOD | {"operator": symbol})
            assert rule["condition"]["operator"] == word


class TestWarnings:
    async def test_tag_and_source_that_do_not_exist_yet(self, rig: Rig) -> None:
        rule = await rig.rule()
        assert rule["warnings"] == ["tag 'temperature' does not exist yet; the rule waits for it"]
        await rig.tag("p", "temperature")
        again = await rig.call("GET", f"/alert-rules/{rule['id']}")
        assert again["warnings"] == []

    async def test_model_that_is_not_deployed(self, rig: Rig) -> None:
        rule = await rig.rule(condition={"model_id": "m-1", "operator": "gt", "value": 0.8})
        assert "model 'm-1' is not deployed" in rule["warnings"][0]


class TestCreate:
    async def test_own_id_and_conflict(self, rig: Rig) -> None:
        rule = await rig.rule(id="hot")
        assert rule["id"] == "hot"
        body = {"id": "hot", "name": "x", "severity": "info", "condition": GOOD}
        await rig.call("POST", "/alert-rules", body, 409)
        await rig.call("POST", "/alert-rules", body | {"id": "source-offline"}, 409)

    async def test_location_and_etag(self, rig: Rig) -> None:
        body = {"name": "x", "severity": "info", "condition": GOOD}
        answer = await rig.http.post("/alert-rules", json=body)
        assert answer.headers["location"].startswith("/v1/alert-rules/rule-")
        assert answer.headers["etag"] == '"1"'


class TestPreview:
    def body(self, rule: dict[str, Any], end: float) -> dict[str, Any]:
        span = {"start": to_iso(NOON), "end": to_iso(NOON + round(end * US))}
        return {"rule": {"name": "x", "severity": "info", "condition": rule}, **span}

    async def test_equals_what_the_live_rule_did(self, rig: Rig) -> None:
        condition = {
            "tag_name": "t", "operator": "gt", "value": 5, "deadband": 1, "duration_seconds": 3,
        }  # fmt: skip
        await rig.rule(condition=condition)
        values = [(i, (i * 7919) % 11) for i in range(300)]
        for i in range(0, 300, 50):
            await rig.points("p", "t", *values[i : i + 50])
        rig.clock.advance(400)
        preview = await rig.call("POST", "/alert-rules/preview", self.body(condition, 300))
        live = sorted(
            (a["triggered_at"], a["resolved_at"], a["occurrences"]) for a in await rig.alerts()
        )
        found = [(a["triggered_at"], a["resolved_at"], a["occurrences"]) for a in preview["alerts"]]
        assert found == live
        assert preview["points"] == 300

    async def test_advice_makes_it_quieter(self, rig: Rig) -> None:
        rows = [(i, 80 + (0.5 if i % 2 else -0.5)) for i in range(0, 3000, 7)]
        await rig.points("p", "t", *rows)
        rig.clock.advance(4000)
        condition = {"tag_name": "t", "operator": "gt", "value": 80}
        preview = await rig.call("POST", "/alert-rules/preview", self.body(condition, 3000))
        assert preview["total"] > 3
        for advice in preview["advice"]:
            assert advice["alerts"] * 2 <= preview["total"]
            again = await rig.call(
                "POST", "/alert-rules/preview", self.body(advice["condition"], 3000)
            )
            assert again["total"] == advice["alerts"]

    async def test_unknown_tag_is_empty_and_bad_span_a_400(self, rig: Rig) -> None:
        empty = await rig.call("POST", "/alert-rules/preview", self.body(GOOD, 10))
        assert (empty["total"], empty["alerts"]) == (0, [])
        assert "start" in await rig.faults("POST", "/alert-rules/preview", self.body(GOOD, -10))
        faults = await rig.faults("POST", "/alert-rules/preview", self.body({}, 10))
        assert "rule.condition" in faults


class TestYaml:
    async def load(self, rig: Rig, text: str, query: str = "", status: int = 200) -> Any:
        answer = await rig.http.post(
            f"/alert-rules/import{query}",
            content=text,
            headers={"Content-Type": "application/yaml"},
        )
        assert answer.status_code == status, answer.text
        return answer.json()["data"] if status == 200 else answer.json()["error"]

    async def test_round_trip_changes_nothing(self, rig: Rig) -> None:
        await rig.rule(latching=True, repeat_seconds=60, notifications=["email"])
        await rig.rule(name="Night", schedule={"windows": [{"from": "22:00", "to": "06:00"}]})
        text = (await rig.http.get("/alert-rules/export")).text
        assert len(yaml.safe_load(text)["rules"]) == 2
        difference = await self.load(rig, text, "?mode=replace")
        assert (sorted(difference["unchanged"]), difference["changed"]) == (["Hot", "Night"], [])

    async def test_difference_then_replace(self, rig: Rig) -> None:
        await rig.rule(name="Old")
        await rig.rule(name="Hot")
        text = """
rules:
  - name: Hot
    severity: critical
    condition: {tag_name: temperature, operator: ">", value: 90}
  - name: New
    severity: info
    condition: {tag_name: level, operator: lt, value: 1}
"""
        wanted = {"added": ["New"], "changed": ["Hot"], "removed": ["Old"], "unchanged": []}
        dry = await self.load(rig, text, "?mode=replace&dry_run=true")
        assert dry == wanted | {"dry_run": True}
        assert {r["name"] for r in await rig.call("GET", "/alert-rules")} == {"Old", "Hot"}
        assert await self.load(rig, text, "?mode=replace") == wanted | {"dry_run": False}
        rules = {r["name"]: r for r in await rig.call("GET", "/alert-rules")}
        assert set(rules) == {"Hot", "New"}
        assert (rules["Hot"]["severity"], rules["Hot"]["version"]) == ("critical", 2)

    async def test_all_or_nothing(self, rig: Rig) -> None:
        text = """
rules:
  - {name: Good, severity: info, condition: {tag_name: t, operator: gt, value: 1}}
  - {name: Bad, severity: info, condition: {tag_name: t, operator: gt}, notifications: [x]}
"""
        error = await self.load(rig, text, status=400)
        assert "rules[1].condition.value" in {d["field"] for d in error["details"]}
        assert await rig.call("GET", "/alert-rules") == []

    @pytest.mark.parametrize(
        "text",
        ["", "rules: 5", "rules: [", "a: &a [1]\nrules: *a", "rules: [5]", "\x00", "!!python/x {}"],
    )
    async def test_broken_files(self, rig: Rig, text: str) -> None:
        assert (await self.load(rig, text, status=400))["code"] == "validation_error"
