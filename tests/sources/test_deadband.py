import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.clock import US
from twinedge.sources.deadband import DeadbandFilter
from twinedge.sources.model import Deadband
from twinedge.telemetry.model import Batch, batch_of

Row = tuple[int, int, float, int]


def batch(rows: list[Row]) -> Batch:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    return batch_of(columns[0], columns[1], columns[2], columns[3], 0)


def kept(filter: DeadbandFilter, rows: list[Row]) -> list[Row]:
    verdict = filter.judge(batch(rows))
    if verdict is None:
        return rows
    filter.accept(verdict)
    return [row for row, keep in zip(rows, verdict.keep, strict=True) if keep]


def one(*values: float, quality: int = 0) -> list[Row]:
    return [(1, number, value, quality) for number, value in enumerate(values)]


@dataclass
class Slow:
    """The same rule, a row at a time."""

    bands: dict[int, Deadband]
    silence_us: int

    def __post_init__(self) -> None:
        self.last: dict[int, Row] = {}

    def keep(self, row: Row) -> bool:
        series, ts, value, quality = row
        band = self.bands.get(series)
        last = self.last.get(series)
        if band is None:
            return True
        passes = last is None or quality != last[3] or abs(ts - last[1]) >= self.silence_us
        if last is not None and not passes:
            width = band.value if band.type == "absolute" else abs(last[2]) * band.value / 100
            moved = abs(value - last[2])
            passes = not (moved < width or moved == 0)
        if passes:
            self.last[series] = row
        return passes


class TestJudge:
    def test_absolute_is_against_the_last_stored_value(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 1.0)})
        assert kept(filter, one(0, 0.5, 0.9, 1.0, 1.5, 2.1)) == [
            (1, 0, 0, 0), (1, 3, 1.0, 0), (1, 5, 2.1, 0),
        ]  # fmt: skip

    def test_a_slow_drift_is_not_lost(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 1.0)})
        rows = [(1, number, number * 0.1, 0) for number in range(101)]
        seen = [value for _, _, value, _ in kept(filter, rows)]
        assert np.all(np.diff(seen) < 1.2)
        assert len(seen) >= 10

    def test_percent_is_of_the_last_stored_value(self) -> None:
        filter = DeadbandFilter({1: Deadband("percent", 10)})
        assert [row[2] for row in kept(filter, one(100, 109, 110, 100, 99, -99))] == [
            100, 110, 99, -99,
        ]  # fmt: skip

    def test_zero_stores_changes_only(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 0)})
        assert [row[2] for row in kept(filter, one(1, 1, 1.0001, 1.0001, 1))] == [1, 1.0001, 1]

    def test_a_change_of_quality_passes(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 10)})
        rows = [(1, 0, 1.0, 0), (1, 1, 1.0, 1), (1, 2, 1.0, 1), (1, 3, 1.0, 0)]
        assert kept(filter, rows) == [rows[0], rows[1], rows[3]]

    def test_a_marker_passes_and_so_does_the_value_after_it(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 10)})
        rows = [(1, 0, 1.0, 0), (1, 1, math.nan, 2), (1, 2, 1.0, 0)]
        assert kept(filter, rows) == rows

    def test_silence_ends_with_a_heartbeat(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 10)}, max_silence_s=60)
        rows = [(1, number * US, 1.0, 0) for number in range(181)]
        assert [row[1] // US for row in kept(filter, rows)] == [0, 60, 120, 180]

    def test_series_without_a_deadband_pass(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 10)})
        assert filter.judge(batch([(2, 0, 1.0, 0)])) is None
        rows = [(2, 0, 1.0, 0), (1, 0, 1.0, 0), (2, 1, 1.0, 0), (1, 1, 1.0, 0)]
        assert kept(filter, rows) == rows[:3]

    def test_changes_nothing_until_accepted(self) -> None:
        filter = DeadbandFilter({1: Deadband("absolute", 10)})
        for _ in range(2):
            verdict = filter.judge(batch(one(5)))
            assert verdict is not None
            assert verdict.keep.all()

    def test_verdicts_of_different_series_do_not_undo_each_other(self) -> None:
        filter = DeadbandFilter({n: Deadband("absolute", 10) for n in (1, 2)})
        first, second = filter.judge(batch([(1, 0, 1.0, 0)])), filter.judge(batch([(2, 0, 1.0, 0)]))
        assert first is not None
        assert second is not None
        filter.accept(first)
        filter.accept(second)
        assert kept(filter, [(1, 1, 1.0, 0), (2, 1, 1.0, 0)]) == []

    def test_inherits_what_was_stored(self) -> None:
        old = DeadbandFilter({1: Deadband("absolute", 10), 2: Deadband("absolute", 10)})
        kept(old, [(1, 0, 1.0, 0), (2, 0, 1.0, 0)])
        new = DeadbandFilter({2: Deadband("absolute", 5), 3: Deadband("absolute", 5)})
        new.inherit(old)
        rows = [(2, 1, 2.0, 0), (3, 1, 2.0, 0)]
        assert kept(new, rows) == rows[1:]

    @given(
        st.lists(
            st.lists(
                st.tuples(
                    st.integers(1, 4),
                    st.integers(0, 100 * US),
                    st.one_of(st.floats(-100, 100), st.just(math.nan), st.just(0.0)),
                    st.integers(0, 2),
                ),
                max_size=20,
            ),
            max_size=5,
        )
    )
    def test_equals_the_slow_twin(self, batches: list[list[Row]]) -> None:
        bands = {
            1: Deadband("absolute", 5), 2: Deadband("percent", 20), 4: Deadband("absolute", 0),
        }  # fmt: skip
        filter, slow = DeadbandFilter(bands, max_silence_s=30), Slow(bands, 30 * US)
        for rows in batches:
            assert kept(filter, rows) == [row for row in rows if slow.keep(row)]

    @pytest.mark.parametrize("rows", [[], one(1.0)])
    def test_without_bands_nothing_is_judged(self, rows: list[Row]) -> None:
        assert DeadbandFilter({}).judge(batch(rows)) is None
