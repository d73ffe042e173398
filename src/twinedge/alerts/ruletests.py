"""Unit tests of rules: a file of rules, points and expected alerts, run through the engine.

A file::

    rules:                       # as in the export; or `rules_file: rules.yaml` beside this file
      - name: Hot
        severity: warning
        condition: {tag_name: temperature, operator: gt, value: 80, duration_seconds: 60}
    tests:
      - name: a minute over the limit is told
        rule: Hot                # name or id
        points:                  # asset/tag: [second, value] pairs; null is bad quality
          Pump_001/temperature: [[0, 70], [10, 85], [80, 86], [90, 60]]
        until: 120               # timers run on to here; default: the last point
        expect:                  # every alert, in the order of its trigger
          - {asset_id: Pump_001, triggered: 70, resolved: 90}

A rule with `group_by` shares an alert among assets. `groups` of a test says which parent or data
source an asset belongs to (one that is not named is alone); `group_by: rule` needs no groups::

        groups: {Pump_001: Line_1, Pump_002: Line_1}
        expect:
          - {assets: [Pump_001, Pump_002], triggered: 70, resolved: 90}

Seconds count from 2026-01-05T00:00:00Z, a Monday, or from `start` of the test.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from twinedge.alerts.engine.engine import Binding, Engine
from twinedge.alerts.engine.plan import Plan, compile_rule, possible
from twinedge.alerts.exchange import read_rules, read_yaml
from twinedge.alerts.model import GroupBy, Rule, Value
from twinedge.alerts.past import PastAlert, ValueOf, past_alerts
from twinedge.kit.clock import US, from_iso
from twinedge.kit.errors import Fault, Invalid
from twinedge.telemetry.model import Batch, Quality, batch_of
from twinedge.web.envelope import Body, MomentIn
from twinedge.web.faults import from_pydantic

MONDAY = from_iso("2026-01-05T00:00:00Z")
SCORE_TAG = "score"
"""In a test, the scores of a model with id m are the points of tag `m.score`."""

Point = Annotated[list[float | bool | str | None], Field(min_length=2, max_length=2)]


class ExpectBody(Body):
    asset_id: str | None = None
    """The first asset of the alert; the only one, unless the rule groups them."""
    assets: list[str] | None = None
    """All assets that took part, in any order."""
    triggered: float
    resolved: float | None = None
    value: float | bool | str | None = None


class TestBody(Body):
    name: str
    rule: str
    points: dict[str, list[Point]]
    groups: dict[str, str] = Field(default_factory=dict)
    start: MomentIn = MONDAY
    until: float | None = None
    expect: list[ExpectBody]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test went; `problems` is empty when it passed."""

    name: str
    problems: tuple[str, ...]


def run_file(path: Path) -> list[Outcome]:
    """Run every test of a file. Raises Invalid when the file is not understood."""
    data = read_yaml(path.read_bytes())
    if not isinstance(data, dict):
        raise Invalid.at("tests", "must be a list of tests: begin the file with 'tests:'")
    rules_file = data.pop("rules_file", None)
    tests = data.pop("tests", None)
    raw_rules: bytes | str = (
        (path.parent / str(rules_file)).read_bytes() if rules_file else _dump(data)
    )
    rules = [
        body.to_rule(body.id or body.name, 0, f"rules[{i}].")
        for i, body in enumerate(read_rules(raw_rules))
    ]
    return [_run(test, rules) for test in _tests(tests)]


def _dump(data: Any) -> str:
    import yaml

    return yaml.safe_dump(data)


def _tests(raw: Any) -> list[TestBody]:
    if not isinstance(raw, list) or not raw:
        raise Invalid.at("tests", "must be a list of at least one test")
    found: list[TestBody] = []
    faults: list[Fault] = []
    for i, one in enumerate(raw):
        try:
            found.append(TestBody.model_validate(one))
        except ValidationError as error:
            for fault in from_pydantic(error.errors(), one):
                faults.append(Fault(f"tests[{i}].{fault.field}", fault.message))
    if faults:
        raise Invalid("the file is not valid", faults)
    return found


