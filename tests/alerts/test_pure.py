"""Schedules, templates, links and statistics: pure functions against obvious ones."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinedge.alerts.links import Links
from twinedge.alerts.model import Alert, Schedule, Severity, Status, Window
from twinedge.alerts.schedules import covers, next_change
from twinedge.alerts.statistics import measure
from twinedge.alerts.templates import MAX_OUTPUT, render, template_fault
from twinedge.kit.clock import US, from_iso
from twinedge.kit.errors import Forbidden

zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
minutes = st.integers(0, 95).map(lambda n: n * 15)
windows = st.builds(
    Window,
    st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))),
    minutes,
    st.integers(0, 96).map(lambda n: n * 15),
)
schedules = st.builds(Schedule, zones, st.lists(windows, min_size=1, max_size=3).map(tuple))
moments = st.integers(
    from_iso("2026-01-01T00:00:00Z") // (900 * US), from_iso("2026-12-31T00:00:00Z") // (900 * US)
).map(lambda n: n * 900 * US)


def obvious(schedule: Schedule, ts: int) -> bool:
    """By the local clock on the wall; not for the hours around a change of the clock."""
    local = datetime.fromtimestamp(ts / US, UTC).astimezone(ZoneInfo(schedule.timezone))
    minute, day = local.hour * 60 + local.minute, local.weekday()
    for w in schedule.windows:
        if w.from_min < w.to_min:
            if day in w.weekdays and w.from_min <= minute < w.to_min:
                return True
        elif (day in w.weekdays and minute >= w.from_min) or (
            (day - 1) % 7 in w.weekdays and minute < w.to_min
        ):
            return True
    return False


def near_clock_change(schedule: Schedule, ts: int) -> bool:
    zone = ZoneInfo(schedule.timezone)
    day = 86_400
    offsets = {
        datetime.fromtimestamp(ts / US + d * day, UTC).astimezone(zone).utcoffset()
        for d in (-2, -1, 0, 1)
    }
    return len(offsets) > 1


class TestSchedule:
    @settings(max_examples=300, deadline=None)
    @given(schedules, moments)
    def test_covers(self, schedule: Schedule, ts: int) -> None:
        if not near_clock_change(schedule, ts):
            assert covers(schedule, ts) == obvious(schedule, ts)

    @settings(max_examples=150, deadline=None)
    @given(schedules, moments)
    def test_next_change_is_the_first(self, schedule: Schedule, ts: int) -> None:
        now = covers(schedule, ts)
        change = next_change(schedule, ts)
        step = 900 * US
        following = (t for t in range(ts + step, ts + 9 * 96 * step, step))
        first = next((t for t in following if covers(schedule, t) != now), None)
        if first is not None:
            assert change is not None
            assert ts < change <= first
            if covers(schedule, change) != now:
                assert change == first
        elif change is not None:
            assert change > ts


class TestTemplate:
    @pytest.mark.parametrize(
        "source",
        [
            "{% for i in range(10) %}{% endfor %}", "{{ 'x' * 999999999 }}", "{{ 9 ** 9 ** 9 }}",
            "{% set a = 'x' %}", "{% macro m() %}{% endmacro %}", "{% include 'x' %}",
            "{{ alert.__class__.__mro__ }}", "{{ cycler('a') }}", "{{ title|replace('a','aa') }}",
            "{% for a in alerts %}{% for b in alerts %}{% endfor %}{% endfor %}",
            "{{ title|join(title) }}", "{% raw", "x" * 20_000, "{{" + "(" * 5000,
            "{% for a in alerts recursive %}{% endfor %}", "{{ title.format(1) }}",
        ],
    )  # fmt: skip
    def test_refused(self, source: str) -> None:
        assert template_fault(source)

    def test_useful_ones_work(self) -> None:
        source = (
            "{% if total > 1 %}{{ total }}{% else %}{{ alert.value|round(1) }}{% endif %}"
            "{% for a in alerts %} {{ a.id|upper }}{% endfor %}"
        )
        assert template_fault(source) is None
        variables = {"total": 1, "alert": {"value": 2.345}, "alerts": [{"id": "x"}, {"id": "y"}]}
        assert render(source, variables) == "2.3 X Y"

    def test_output_is_cut(self) -> None:
        big = {"alerts": ["x" * 10_000] * 20}
        assert len(render("{% for a in alerts %}{{ a }}{% endfor %}", big)) == MAX_OUTPUT

    def test_what_does_not_fit_is_words(self) -> None:
        with pytest.raises(ValueError, match="does not fit"):
            render("{{ alert.value|round }}", {"alert": {"value": "text"}})


class TestLinks:
    @given(st.text(max_size=30), st.text(max_size=80))
    def test_garbage_is_forbidden(self, body: str, mark: str) -> None:
        with pytest.raises(Forbidden):
            Links(b"k", "https://x").read(f"{body}.{mark}", 0)

    def test_other_key_is_forbidden(self) -> None:
        token = Links(b"a", None).token("al-1", "email", 0)
        assert Links(b"a", None).read(token, 1) == ("al-1", "email")
        with pytest.raises(Forbidden):
            Links(b"b", None).read(token, 1)


DAY = 86_400 * US
alerts_strategy = st.lists(
    st.tuples(
        st.integers(0, 3000).map(lambda n: n * 30 * US),
        st.none() | st.integers(0, 200).map(lambda n: n * 30 * US),
        st.sampled_from(list(Severity)),
        st.sampled_from("abc"),
    ),
    max_size=60,
)


def alert_of(number: int, at: int, lasts: int | None, severity: Severity, rule: str) -> Alert:
    done = None if lasts is None else at + lasts
    return Alert(
        f"al-{number}", rule, rule, severity, Status.ACTIVE if done is None else Status.RESOLVED,
        None, "p", "t", 1.0, "", at, 1.0, resolved_us=done,
    )  # fmt: skip


class TestStatistics:
    @settings(max_examples=100, deadline=None)
    @given(alerts_strategy)
    def test_equals_a_plain_count(self, rows: list) -> None:
        alerts = sorted(
            (alert_of(i, *row) for i, row in enumerate(rows)), key=lambda a: a.triggered_us
        )
        got = measure(alerts, 0, DAY)
        inside = [a for a in alerts if a.triggered_us < DAY]
        buckets = [
            sum(b * 600 * US <= a.triggered_us < (b + 1) * 600 * US for a in inside)
            for b in range(144)
        ]
        assert got.total == len(inside)
        assert got.peak_per_10min == max(buckets)
        assert got.percent_in_flood == 100 * sum(b > 10 for b in buckets) / 144
        assert sum(f.count for f in got.floods) == sum(b for b in buckets if b > 10)
        assert sum(a.count for a in got.worst) == len(inside)
        if inside:
            assert sum(got.mix.values()) == pytest.approx(1)
        chattering = {
            a.rule_id
            for a in inside
            if sum(
                0 <= a.triggered_us - b.triggered_us <= 60 * US and a.rule_id == b.rule_id
                for b in inside
            )
            >= 3
        }
        assert got.chattering == len(chattering)

    def test_by_hand(self) -> None:
        """Two hours of an invented plant, every figure worked out on paper.

        00:00 to 00:10  12 alerts of rule a, one every 50 s: a flood (more than 10 in 10 minutes)
        00:10 to 00:20  11 of rule b, one every 20 s: a flood too, and it chatters (3 in a minute)
        01:00           1 critical, acknowledged after 90 s; 1 warning, acknowledged after 30 s
        before          1 that has stood for 25 hours
        """
        minute = 60 * US
        rows = [alert_of(0, -25 * 60 * minute + 120 * minute, None, Severity.INFO, "old")]
        rows += [alert_of(1 + i, i * 50 * US, US, Severity.INFO, "a") for i in range(12)]
        start = 10 * minute
        rows += [alert_of(20 + i, start + i * 20 * US, US, Severity.INFO, "b") for i in range(11)]
        late = [
            replace(alert_of(40, 60 * minute, None, Severity.CRITICAL, "c"),
                    acknowledged_us=60 * minute + 90 * US),
            replace(alert_of(41, 60 * minute, None, Severity.WARNING, "d"),
                    acknowledged_us=60 * minute + 30 * US),
        ]  # fmt: skip
        got = measure([*rows, *late], 0, 120 * minute)
        assert got.total == 25  # 12 + 11 + 2; the old one came before
        assert got.average_per_10min == pytest.approx(25 / 12)
        assert got.peak_per_10min == 12
        assert got.percent_in_flood == pytest.approx(100 * 2 / 12)
        assert [(f.start_us, f.end_us, f.count) for f in got.floods] == [(0, 20 * minute, 23)]
        assert [a.id for a in got.standing] == ["al-0"]
        assert got.chattering == 1
        worst = [(a.rule_name, a.count, a.share, a.chattering) for a in got.worst]
        assert worst[:2] == [("a", 12, 12 / 25, False), ("b", 11, 11 / 25, True)]
        assert got.mix == {
            Severity.CRITICAL: 1 / 25, Severity.WARNING: 1 / 25, Severity.INFO: 23 / 25,
        }  # fmt: skip
        assert got.acknowledge_median_s == 60
        assert got.per_bucket == [(0, 12), (10 * minute, 11), (60 * minute, 2)]

    def test_standing(self) -> None:
        got = measure([alert_of(0, 0, None, Severity.INFO, "a")], 0, 2 * DAY)
        assert [a.id for a in got.standing] == ["al-0"]
