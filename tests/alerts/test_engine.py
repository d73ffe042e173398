"""The engine against the slow one: whatever the portions, the restarts and the order."""

import math
from dataclasses import replace
from itertools import groupby

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alerts.slow_engine import Event, SlowEngine
from twinedge.alerts.conditions import leaves_of
from twinedge.alerts.engine.engine import Engine
from twinedge.alerts.engine.keeping import decode, encode
from twinedge.alerts.engine.plan import compile_rule
from twinedge.alerts.model import (
    AllOf,
    AnyOf,
    Condition,
    Operator,
    Rate,
    Rule,
    Severity,
    Stale,
    Threshold,
)
from twinedge.kit.clock import US
from twinedge.telemetry.model import Batch, Quality, batch_of

TAGS = ("a", "b", "c", "d", "s")
"""Three of numbers, one of truths, one of texts."""
WORDS = ("off", "run", "fault")
BASE = 1_767_225_600
KEY = ("r", "pump")
SLOW = 3600 * US
"""Points of one batch arrive together: their delays say nothing about the device's clock."""


def rule_of(form, duration=0.0, clear=0.0) -> Rule:
    return Rule("r", "R", Severity.WARNING, Condition(form, duration, clear))


def engine_of(rule: Rule, now_us: int | None = BASE * US, grace_us: int = 1) -> Engine:
    engine = Engine(grace_us=grace_us)
    plan = compile_rule(rule, lambda model: None)
    engine.put(plan, [(KEY, [TAGS.index(leaf.tag_name) for leaf in plan.leaves])], now_us)
    return engine


def points_of(rows) -> Batch:
    """rows: (tag, second, value, bad), arriving when the newest of them was measured."""
    rows = list(rows)
    return batch_of(
        [TAGS.index(r[0]) for r in rows],
        [(BASE + r[1]) * US for r in rows],
        [math.nan if r[3] or isinstance(r[2], str) else float(r[2]) for r in rows],
        [Quality.BAD if r[3] else Quality.GOOD for r in rows],
        max((BASE + r[1]) * US for r in rows),
        texts_of(rows),
    )


def texts_of(rows) -> list[str | None] | None:
    """The column of texts, if there are any."""
    texts = [row[2] if isinstance(row[2], str) and not row[3] else None for row in rows]
    return texts if any(text is not None for text in texts) else None


def seen(transitions) -> list[Event]:
    return [(t.kind.value, (t.ts - BASE * US) / US) for t in transitions]


def typed(row):
    """The same row with a value of the tag's kind."""
    tag, second, number, bad = row
    if tag == "d":
        return tag, second, float(number > 0), bad
    return tag, second, WORDS[int(number) % 3] if tag == "s" else number, bad


limits = st.integers(-2, 2).map(float)
equals = st.sampled_from([Operator.EQ, Operator.NEQ])
ordered = st.sampled_from([Operator.GT, Operator.GTE, Operator.LT, Operator.LTE])


@st.composite
def thresholds(draw):
    tag = draw(st.sampled_from("abc"))
    operator = draw(st.sampled_from(list(Operator)))
    if operator in (Operator.BETWEEN, Operator.OUTSIDE):
        low = draw(st.integers(-2, 1))
        pair = (float(low), float(low + draw(st.integers(1, 4))))
        dead = draw(st.sampled_from([None, 0.5]))
        return Threshold(tag, operator, pair, deadband=dead)
    limit = draw(limits)
    if operator in (Operator.EQ, Operator.NEQ):
        return Threshold(tag, operator, limit)
    band = draw(st.sampled_from(["none", "deadband", "clear"]))
    if band == "deadband":
        return Threshold(tag, operator, limit, deadband=float(draw(st.integers(0, 2))))
    if band == "clear":
        back = draw(st.integers(0, 2)) * (-1 if operator in ("gt", "gte") else 1)
        return Threshold(tag, operator, limit, clear_value=limit + back)
    return Threshold(tag, operator, limit)


