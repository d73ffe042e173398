"""The whole room as a state machine against the slow engine: kills, late points, corrections.

Whatever is done in whatever order (points on time, late, repeated, corrected, of bad quality, many
in a batch, texts and truths; checkpoints, kills, stops, ticks that find nothing due), the alerts
are those the slow engine derives from the same points. In the end they equal those of a preview
over the stored points, as long as nothing came late.
"""

import asyncio
import math
import shutil
import tempfile
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.alerts.rig import NOON, Rig
from tests.alerts.slow_engine import SlowEngine, Stop
from tests.alerts.test_engine import TAGS, forms, texts_of, typed
from tests.alerts.test_scores import Deployed
from tests.db.databases import new_sqlite
from twinedge.alerts.conditions import condition_json
from twinedge.alerts.model import AllOf, AnyOf, Condition, Form, Score, Severity, Threshold
from twinedge.alerts.model import Rule as AlertRule
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.clock import US, to_iso
from twinedge.telemetry.model import Quality, batch_of

MODEL = "model-1"
"""Writes its score to tag c."""
ASSET = "pump"
LATER_S = 400
"""Longer than any timer of a rule."""

KINDS = {"d": Kind.BOOLEAN, "s": Kind.TEXT}
Row = tuple[str, int, float | str, bool]
"""(tag, second, value, whether its quality is bad)"""
small = st.integers(-4, 4).map(float)


