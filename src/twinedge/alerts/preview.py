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
from twinedge.alerts.engine.machine import Kind, Transition
from twinedge.alerts.engine.plan import Plan, ScoreTag, compile_rule
from twinedge.alerts.model import Condition, GroupKey, Json, Operator, Rule, Threshold, Value
from twinedge.alerts.ports import ScoreTags
from twinedge.alerts.service.binding import Binder
from twinedge.alerts.statistics import CHATTER_COUNT, CHATTER_US
from twinedge.assets.service import Register
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
class PastAlert:
    asset_id: str
    tag_name: str
    value: Value | None
    triggered_us: int
    resolved_us: int | None
    occurrences: int


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
        self, register: Register, points: Past, score_tags: ScoreTags, clock: Clock
    ) -> None:
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
        groups = binder.bindings(rule, plan)
        if not groups or start_us >= end_us:
            return Preview([], 0, 0, 0, 0, [])
        numbers = sorted({n for _, series in groups for n in series if n is not None})
        series = np.array(numbers, np.uint32)
        before = await self._points.latest_before(series, start_us)
        engine = _engine(plan, groups, before, start_us)
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
        alerts = past_alerts(plan, transitions)
        advice: list[Advice] = []
        if points <= KEPT_MAX and len(alerts) >= NOISY:
            whole = _Trial(groups, before, kept, start_us, end_us, self._score_tags.score_tag_of)
            advice = await asyncio.to_thread(_advise, rule, alerts, whole)
        return Preview(
            alerts, _alarm_us(alerts, end_us), _chattering(alerts), points, len(groups), advice
        )


def _engine(plan: Plan, groups: Sequence[Binding], before: Batch, start_us: int) -> Engine:
    engine = Engine()
    engine.hold(before)
    engine.put(plan, groups, start_us)
    return engine


def past_alerts(plan: Plan, transitions: Sequence[Transition]) -> list[PastAlert]:
    """Transitions as alerts, by trigger; the still open ones have no end."""
    done: list[PastAlert] = []
    open_: dict[GroupKey, PastAlert] = {}
    for t in sorted(transitions, key=lambda t: t.ts):
        if t.kind is Kind.RAISED:
            tag = plan.leaves[t.leaf].tag_name
            open_[t.key] = PastAlert(t.key[1], tag, t.value, t.ts, None, 1)
        elif t.key in open_ and t.kind is Kind.RETURNED:
            open_[t.key] = replace(open_[t.key], occurrences=open_[t.key].occurrences + 1)
        elif t.key in open_ and t.kind is Kind.CLEARED:
            done.append(replace(open_.pop(t.key), resolved_us=t.ts))
    return sorted([*done, *open_.values()], key=lambda a: (a.triggered_us, a.asset_id))


def _alarm_us(alerts: Sequence[PastAlert], end_us: int) -> int:
    return sum((a.resolved_us or end_us) - a.triggered_us for a in alerts)


def _chattering(alerts: Sequence[PastAlert]) -> int:
    """How many alerts came as the third, or later, of their asset within a minute."""
    times: dict[str, list[int]] = {}
    count = 0
    for alert in alerts:
        last = times.setdefault(alert.asset_id, [])
        last.append(alert.triggered_us)
        recent = last[-CHATTER_COUNT:]
        count += len(recent) == CHATTER_COUNT and recent[-1] - recent[0] <= CHATTER_US
    return count


@dataclass(frozen=True, slots=True)
class _Trial:
    groups: Sequence[Binding]
    before: Batch
    kept: Sequence[Batch]
    start_us: int
    end_us: int
    score_tag: ScoreTag

    def run(self, rule: Rule) -> list[PastAlert]:
        plan = compile_rule(rule, self.score_tag)
        engine = _engine(plan, self.groups, self.before, self.start_us)
        transitions = [t for batch in self.kept for t in engine.feed(batch, True)]
        return past_alerts(plan, transitions + engine.advance(self.end_us - 1))


def _advise(rule: Rule, alerts: Sequence[PastAlert], trial: _Trial) -> list[Advice]:
    """The smallest duration and the smallest deadband that at least halve the alerts."""
    alarm_us = _alarm_us(alerts, trial.end_us)
    found: list[Advice] = []
    for changes in (_longer(rule.condition), _wider(rule.condition, trial)):
        for words, condition in changes:
            quieter = trial.run(replace(rule, condition=condition))
            time_us = _alarm_us(quieter, trial.end_us)
            if len(quieter) * 2 <= len(alerts) and (quieter or time_us * 10 <= alarm_us):
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