leaves = st.one_of(
    thresholds(),
    st.builds(Threshold, st.just("d"), equals, st.booleans()),
    st.builds(Threshold, st.just("s"), equals, st.sampled_from(WORDS)),
    st.builds(Stale, st.sampled_from(TAGS), st.integers(1, 20).map(float)),
    st.builds(
        Rate,
        st.sampled_from("abc"),
        st.sampled_from(["second", "minute"]),
        st.integers(1, 6).map(float),
        ordered,
        limits,
    ),
)
forms = st.one_of(
    leaves,
    st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda every, parts: (AllOf if every else AnyOf)(tuple(parts)),
            st.booleans(),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=4,
    ),
)
rules = st.builds(rule_of, forms, st.integers(0, 8).map(float), st.integers(0, 8).map(float))
point = st.tuples(
    st.sampled_from(TAGS),
    st.one_of(st.integers(0, 3), st.integers(-4, 40)),
    st.integers(-4, 4).map(float),
    st.sampled_from([False] * 7 + [True]),
)
"""(tag, seconds later, value, whether bad); `typed` gives the value the tag's kind."""


@st.composite
def arrivals(draw):
    """Points with gaps, repeats and late ones: (tag, second, value, bad) in order of arrival."""
    clock, rows = 10, []
    for tag, step, value, bad in draw(st.lists(point, max_size=40)):
        clock = max(clock, clock + step)
        ts = max(0, clock if step >= 0 else clock + step)
        rows.append(typed((tag, ts, value, bad)))
    return rows


def moments_of(rule, rows):
    """What an engine takes as simultaneous inside a batch: neighbours with the same ts.

    Late points, and those of tags the rule does not look at, are no neighbours.
    """
    watched = {leaf.tag_name for leaf in leaves_of(rule.condition.form)}
    newest: dict[str, int] = {}
    out: list[list] = [[]]
    last = None
    for row in rows:
        tag, ts, _, bad = row
        if tag in watched and ts >= newest.get(tag, ts):
            if ts != last:
                out.append([])
            last = ts
            if not bad:
                newest[tag] = ts
        out[-1].append(row)
    return [moment for moment in out if moment]


class TestAgainstTheSlowEngine:
    @settings(max_examples=400, deadline=None)
    @given(rules, arrivals(), st.data())
    def test_same_events_whatever_the_order_portions_and_restarts(self, rule, rows, data):
        moments = moments_of(rule, rows)
        end = max((row[1] for row in rows), default=0) + 400
        expected = SlowEngine(rule).run(moments, end)

        engine = engine_of(rule, None, SLOW)
        out = []
        while moments:
            cut = data.draw(st.integers(1, len(moments)), "batch")
            batch = [row for together in moments[:cut] for row in together]
            moments = moments[cut:]
            out += engine.feed(points_of(batch))
            act = data.draw(st.sampled_from(["go on", "restart"]), "then")
            if act == "restart":
                kept = encode(engine.snapshot(0))
                engine = engine_of(rule, None, SLOW)
                engine.restore(decode(kept), {})
        out += engine.advance((BASE + end) * US)
        assert seen(out) == [(kind, float(at)) for kind, at in expected]

    @settings(max_examples=200, deadline=None)
    @given(rules, arrivals(), st.data())
    def test_ticks_in_between_change_nothing_for_punctual_points(self, rule, rows, data):
        rows = sorted(rows, key=lambda row: row[1])
        moments = [list(together) for _, together in groupby(rows, key=lambda row: row[1])]
        whole = engine_of(rule, None)
        if rows:
            expected = whole.feed(points_of(rows))
            expected += whole.advance((BASE + rows[-1][1] + 400) * US)
        else:
            expected = []
        engine = engine_of(rule, None)
        out = []
        for i, together in enumerate(moments):
            out += engine.feed(points_of(together))
            later = moments[i + 1][0][1] if i + 1 < len(moments) else together[0][1] + 400
            for at in sorted(data.draw(st.lists(st.integers(together[0][1], later), max_size=3))):
                out += engine.tick((BASE + at) * US)
        if rows:
            out += engine.advance((BASE + rows[-1][1] + 400) * US)
        assert out == expected


