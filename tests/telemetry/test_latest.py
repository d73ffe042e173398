"""The latest cache against a dict."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twinedge.telemetry.latest import LatestCache
from twinedge.telemetry.model import Batch, batch_of

points = st.tuples(
    st.one_of(st.integers(1, 4), st.just(3000)),
    st.integers(-3, 3),
    st.integers(0, 9),
    st.sampled_from([0, 1, 2]),
    st.sampled_from([None, None, "a", "b"]),
)
batches = st.lists(st.lists(points, max_size=8), max_size=6)


def to_batch(rows: list[tuple[int, int, int, int, str | None]]) -> Batch:
    series, ts, value, quality, text = map(list, zip(*rows, strict=True)) if rows else ([],) * 5
    return batch_of(series, ts, value, quality, 0, text)


class TestApply:
    @given(batches=batches)
    def test_newest_by_time_wins_and_of_equal_times_the_later_arrival(
        self, batches: list[list[tuple[int, int, int, int, str | None]]]
    ) -> None:
        cache, expected = LatestCache(), {}
        for rows in batches:
            cache.apply(to_batch(rows))
            for series, ts, value, quality, text in rows:
                if series not in expected or ts >= expected[series][0]:
                    expected[series] = (ts, value, quality, text)
        asked = np.array([3000, 1, 2, 3, 4, 9, 10**7], np.uint32)
        got = cache.get(asked, 5)
        texts = got.text or (None,) * len(got)
        rows = list(
            zip(got.ts.tolist(), got.value.tolist(), got.quality.tolist(), texts, strict=True)
        )
        assert dict(zip(got.series.tolist(), rows, strict=True)) == expected
        assert got.series.tolist() == [s for s in asked.tolist() if s in expected]
        assert cache.all_series().tolist() == sorted(expected)
        assert got.arrived_us == 5


class TestForget:
    def test_a_forgotten_series_is_empty_until_its_next_point(self) -> None:
        cache = LatestCache()
        cache.apply(batch_of([1, 2], [5, 5], [1.0, 2.0], [0, 0], 0, ["x", None]))
        cache.forget(np.array([1, 10**6]))
        assert cache.get(np.array([1, 2], np.uint32), 0).series.tolist() == [2]
        cache.apply(batch_of([1], [3], [9.0], [0], 0))
        got = cache.get(np.array([1], np.uint32), 0)
        assert (got.ts.tolist(), got.value.tolist(), got.text) == ([3], [9.0], None)
