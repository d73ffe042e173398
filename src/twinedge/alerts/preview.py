"""What a rule would have done: the same engine over stored telemetry, and advice from trying.

Advice is computed, not guessed: the rule is run again on the same points with longer durations and
with deadbands, and what makes it markedly quieter without losing time in alarm is proposed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from twinedge.alerts.conditions import condition_json
from twinedge.alerts.engine.engine import Binding, Engine
from twinedge.alerts.engine.plan import Plan, ScoreTag, compile_rule
from twinedge.alerts.model import Condition, Json, Operator, Rule, Threshold
from twinedge.alerts.past import PastAlert, ValueOf, alarm_us, chattering, past_alerts
from twinedge.alerts.ports import ScoreTags
from twinedge.alerts.service import groups
from twinedge.alerts.service.binding import Binder
from twinedge.alerts.service.surroundings import parents_of
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Invalid
from twinedge.telemetry.model import Batch, Range, Scan, Series

PAGE = 50_000
POINTS_MAX = 5_000_000
KEPT_MAX = 1_000_000
"""Advice needs the points in memory; beyond so many there is none."""
NOISY = 3
"""Fewer alerts than this need no advice."""
_DURATIONS_S = (5.0, 10.0, 30.0, 60.0, 300.0)
_BAND_PARTS = (0.01, 0.02, 0.05, 0.1)


class Past(Protocol):
    """Stored telemetry, as far as a preview reads it."""

    async def scan(self, question: Scan) -> Batch: ...

    async def latest_before(self, series: Series, ts: int) -> Batch: ...


@dataclass(frozen=True, slots=True)
class Advice:
    """A changed condition and what it would have done."""

    change: str
    condition: Json
    alerts: int
    alarm_us: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Alerts in the order of their trigger. alarm_us: time in alarm, summed over assets."""

    alerts: list[PastAlert]
    alarm_us: int
    chattering: int
    points: int
    assets: int
    advice: list[Advice]


class Previewer:
    """Runs engines of its own; the live one knows nothing of it."""

    def __init__(
        self, db: Database, register: Register, points: Past, score_tags: ScoreTags, clock: Clock
    ) -> None:
        self._db = db
        self._register = register
        self._points = points
        self._score_tags = score_tags
        self._clock = clock

    async def run(self, rule: Rule, start_us: int, end_us: int) -> Preview:
        """The rule over [start, end), at most until now. Raises Invalid when it is too much."""
        end_us = min(end_us, self._clock.now_us())
        plan = compile_rule(rule, self._score_tags.score_tag_of)
        binder = Binder(self._register)
        binder.find_changed()
        bindings = binder.bindings(rule, plan)
        if not bindings or start_us >= end_us:
            return Preview([], 0, 0, 0, 0, [])
        numbers = sorted({n for _, series in bindings for n in series if n is not None})
        series = np.array(numbers, np.uint32)
        before = await self._points.latest_before(series, start_us)
        engine = _engine(plan, bindings, before, start_us)
        kept: list[Batch] = []
        points, transitions = 0, []
        question = Scan(series, Range(start_us, end_us), limit=PAGE)
        while len(batch := await self._points.scan(question)):
            points += len(batch)
            if points > POINTS_MAX:
                raise Invalid.at(
                    "end", f"the range holds more than {POINTS_MAX} points; shorten it"
                )
            if points <= KEPT_MAX:
                kept.append(batch)
            transitions += await asyncio.to_thread(engine.feed, batch, True)
            if len(batch) < PAGE:
                break
            question = replace(question, after=(int(batch.ts[-1]), int(batch.series[-1])))
        transitions += engine.advance(end_us - 1)
        value_of = await self._value_of(rule)
        alerts = past_alerts(plan, transitions, value_of)
        advice: list[Advice] = []
        if points <= KEPT_MAX and len(alerts) >= NOISY:
            score_tag = self._score_tags.score_tag_of
            whole = _Trial(bindings, before, kept, start_us, end_us, score_tag, value_of)
            advice = await asyncio.to_thread(_advise, rule, alerts, whole)
        return Preview(
            alerts, alarm_us(alerts, end_us), chattering(alerts), points, len(bindings), advice
        )

    async def _value_of(self, rule: Rule) -> ValueOf | None:
        """What the assets of an alert have in common; None when each has its own."""
        if rule.grouping is None:
            return None
        parents = await self._db.read(parents_of)
        return lambda asset_id, tag_name: groups.value_of(
            rule, parents, asset_id, self._register.find(asset_id, tag_name)
        )


def _engine(plan: Plan, groups: Sequence[Binding], before: Batch, start_us: int) -> Engine:
    engine = Engine()
    engine.hold(before)
    engine.put(plan, groups, start_us)
    return engine


@dataclass(frozen=True, slots=True)
class _Trial:
    groups: Sequence[Binding]
    before: Batch
    kept: Sequence[Batch]
    start_us: int
    end_us: int
    score_tag: ScoreTag
    value_of: ValueOf | None

    def run(self, rule: Rule) -> list[PastAlert]:
        plan = compile_rule(rule, self.score_tag)
        engine = _engine(plan, self.groups, self.before, self.start_us)
        transitions = [t for batch in self.kept for t in engine.feed(batch, True)]
        transitions += engine.advance(self.end_us - 1)
        return past_alerts(plan, transitions, self.value_of)


def _advise(rule: Rule, alerts: Sequence[PastAlert], trial: _Trial) -> list[Advice]:
    """The smallest duration and the smallest deadband that at least halve the alerts."""
    before_us = alarm_us(alerts, trial.end_us)
    found: list[Advice] = []
    for changes in (_longer(rule.condition), _wider(rule.condition, trial)):
        for words, condition in changes:
            quieter = trial.run(replace(rule, condition=condition))
            time_us = alarm_us(quieter, trial.end_us)
            if len(quieter) * 2 <= len(alerts) and (quieter or time_us * 10 <= before_us):
                body = condition_json(condition)
                found.append(Advice(words, body, len(quieter), time_us))
                break
    return found


def _longer(condition: Condition) -> list[tuple[str, Condition]]:
    return [
        (f"duration_seconds: {seconds:g}", replace(condition, duration_s=seconds))
        for seconds in _DURATIONS_S
        if seconds > condition.duration_s
    ]


def _wider(condition: Condition, trial: _Trial) -> list[tuple[str, Condition]]:
    """Deadbands of some parts of the spread the values have (1st to 99th percentile)."""
    form = condition.form
    if not isinstance(form, Threshold) or isinstance(form.value, str | bool):
        return []
    if form.operator in (Operator.EQ, Operator.NEQ) or not trial.kept:
        return []
    values = np.concatenate([batch.value for batch in trial.kept])
    values = values[np.isfinite(values)]
    if not len(values):
        return []
    spread = float(np.percentile(values, 99) - np.percentile(values, 1))
    room = np.inf
    if form.operator is Operator.OUTSIDE and isinstance(form.value, tuple):
        room = (form.value[1] - form.value[0]) / 2
    wider = []
    for part in _BAND_PARTS:
        band = float(f"{spread * part:.2g}")
        if (form.deadband or 0.0) < band <= room:
            changed = replace(form, deadband=band, clear_value=None)
            wider.append((f"deadband: {band:g}", replace(condition, form=changed)))
    return wider