class Room(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.path = Path(tempfile.mkdtemp(prefix="twinedge-machine-"))
        self.db = new_sqlite(self.path)
        models = Deployed()
        models.tags = {MODEL: "c"}
        self.rig = self.run(Rig(self.db, grace_us=3600 * US, score_tags=models).start())
        self.moments: list[list[Row] | Stop] = []
        self.newest: dict[str, int] = {}
        self.clock = 0
        self.back_since = 0
        """Since the last stop; the slow engine does not know what is late over one."""
        self.had_late = False

    def run(self, work):
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        try:
            if hasattr(self, "slow_rule"):
                self.compare()
        finally:
            self.run(self.rig.close())
            self.db.close()
            self.loop.close()
            shutil.rmtree(self.path)

    # --- what can happen -------------------------------------------------------------------

    @initialize(form=forms, duration=st.integers(0, 8), clear=st.integers(0, 8))
    def make_rule(self, form, duration: int, clear: int) -> None:
        condition = Condition(form, float(duration), float(clear))
        self.slow_rule = AlertRule("r", "R", Severity.WARNING, condition)
        self.condition = condition_json(replace(condition, form=with_scores(form)))
        tags = [NewTag(ASSET, tag, KINDS.get(tag, Kind.NUMBER)) for tag in TAGS]
        self.series = [tag.series for tag in self.run(self.rig.register.ensure(tags))]
        body = {"id": "r", "name": "R", "severity": "warning", "condition": self.condition}
        self.run(self.rig.call("POST", "/alert-rules", body, 201))
        # a silence counts from a tag's first point, not from the rule
        for tag in TAGS:
            self.feed([(tag, 0, 0.0, False)])

    @rule(
        steps=st.lists(
            st.tuples(
                st.sampled_from(TAGS), st.integers(0, 12), small,
                st.sampled_from([False, False, False, True]),
            ),
            min_size=1, max_size=6,
        )
    )  # fmt: skip
    def points_on_time(self, steps) -> None:
        rows = []
        for tag, step, value, bad in steps:
            self.clock += step
            rows.append((tag, self.clock, value, bad))
        self.feed(rows)

    @rule(tag=st.sampled_from(TAGS), back=st.integers(1, 20), value=small)
    def late_point(self, tag: str, back: int, value: float) -> None:
        self.had_late = True
        self.feed([(tag, max(self.back_since, self.clock - back), value, False)])

    @rule(tag=st.sampled_from(TAGS), value=small)
    def correction_of_the_newest(self, tag: str, value: float) -> None:
        if self.newest[tag] < self.back_since:
            return
        self.had_late = True  # a replay sees the corrected value only
        self.feed([(tag, self.newest[tag], value, False)])

    @rule()
    def checkpoint(self) -> None:
        self.run(self.rig.room.evaluation.checkpoint())

    @rule()
    def kill(self) -> None:
        self.run(self.rig.restart())

    @rule(seconds=st.integers(3, 60))
    def stop_for(self, seconds: int) -> None:
        """Killed, and away for a while; the ticks before it had judged what was due."""
        self.had_late = True  # a preview knows nothing of stops
        self.advance(self.clock)
        self.run(self.rig.room.evaluation.checkpoint())
        self.moments.append(Stop(self.clock, seconds))
        self.back_since = self.clock = self.clock + seconds
        self.rig.clock.advance(seconds)
        self.run(self.rig.restart())

    @rule()
    def tick(self) -> None:
        self.run(self.rig.room.evaluation.tick())

    @precondition(lambda self: self.clock > 0)
    @rule()
    def tell_everyone(self) -> None:
        self.run(self.rig.deliver())

    # --- what must be ----------------------------------------------------------------------

    def feed(self, rows: list[Row]) -> None:
        rows = [typed(row) for row in rows]
        for _, together in groupby(rows, key=lambda row: row[1]):
            self.moments.append(list(together))
        for tag, second, *_ in rows:
            self.newest[tag] = max(second, self.newest.get(tag, 0))
        self.run(self._feed(rows))

    async def _feed(self, rows: list[Row]) -> None:
        batch = batch_of(
            [self.series[TAGS.index(tag)] for tag, *_ in rows],
            [NOON + second * US for _, second, _, _ in rows],
            [math.nan if bad or isinstance(value, str) else value for _, _, value, bad in rows],
            [Quality.BAD if bad else Quality.GOOD for *_, bad in rows],
            NOON + self.clock * US,
            texts_of(rows),
        )
        self.rig.clock.advance(max(0.0, self.clock - self.rig.second()))
        await self.rig.room.evaluation.beat()  # as the worker does every second
        await self.rig.store.append(batch)
        await self.rig.room.evaluation.feed([batch])

    def advance(self, second: int) -> None:
        """Judge what is due by then."""
        evaluation = self.rig.room.evaluation
        self.run(evaluation._book(evaluation._engine.advance(NOON + second * US)))

    def compare(self) -> None:
        end = self.clock + LATER_S
        expected = spans(SlowEngine(self.slow_rule).run(self.moments, end))
        self.rig.clock.advance(end - self.rig.second())
        self.advance(end)
        alerts = self.run(self.rig.alerts())
        found = [span_of(a["triggered_at"], a["resolved_at"]) for a in alerts]
        assert sorted(found, key=str) == sorted(expected, key=str)
        if not self.had_late and len(expected) < 100:
            body = {"name": "R", "severity": "warning", "condition": self.condition}
            past = {"rule": body, "start": to_iso(NOON), "end": to_iso(NOON + end * US)}
            preview = self.run(self.rig.call("POST", "/alert-rules/preview", past))
            replay = [span_of(a["triggered_at"], a["resolved_at"]) for a in preview["alerts"]]
            assert sorted(replay, key=str) == sorted(expected, key=str)


def with_scores(form: Form) -> Form:
    """The same form with comparisons of tag c written as those of a model's score."""
    if isinstance(form, AllOf | AnyOf):
        return type(form)(tuple(with_scores(part) for part in form.conditions))
    if isinstance(form, Threshold) and form.tag_name == "c":
        return Score(MODEL, form.operator, form.value, form.clear_value, form.deadband)
    return form


def spans(events) -> list[tuple[str, str | None]]:
    """Raised and cleared, in pairs."""
    found: list[tuple[str, str | None]] = []
    begun: str | None = None
    for kind, second in events:
        moment = to_iso(NOON + second * US)
        if kind == "raised":
            begun = moment
        elif kind == "cleared":
            assert begun is not None
            found.append((begun, moment))
            begun = None
    return found if begun is None else [*found, (begun, None)]


def span_of(start: str, end: str | None) -> tuple[str, str | None]:
    return (start, end)


class TestRoom(Room.TestCase):
    """The same histories each time."""

    settings = settings(
        max_examples=15, stateful_step_count=15, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(900)
class TestRoomAtRandom(Room.TestCase):
    """Other histories each time, not shrunk; `--hypothesis-seed` repeats one."""

    settings = settings(
        max_examples=60, stateful_step_count=25, derandomize=False, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