class TestJournal:
    @settings(max_examples=150, deadline=None)
    @given(rules, arrivals(), st.data())
    def test_old_snapshot_plus_journal_plus_replay_equals_no_restart(self, rule, rows, data):
        """Kill anywhere: states of the last transitions, then all points since the snapshot."""
        rows = sorted(rows, key=lambda row: row[1])
        moments = [list(together) for _, together in groupby(rows, key=lambda row: row[1])]
        plain = engine_of(rule, None)
        expected = [t for m in moments for t in plain.feed(points_of(m))]

        engine, out, journal = engine_of(rule, None), [], {}
        snapshot_at, kept = 0, encode(engine.snapshot(0))
        for i, together in enumerate(moments):
            new = engine.feed(points_of(together))
            if new:
                out += new
                journal = {KEY: engine.state(KEY)}
            act = data.draw(st.sampled_from(["go on", "go on", "snapshot", "kill"]))
            if act == "snapshot":
                snapshot_at, kept, journal = i + 1, encode(engine.snapshot(0)), {}
            if act == "kill":
                engine = engine_of(rule, None)
                engine.restore(decode(kept), journal)
                for old in moments[snapshot_at : i + 1]:
                    again = engine.feed(points_of(old), replay=True)
                    assert again == []
        assert out == expected


class TestOutOfTheOrdinary:
    def hot(self, duration=0.0, **more) -> Rule:
        return rule_of(Threshold("a", Operator.GT, 80.0, **more), duration)

    def feed(self, engine, *rows):
        return seen(engine.feed(points_of([("a", at, v, False) for at, v in rows])))

    def test_late_point_neither_raises_nor_clears(self):
        engine = engine_of(self.hot())
        assert self.feed(engine, (10, 70)) == []
        assert self.feed(engine, (5, 99)) == []
        assert self.feed(engine, (11, 90)) == [("raised", 11)]
        assert self.feed(engine, (10, 70)) == []

    def test_repeated_point_counts_once(self):
        engine = engine_of(self.hot())
        assert self.feed(engine, (10, 90), (10, 90)) == [("raised", 10)]
        assert self.feed(engine, (10, 90)) == []

    def test_corrected_newest_point_counts(self):
        engine = engine_of(self.hot())
        assert self.feed(engine, (10, 90)) == [("raised", 10)]
        assert self.feed(engine, (10, 70)) == [("cleared", 10)]

    def test_bad_quality_stops_the_clock(self):
        engine = engine_of(self.hot(duration=10.0))
        engine.feed(points_of([("a", 0, 90, False), ("a", 4, 0, True)]))
        assert seen(engine.tick((BASE + 100) * US)) == []
        assert self.feed(engine, (100, 91)) == []
        assert seen(engine.tick((BASE + 107) * US)) == [("raised", 106)]

    def test_timer_fires_without_a_further_point(self):
        engine = engine_of(self.hot(duration=60.0))
        self.feed(engine, (0, 90))
        assert engine.tick((BASE + 59) * US) == []
        assert seen(engine.tick((BASE + 61) * US)) == [("raised", 60)]

    def test_slow_device_clock_does_not_fire_early(self):
        engine = engine_of(self.hot(duration=60.0))
        rows = points_of([("a", 0, 90, False)])
        engine.feed(replace(rows, arrived_us=rows.arrived_us + 3600 * US))
        assert engine.tick((BASE + 3600 + 59) * US) == []
        assert seen(engine.tick((BASE + 3600 + 61) * US)) == [("raised", 60)]

    def test_lost_link_marker_of_a_slow_device_does_not_fire_timers(self):
        engine = engine_of(self.hot(duration=60.0))
        rows = points_of([("a", 0, 90, False)])
        engine.feed(replace(rows, arrived_us=rows.arrived_us + 3600 * US))
        assert engine.feed(points_of([("a", 3605, 0, True)])) == []

    def test_resolved_by_hand_stays_silent_until_cleared(self):
        engine = engine_of(self.hot())
        assert self.feed(engine, (0, 90)) == [("raised", 0)]
        engine.block(KEY)
        assert self.feed(engine, (1, 95), (2, 99)) == []
        assert self.feed(engine, (3, 70), (4, 90)) == [("raised", 4)]

    def test_flapping_stays_open_until_quiet(self):
        engine = engine_of(self.hot())
        out = self.feed(engine, *[(i, 90 if i % 2 else 70) for i in range(1, 21)])
        kinds = [kind for kind, _ in out]
        assert kinds[:10] == ["raised", "cleared"] * 4 + ["raised", "flapping"]
        assert set(kinds[10:]) == {"returned"}
        assert seen(engine.advance((BASE + 319) * US)) == []
        assert seen(engine.advance((BASE + 320) * US)) == [("cleared", 320)]

    def test_text_and_truth(self):
        rule = rule_of(Threshold("a", Operator.EQ, "fault"))
        engine = engine_of(rule)
        batch = batch_of([0, 0], [1 * US, 2 * US], [math.nan] * 2, [0, 0], 2 * US, ["ok", "fault"])
        assert [(t.ts, t.value) for t in engine.feed(batch)] == [(2 * US, "fault")]

    def test_any_point_of_a_text_tag_ends_its_silence(self):
        engine = engine_of(rule_of(Stale("s", 20.0)))
        engine.feed(points_of([("s", 0, "run", False)]))
        assert seen(engine.advance((BASE + 30) * US)) == [("raised", 20)]
        assert seen(engine.feed(points_of([("s", 40, "run", False)]))) == [("cleared", 40)]

    def test_number_rule_on_a_text_tag_is_never_true(self):
        engine = engine_of(rule_of(Threshold("a", Operator.NEQ, 1.0)))
        batch = batch_of([0], [1 * US], [math.nan], [0], 2 * US, ["on"])
        assert engine.feed(batch) == []


