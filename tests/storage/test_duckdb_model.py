"""Any history of appends, moves, deletes and restarts: the engine answers as a plain dict does."""

import asyncio
import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.contracts.memory_store import MemoryStore
from tests.contracts.telemetry_store import EVERY, cells, column, rows
from twinedge.kit.clock import US, ManualClock, from_iso
from twinedge.storage.duckdb import DuckdbStore
from twinedge.telemetry.model import Batch, Quality, Range, Rollup, Scan, batch_of

DAY = 86_400 * US
NOW = from_iso("2026-02-10T00:00:00Z")
BASES = [
    from_iso(text)
    for text in (
        "1970-01-01T00:00:00Z",
        "2025-12-30T23:59:59.999998Z",
        "2025-12-31T23:59:59.999998Z",
        "2026-01-05T00:00:00Z",
        "2026-01-05T23:59:59.999998Z",
        "2026-02-09T12:00:00Z",
    )
]
"""Months as one table (1970, December) and by day (from January), with their limits."""

moments = st.builds(lambda base, step: base + step, st.sampled_from(BASES), st.integers(0, 5))
series = st.one_of(st.integers(0, 4), st.just(2**32 - 1))
values = st.one_of(st.integers(-5, 5).map(float), st.floats(-1e6, 1e6), st.just(math.nan))
texts = st.one_of(st.none(), st.none(), st.sampled_from(["on", "", "18446744073709551615", "ä"]))
point = st.tuples(series, moments, values, st.integers(0, 2), texts)
batches = st.lists(point, min_size=1, max_size=25)
spans = st.builds(Range, st.one_of(st.none(), moments), st.one_of(st.none(), moments))
several = st.lists(series, max_size=4).map(lambda numbers: np.array(numbers, np.uint32))
some_qualities = st.lists(st.sampled_from(Quality), max_size=3, unique=True).map(tuple)
cursors = st.one_of(st.none(), st.tuples(moments, series))


def made(points: list[tuple[int, int, float, int, str | None]]) -> Batch:
    """A batch of points; a text has no value."""
    rows = [(s, ts, math.nan if t else v, q, t) for s, ts, v, q, t in points]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return batch_of(columns[0], columns[1], columns[2], columns[3], NOW, columns[4])