def _run(test: TestBody, rules: Sequence[Rule]) -> Outcome:
    rule = next((r for r in rules if test.rule in (r.id, r.name)), None)
    if rule is None:
        return Outcome(test.name, (f"there is no rule {test.rule!r}",))
    plan = compile_rule(rule, lambda model_id: f"{model_id}.{SCORE_TAG}")
    series = {name: number for number, name in enumerate(test.points, start=1)}
    engine = Engine()
    engine.put(plan, _bindings(plan, rule, series), None)
    points = _batch(test, series)
    transitions = engine.feed(points)
    last = max((_seconds(row[0]) for rows in test.points.values() for row in rows), default=0.0)
    until = last if test.until is None else test.until
    transitions += engine.advance(test.start + round(until * US))
    alerts = past_alerts(plan, transitions, _value_of(test, rule))
    return Outcome(test.name, tuple(_compare(test, alerts)))


def _value_of(test: TestBody, rule: Rule) -> ValueOf | None:
    """What assets of a shared alert have in common, as the test says."""
    if rule.grouping is None:
        return None
    if rule.grouping is GroupBy.RULE:
        return lambda _asset_id, _tag_name: ""
    return lambda asset_id, _tag_name: test.groups.get(asset_id, asset_id)


def _seconds(value: float | bool | str | None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid.at("points", f"{value!r} is not a number of seconds")
    return float(value)


def _split(name: str) -> tuple[str, str]:
    asset, slash, tag = name.rpartition("/")
    if not slash:
        raise Invalid.at("points", f"{name!r} must be written asset/tag")
    return asset, tag


def _bindings(plan: Plan, rule: Rule, series: Mapping[str, int]) -> list[Binding]:
    assets = dict.fromkeys(_split(name)[0] for name in series)
    found: list[Binding] = []
    for asset in [rule.asset_id] if rule.asset_id else assets:
        numbers = [series.get(f"{leaf.asset_id or asset}/{leaf.tag_name}") for leaf in plan.leaves]
        if possible(plan.tree, [number is not None for number in numbers]):
            found.append(((rule.id, asset), numbers))
    return found


def _batch(test: TestBody, series: Mapping[str, int]) -> Batch:
    rows = sorted(
        ((_seconds(at), number, value) for name, number in series.items()
         for at, value in test.points[name]),
        key=lambda row: (row[0], row[1]),
    )  # fmt: skip
    return batch_of(
        [number for _, number, _ in rows],
        [test.start + round(at * US) for at, _, _ in rows],
        [math.nan if value is None or isinstance(value, str) else float(value)
         for _, _, value in rows],
        [Quality.BAD if value is None else Quality.GOOD for _, _, value in rows],
        test.start,
        [value if isinstance(value, str) else None for _, _, value in rows],
    )  # fmt: skip


def _compare(test: TestBody, alerts: Sequence[PastAlert]) -> list[str]:
    problems = []
    for i in range(max(len(test.expect), len(alerts))):
        wanted = test.expect[i] if i < len(test.expect) else None
        got = alerts[i] if i < len(alerts) else None
        told = got and _say(
            got.assets, _second(test, got.triggered_us) or 0.0, _second(test, got.resolved_us),
            got.value,
        )  # fmt: skip
        if wanted is None:
            problems.append(f"not expected: {told}")
            continue
        named = wanted.assets or ([wanted.asset_id] if wanted.asset_id else ["any asset"])
        asked = _say(named, wanted.triggered, wanted.resolved, wanted.value)
        if got is None:
            problems.append(f"missing: {asked}")
        elif not _is_met(test, wanted, got):
            problems.append(f"expected {asked}; got {told}")
    return problems


def _second(test: TestBody, us: int | None) -> float | None:
    return None if us is None else (us - test.start) / US


def _say(
    assets: Sequence[str], triggered: float, resolved: float | None, value: Value | None
) -> str:
    end = "open" if resolved is None else f"resolved at {resolved:g}"
    said = "" if value is None else f", value {value}"
    return f"{', '.join(assets)}: triggered at {triggered:g}, {end}{said}"


def _is_met(test: TestBody, wanted: ExpectBody, got: PastAlert) -> bool:
    return (
        wanted.asset_id in (None, got.assets[0])
        and (wanted.assets is None or sorted(wanted.assets) == sorted(got.assets))
        and wanted.triggered == _second(test, got.triggered_us)
        and wanted.resolved == _second(test, got.resolved_us)
        and wanted.value in (None, got.value)
    )