class TestRuleChanges:
    def test_new_rule_judges_the_value_held(self):
        engine = Engine()
        engine.hold(points_of([("a", 0, 90, False)]))
        plan = compile_rule(rule_of(Threshold("a", Operator.GT, 80.0)), lambda _: None)
        out = engine.put(plan, [(KEY, [0])], (BASE + 50) * US)
        assert seen(out) == [("raised", 50)]

    def test_changing_a_rule_keeps_the_others(self):
        engine = Engine()
        hot = compile_rule(rule_of(Threshold("a", Operator.GT, 80.0), 60.0), lambda _: None)
        other = replace(hot, rule_id="o")
        engine.put(hot, [(KEY, [0])], None)
        engine.put(other, [(("o", "pump"), [0])], None)
        engine.feed(points_of([("a", 0, 90, False)]))
        lower = compile_rule(rule_of(Threshold("a", Operator.GT, 95.0), 60.0), lambda _: None)
        engine.put(lower, [(KEY, [0])], (BASE + 30) * US)
        out = engine.feed(points_of([("a", 60, 91, False)]))
        assert [(t.key, *e) for t, e in zip(out, seen(out), strict=True)] == [
            (("o", "pump"), "raised", 60)
        ]

    def test_open_alert_ends_when_the_new_condition_does_not_hold(self):
        engine = engine_of(rule_of(Threshold("a", Operator.GT, 80.0)))
        engine.feed(points_of([("a", 0, 90, False)]))
        higher = compile_rule(rule_of(Threshold("a", Operator.GT, 95.0)), lambda _: None)
        assert seen(engine.put(higher, [(KEY, [0])], (BASE + 5) * US)) == [("cleared", 0)]

    def test_many_groups_and_removal(self):
        engine = Engine()
        base = compile_rule(rule_of(Threshold("a", Operator.GT, 80.0)), lambda _: None)
        for n in range(3000):
            plan = replace(base, rule_id=f"r{n}")
            engine.put(plan, [((f"r{n}", "x"), [n])], None)
        for n in range(0, 3000, 2):
            engine.remove(f"r{n}")
        series = list(range(3000))
        batch = batch_of(series, [BASE * US] * 3000, [90.0] * 3000, [0] * 3000, BASE * US)
        out = engine.feed(batch)
        assert {t.key[0] for t in out} == {f"r{n}" for n in range(1, 3000, 2)}
        assert isinstance(engine.stats().groups, int)
        assert np.all(engine.snapshot(0).ts == BASE * US)