class Comparison(RuleBasedStateMachine):
    @initialize(move_rows=st.sampled_from([1, 8, 40, 1_000_000]))
    def begin(self, move_rows: int) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = ManualClock(NOW)
        self.store = DuckdbStore(
            Path(self.folder.name) / "t.duckdb",
            memory_limit_mb=256,
            move_rows=move_rows,
            sort_rows=30,
            clock=self.clock,
        )
        self.reference = MemoryStore()
        self.runner.run(self.store.open())

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.store.close())
            self.runner.close()
            self.folder.cleanup()

    @rule(points=batches)
    def append(self, points: list[tuple[int, int, float, int, str | None]]) -> None:
        self.runner.run(self.store.append(made(points)))
        self.runner.run(self.reference.append(made(points)))

    @rule(groups=st.lists(batches, min_size=2, max_size=5))
    def append_together(self, groups: list[list[tuple[int, int, float, int, str | None]]]) -> None:
        async def together() -> None:
            await asyncio.gather(*(self.store.append(made(points)) for points in groups))

        self.runner.run(together())
        for points in groups:
            self.runner.run(self.reference.append(made(points)))

    @rule()
    def settle(self) -> None:
        count = self.runner.run(self.store.settle())
        assert count == len(self.reference.points)
        assert self.store.stats().points == len(self.reference.points)

    @rule()
    def months_pass(self) -> None:
        self.clock.advance(40 * 86_400)

    @rule()
    def restart(self) -> None:
        self.runner.run(self.store.close())
        self.runner.run(self.store.open())

    @rule(which=st.one_of(st.none(), several), span=spans)
    def delete(self, which: "np.ndarray | None", span: Range) -> None:
        gone = self.runner.run(self.store.delete(which, span))
        assert gone == self.runner.run(self.reference.delete(which, span))

    @rule(
        which=several,
        span=spans,
        qualities=some_qualities,
        descending=st.booleans(),
        after=cursors,
        limit=st.integers(1, 50),
    )
    def scan(self, which, span, qualities, descending, after, limit) -> None:  # type: ignore[no-untyped-def]
        question = Scan(which, span, qualities, descending, after, limit)
        self.same(
            self.runner.run(self.store.scan(question)),
            self.runner.run(self.reference.scan(question)),
        )

    @rule(
        which=several,
        span=spans,
        qualities=some_qualities,
        width=st.one_of(
            st.none(), st.sampled_from([1, 2, 3, 7, 60 * US, 3600 * US, DAY, 7 * DAY, 400 * DAY])
        ),
        origin=st.one_of(st.just(0), moments),
        edges=st.lists(moments, max_size=8),
        descending=st.booleans(),
        after=st.one_of(st.none(), st.tuples(st.integers(0, 5), series)),
        limit=st.integers(1, 50),
    )
    def rollup(  # type: ignore[no-untyped-def]
        self, which, span, qualities, width, origin, edges, descending, after, limit
    ) -> None:
        by_edges = {"edges": np.array(sorted(edges), np.int64)}
        by_width = {"width_us": width, "origin_us": origin}
        grid = by_edges if width is None else by_width
        question = Rollup(which, span, EVERY, qualities, descending=descending, **grid)
        whole = self.runner.run(self.reference.rollup(question))
        cursor = None
        if after is not None and len(whole):
            cursor = (int(whole.start[after[0] % len(whole)]), after[1])
        question = Rollup(
            which, span, EVERY, qualities, descending=descending, limit=limit, after=cursor, **grid
        )
        got = self.runner.run(self.store.rollup(question))
        wanted = self.runner.run(self.reference.rollup(question))
        assert cells(got) == cells(wanted)
        for name in EVERY:
            np.testing.assert_allclose(
                column(got, name), column(wanted, name), rtol=1e-9, atol=1e-6
            )

    @rule(which=st.one_of(st.none(), several))
    def latest(self, which: "np.ndarray | None") -> None:
        self.same_set(
            self.runner.run(self.store.latest(which)), self.runner.run(self.reference.latest(which))
        )

    @rule(which=several, ts=moments)
    def latest_before(self, which: "np.ndarray", ts: int) -> None:
        self.same_set(
            self.runner.run(self.store.latest_before(which, ts)),
            self.runner.run(self.reference.latest_before(which, ts)),
        )

    @rule(which=several)
    def extent(self, which: "np.ndarray") -> None:
        got = self.runner.run(self.store.extent(which))
        assert got == self.runner.run(self.reference.extent(which))

    @invariant()
    def everything_is_the_same(self) -> None:
        if not hasattr(self, "store"):
            return
        question = Scan(np.array([0, 1, 2, 3, 4, 2**32 - 1], np.uint32), Range(), limit=10_000)
        self.same(
            self.runner.run(self.store.scan(question)),
            self.runner.run(self.reference.scan(question)),
        )

    def same(self, got: Batch, wanted: Batch) -> None:
        assert [repr(row) for row in rows(got)] == [repr(row) for row in rows(wanted)]

    def same_set(self, got: Batch, wanted: Batch) -> None:
        assert sorted(map(repr, rows(got))) == sorted(map(repr, rows(wanted)))


class LongComparison(Comparison):
    """The same, many more times."""


QUICK = settings(
    max_examples=20,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
Comparison.TestCase.settings = QUICK
LongComparison.TestCase.settings = settings(QUICK, max_examples=100, stateful_step_count=30)
TestComparison = Comparison.TestCase
TestLongComparison = pytest.mark.slow(pytest.mark.timeout(900)(LongComparison.TestCase))
