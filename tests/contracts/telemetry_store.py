"""What every engine behind `telemetry.ports.TelemetryStore` must do.

An engine's test module subclasses `TelemetryStoreContract` and provides the fixture `store`, an
open, empty store.
"""

import asyncio
import math

import numpy as np
import pytest

from twinedge.kit.clock import US, from_iso
from twinedge.telemetry.model import (
    Batch,
    Buckets,
    Quality,
    Range,
    Rollup,
    Scan,
    Series,
    batch_of,
)
from twinedge.telemetry.ports import TelemetryStore

T0 = from_iso("2026-01-05T10:00:00Z")
MINUTE = 60 * US
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NAN = math.nan
EVERY = ("avg", "min", "max", "sum", "count", "first", "last")

Row = tuple[int, int, float, int, str | None]
"""(series, ts, value, quality, text)."""


def ids(*series: int) -> Series:
    """Series numbers as the questions want them."""
    return np.array(series, np.uint32)


def batch(*rows: tuple[int, int, float] | tuple[int, int, float, int] | Row) -> Batch:
    """A batch of (series, ts[, value[, quality[, text]]])."""
    full = [(*row, *(0, None)[len(row) - 3 :]) for row in rows]
    series, ts, value, quality, text = (list(c) for c in zip(*full, strict=True))
    return batch_of(series, ts, value, quality, T0, text)


def rows(answer: Batch) -> list[Row]:
    """The rows of a batch as plain tuples."""
    texts = answer.text or (None,) * len(answer)
    return list(
        zip(
            answer.series.tolist(),
            answer.ts.tolist(),
            answer.value.tolist(),
            answer.quality.tolist(),
            texts,
            strict=True,
        )
    )


def points(answer: Batch) -> list[tuple[int, int, float]]:
    """Only (series, ts, value)."""
    return [row[:3] for row in rows(answer)]


def cells(answer: Buckets) -> list[tuple[int, int]]:
    """The (start, series) of every row."""
    return list(zip(answer.start.tolist(), answer.series.tolist(), strict=True))


def column(answer: Buckets, name: str) -> list[float]:
    """One function's values."""
    return [float(value) for value in answer.values[name]]


class TelemetryStoreContract:
    """Inherit as `class TestX(TelemetryStoreContract)` beside a fixture `store`."""

    # append

    async def test_an_appended_point_is_found(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 65.5)))
        answer = await store.scan(Scan(ids(1), Range()))
        assert rows(answer) == [(1, T0, 65.5, 0, None)]
        assert answer.series.dtype == np.uint32
        assert answer.ts.dtype == np.int64
        assert answer.value.dtype == np.float64
        assert answer.quality.dtype == np.uint8
        assert answer.text is None

    async def test_an_empty_batch_is_fine(self, store: TelemetryStore) -> None:
        await store.append(batch_of([], [], [], [], T0))
        assert store.stats().points == 0

    async def test_a_later_append_replaces_the_point(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0, 0)))
        await store.append(batch((1, T0, 2.0, 1)))
        assert rows(await store.scan(Scan(ids(1), Range()))) == [(1, T0, 2.0, 1, None)]

    async def test_the_later_row_of_one_batch_wins(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0), (2, T0, 5.0), (1, T0, 2.0), (1, T0, 3.0)))
        assert points(await store.scan(Scan(ids(1, 2), Range()))) == [(1, T0, 3.0), (2, T0, 5.0)]

    async def test_a_late_point_takes_its_place(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0), (1, T0 + 2 * US, 3.0)))
        await store.append(batch((1, T0 + US, 2.0)))
        answer = await store.scan(Scan(ids(1), Range()))
        assert points(answer) == [(1, T0, 1.0), (1, T0 + US, 2.0), (1, T0 + 2 * US, 3.0)]

    async def test_concurrent_appends_are_all_stored(self, store: TelemetryStore) -> None:
        await asyncio.gather(*(store.append(batch((s, T0, float(s)))) for s in range(200)))
        answer = await store.scan(Scan(ids(*range(200)), Range()))
        assert points(answer) == [(s, T0, float(s)) for s in range(200)]

    async def test_order_of_one_caller_is_kept_without_waiting(self, store: TelemetryStore) -> None:
        await asyncio.gather(*(store.append(batch((1, T0, float(n)))) for n in range(50)))
        assert points(await store.scan(Scan(ids(1), Range()))) == [(1, T0, 49.0)]

    async def test_a_cancelled_caller_does_not_break_the_others(
        self, store: TelemetryStore
    ) -> None:
        tasks = [asyncio.create_task(store.append(batch((s, T0, 1.0)))) for s in range(20)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert done[3] is None or isinstance(done[3], asyncio.CancelledError)
        assert [d for i, d in enumerate(done) if i != 3] == [None] * 19
        found = await store.scan(Scan(ids(*range(20)), Range()))
        assert set(range(20)) - {3} <= set(found.series.tolist())

    async def test_extreme_numbers_come_back_exactly(self, store: TelemetryStore) -> None:
        values = [
            0.0,
            -0.0,
            5e-324,
            1.7976931348623157e308,
            -1.5,
            0.1,
            math.inf,
            -math.inf,
            2.0**53,
        ]
        await store.append(batch(*((1, T0 + i, v) for i, v in enumerate(values))))
        answer = await store.scan(Scan(ids(1), Range()))
        assert answer.value.tobytes() == np.array(values).tobytes()

    async def test_times_from_year_1_to_9999_are_kept(self, store: TelemetryStore) -> None:
        moments = [
            from_iso(text)
            for text in (
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "2000-02-29T12:00:00Z",
                "9999-12-31T23:59:59.999999Z",
            )
        ]
        await store.append(batch(*((1, ts, 1.0) for ts in reversed(moments))))
        assert (await store.scan(Scan(ids(1), Range()))).ts.tolist() == moments

    async def test_the_largest_series_number_works(self, store: TelemetryStore) -> None:
        for value in (1.0, 2.0):
            await store.append(batch((2**32 - 1, T0, value), (0, T0, value)))
        answer = await store.scan(Scan(ids(0, 2**32 - 1), Range()))
        assert points(answer) == [(0, T0, 2.0), (2**32 - 1, T0, 2.0)]

    # text and missing values

    async def test_texts_come_back_exactly(self, store: TelemetryStore) -> None:
        texts = [
            "läuft",
            "",
            "18446744073709551615",
            "a\x00b",
            "'; drop table x --",
            '🏭\n\t"',
            " ",
        ]
        await store.append(batch(*((1, T0 + i, NAN, 0, t) for i, t in enumerate(texts))))
        answer = await store.scan(Scan(ids(1), Range()))
        assert answer.text == tuple(texts)
        assert all(math.isnan(v) for v in answer.value.tolist())

    async def test_texts_and_numbers_mix_in_one_batch(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.5), (2, T0, NAN, 0, "on"), (3, T0, 9.0, 0, "9")))
        answer = await store.scan(Scan(ids(1, 2, 3), Range()))
        assert answer.text == (None, "on", "9")
        assert answer.value.tolist()[::2] == [1.5, 9.0]

    async def test_a_number_replaces_a_text_and_back(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, NAN, 0, "on")))
        await store.append(batch((1, T0, 4.0)))
        assert rows(await store.scan(Scan(ids(1), Range()))) == [(1, T0, 4.0, 0, None)]
        await store.append(batch((1, T0, NAN, 0, "off")))
        assert (await store.scan(Scan(ids(1), Range()))).text == ("off",)

    async def test_a_missing_value_stays_missing(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, NAN, Quality.BAD), (1, T0 + US, 1.0)))
        answer = await store.scan(Scan(ids(1), Range()))
        assert math.isnan(answer.value[0])
        assert answer.value[1] == 1.0
        assert answer.quality.tolist() == [2, 0]
        assert answer.text is None

    # scan

    async def fill(self, store: TelemetryStore) -> list[tuple[int, int]]:
        """3 series x 40 points, 1 h apart, over two days; answers the (ts, series) in order."""
        keys = [(T0 + h * HOUR, s) for h in range(40) for s in (1, 2, 3)]
        await store.append(batch(*((s, ts, float(s), h % 3) for h, (ts, s) in enumerate(keys))))
        return keys

    async def test_scan_orders_by_time_then_series(self, store: TelemetryStore) -> None:
        keys = await self.fill(store)
        answer = await store.scan(Scan(ids(3, 1, 2), Range()))
        assert [(ts, s) for s, ts, _ in points(answer)] == keys

    async def test_scan_descending_keeps_series_ascending(self, store: TelemetryStore) -> None:
        keys = await self.fill(store)
        answer = await store.scan(Scan(ids(1, 2, 3), Range(), descending=True))
        wanted = sorted(keys, key=lambda key: (-key[0], key[1]))
        assert [(ts, s) for s, ts, _ in points(answer)] == wanted

    async def test_scan_span_is_half_open(self, store: TelemetryStore) -> None:
        await self.fill(store)
        answer = await store.scan(Scan(ids(1), Range(T0 + HOUR, T0 + 3 * HOUR)))
        assert answer.ts.tolist() == [T0 + HOUR, T0 + 2 * HOUR]

    async def test_scan_of_an_empty_or_reversed_span_is_empty(self, store: TelemetryStore) -> None:
        await self.fill(store)
        assert len(await store.scan(Scan(ids(1), Range(T0, T0)))) == 0
        assert len(await store.scan(Scan(ids(1), Range(T0 + DAY, T0)))) == 0

    async def test_scan_without_series_or_with_unknown_ones_is_empty(
        self, store: TelemetryStore
    ) -> None:
        await self.fill(store)
        assert len(await store.scan(Scan(ids(), Range()))) == 0
        assert len(await store.scan(Scan(ids(77), Range()))) == 0

    async def test_scan_names_a_series_twice_but_answers_once(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0)))
        assert len(await store.scan(Scan(ids(1, 1), Range()))) == 1

    async def test_scan_of_thousands_of_series(self, store: TelemetryStore) -> None:
        await self.fill(store)
        answer = await store.scan(Scan(np.arange(2, 5000, dtype=np.uint32), Range()))
        assert len(answer) == 80

    async def test_scan_filters_quality(self, store: TelemetryStore) -> None:
        await self.fill(store)
        question = Scan(ids(1, 2, 3), Range(), qualities=(Quality.UNCERTAIN, Quality.BAD))
        assert set((await store.scan(question)).quality.tolist()) == {1, 2}

    @pytest.mark.parametrize("descending", [False, True])
    async def test_scan_pages_with_a_cursor(self, store: TelemetryStore, descending: bool) -> None:
        keys = await self.fill(store)
        found: list[tuple[int, int]] = []
        after = None
        while True:
            page = await store.scan(
                Scan(ids(1, 2, 3), Range(), descending=descending, after=after, limit=7)
            )
            if len(page) == 0:
                break
            assert len(page) <= 7
            found += [(ts, s) for s, ts, _ in points(page)]
            after = found[-1]
        assert found == sorted(keys, key=lambda k: (-k[0] if descending else k[0], k[1]))

    # rollup

    async def test_rollup_of_one_bucket_gives_every_function(self, store: TelemetryStore) -> None:
        await store.append(batch(*((1, T0 + i * US, v) for i, v in enumerate([3.0, 1.0, 8.0]))))
        answer = await store.rollup(Rollup(ids(1), Range(), EVERY, width_us=MINUTE))
        assert cells(answer) == [(T0, 1)]
        got = {name: column(answer, name)[0] for name in EVERY}
        assert [got[name] for name in EVERY] == [4.0, 1.0, 8.0, 12.0, 3.0, 3.0, 8.0]
        assert answer.start.dtype == np.int64
        assert answer.series.dtype == np.uint32
        assert all(answer.values[name].dtype == np.float64 for name in EVERY)

    async def test_rollup_orders_by_bucket_then_series_and_skips_empty_ones(
        self, store: TelemetryStore
    ) -> None:
        await store.append(batch((2, T0, 1.0), (1, T0, 1.0), (1, T0 + 2 * MINUTE, 1.0)))
        answer = await store.rollup(Rollup(ids(1, 2), Range(), ("count",), width_us=MINUTE))
        assert cells(answer) == [(T0, 1), (T0, 2), (T0 + 2 * MINUTE, 1)]

    async def test_rollup_buckets_hang_on_the_origin_before_1970_too(
        self, store: TelemetryStore
    ) -> None:
        moments = [-7 * US, -1, 0, 1, 7 * US]
        await store.append(batch(*((1, ts, 1.0) for ts in moments)))
        question = Rollup(ids(1), Range(), ("count",), width_us=10 * US, origin_us=3 * US)
        answer = await store.rollup(question)
        assert cells(answer) == [(-7 * US, 1), (3 * US, 1)]
        assert column(answer, "count") == [4.0, 1.0]

    async def test_rollup_over_edges_of_different_width(self, store: TelemetryStore) -> None:
        await store.append(batch(*((1, T0 + h * HOUR, float(h)) for h in range(10))))
        edges = np.array([T0 + HOUR, T0 + 2 * HOUR, T0 + 5 * HOUR, T0 + 9 * HOUR], np.int64)
        answer = await store.rollup(Rollup(ids(1), Range(), ("count", "first"), edges=edges))
        assert answer.start.tolist() == edges[:3].tolist()
        assert column(answer, "count") == [1.0, 3.0, 4.0]
        assert column(answer, "first") == [1.0, 2.0, 5.0]

    async def test_rollup_leaves_bad_quality_out_unless_asked(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0, 0), (1, T0 + 1, 2.0, 1), (1, T0 + 2, 99.0, 2)))
        plain = await store.rollup(Rollup(ids(1), Range(), ("max", "count"), width_us=HOUR))
        assert (column(plain, "max"), column(plain, "count")) == ([2.0], [2.0])
        every = await store.rollup(
            Rollup(ids(1), Range(), ("max", "count"), qualities=(), width_us=HOUR)
        )
        assert (column(every, "max"), column(every, "count")) == ([99.0], [3.0])

    async def test_rollup_counts_points_without_a_number_but_does_not_reckon_with_them(
        self, store: TelemetryStore
    ) -> None:
        await store.append(
            batch((1, T0, NAN, 0, "on"), (1, T0 + 1, 2.0), (1, T0 + 2, 4.0), (1, T0 + 3, NAN))
        )
        answer = await store.rollup(Rollup(ids(1), Range(), EVERY, width_us=HOUR))
        got = [column(answer, name)[0] for name in EVERY]
        assert got == [3.0, 2.0, 4.0, 6.0, 4.0, 2.0, 4.0]

    async def test_rollup_of_texts_only_has_nothing_but_a_count(
        self, store: TelemetryStore
    ) -> None:
        await store.append(batch((1, T0, NAN, 0, "on")))
        answer = await store.rollup(Rollup(ids(1), Range(), EVERY, width_us=HOUR))
        assert column(answer, "count") == [1.0]
        assert all(math.isnan(column(answer, name)[0]) for name in EVERY if name != "count")

    async def test_rollup_of_nothing_is_empty_with_its_columns(self, store: TelemetryStore) -> None:
        answer = await store.rollup(Rollup(ids(1), Range(), ("avg",), width_us=HOUR))
        assert (len(answer), list(answer.values)) == (0, ["avg"])
        assert answer.values["avg"].dtype == np.float64

    async def test_rollup_sees_a_replaced_point_once(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 10.0), (1, T0 + 1, 1.0)))
        await store.append(batch((1, T0, 3.0)))
        answer = await store.rollup(Rollup(ids(1), Range(), ("sum", "count"), width_us=HOUR))
        assert (column(answer, "sum"), column(answer, "count")) == ([4.0], [2.0])

    @pytest.mark.parametrize("descending", [False, True])
    async def test_rollup_pages_with_a_cursor(
        self, store: TelemetryStore, descending: bool
    ) -> None:
        await self.fill(store)
        question = Rollup(
            ids(1, 2, 3), Range(), ("count",), qualities=(), width_us=2 * HOUR,
            descending=descending,
        )  # fmt: skip
        whole = cells(await store.rollup(question))
        assert len(whole) == 60
        found: list[tuple[int, int]] = []
        after = None
        while True:
            page = await store.rollup(
                Rollup(
                    question.series, Range(), ("count",), qualities=(), width_us=2 * HOUR,
                    descending=descending, after=after, limit=7,
                )
            )  # fmt: skip
            if len(page) == 0:
                break
            assert column(page, "count") == [2.0] * len(page)
            found += cells(page)
            after = found[-1]
        assert found == whole

    # latest, latest_before, extent

    async def test_latest_goes_by_time_not_by_arrival(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0 + US, 2.0), (2, T0, NAN, 0, "on")))
        await store.append(batch((1, T0, 1.0)))
        answer = sorted(rows(await store.latest()))
        assert [(r[0], r[1], r[4]) for r in answer] == [(1, T0 + US, None), (2, T0, "on")]
        assert answer[0][2] == 2.0

    async def test_latest_of_some_series(self, store: TelemetryStore) -> None:
        await self.fill(store)
        answer = await store.latest(ids(2, 9))
        assert points(answer) == [(2, T0 + 39 * HOUR, 2.0)]

    async def test_latest_sees_a_replaced_point(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0)))
        await store.append(batch((1, T0, 2.0)))
        assert points(await store.latest()) == [(1, T0, 2.0)]

    async def test_latest_of_an_empty_store_is_empty(self, store: TelemetryStore) -> None:
        assert len(await store.latest()) == 0
        assert len(await store.latest(ids(1))) == 0

    async def test_latest_before_is_strict(self, store: TelemetryStore) -> None:
        await self.fill(store)
        answer = await store.latest_before(ids(1, 3, 9), T0 + 30 * HOUR)
        assert sorted(points(answer)) == [(1, T0 + 29 * HOUR, 1.0), (3, T0 + 29 * HOUR, 3.0)]
        assert len(await store.latest_before(ids(1), T0)) == 0

    async def test_latest_before_reaches_far_back(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0), (2, T0 + 90 * DAY, 1.0), (1, T0 + 99 * DAY, 1.0)))
        answer = await store.latest_before(ids(1, 2), T0 + 95 * DAY)
        assert sorted(points(answer)) == [(1, T0, 1.0), (2, T0 + 90 * DAY, 1.0)]

    async def test_extent_is_inclusive(self, store: TelemetryStore) -> None:
        await self.fill(store)
        assert await store.extent(ids(1, 2)) == Range(T0, T0 + 39 * HOUR)
        assert await store.extent(ids(9)) is None
        assert await store.extent(ids()) is None

    # delete

    async def test_delete_answers_how_many_and_removes_them(self, store: TelemetryStore) -> None:
        await self.fill(store)
        assert await store.delete(ids(1), Range(T0 + HOUR, T0 + 3 * HOUR)) == 2
        left = (await store.scan(Scan(ids(1), Range()))).ts.tolist()
        assert left == [T0, *(T0 + h * HOUR for h in range(3, 40))]
        assert len(await store.scan(Scan(ids(2, 3), Range()))) == 80

    async def test_delete_of_all_series_before_a_moment(self, store: TelemetryStore) -> None:
        await self.fill(store)
        midnight = from_iso("2026-01-06T00:00:00Z")
        assert await store.delete(None, Range(None, midnight)) == 14 * 3
        assert (await store.extent(ids(1, 2, 3))) == Range(midnight, T0 + 39 * HOUR)

    async def test_delete_counts_a_replaced_point_once(self, store: TelemetryStore) -> None:
        for value in (1.0, 2.0, 3.0):
            await store.append(batch((1, T0, value)))
        assert await store.delete(None, Range()) == 1

    async def test_delete_moves_latest_back(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0), (1, T0 + 3 * DAY, 2.0), (2, T0 + 3 * DAY, 2.0)))
        await store.delete(ids(1), Range(T0 + DAY, None))
        assert sorted(points(await store.latest())) == [(1, T0, 1.0), (2, T0 + 3 * DAY, 2.0)]
        await store.delete(ids(2), Range())
        assert points(await store.latest()) == [(1, T0, 1.0)]

    async def test_a_deleted_point_can_come_again(self, store: TelemetryStore) -> None:
        await store.append(batch((1, T0, 1.0)))
        await store.delete(None, Range())
        assert len(await store.scan(Scan(ids(1), Range()))) == 0
        await store.append(batch((1, T0, 2.0)))
        assert points(await store.scan(Scan(ids(1), Range()))) == [(1, T0, 2.0)]

    async def test_delete_of_nothing_answers_zero(self, store: TelemetryStore) -> None:
        assert await store.delete(None, Range()) == 0
        await self.fill(store)
        assert await store.delete(ids(), Range()) == 0
        assert await store.delete(ids(9), Range()) == 0
        assert await store.delete(None, Range(T0 + DAY, T0)) == 0
        assert store.stats().points == 120

    # life

    async def test_close_keeps_the_points_and_may_come_twice(self, store: TelemetryStore) -> None:
        keys = await self.fill(store)
        await store.append(batch((1, T0, 7.0), (4, T0, NAN, 2, "x")))
        await store.close()
        await store.close()
        await store.open()
        answer = await store.scan(Scan(ids(1, 2, 3), Range()))
        assert len(answer) == len(keys)
        assert points(answer)[0] == (1, T0, 7.0)
        await store.append(batch((1, T0, 8.0)))
        assert points(await store.scan(Scan(ids(1), Range(), limit=1))) == [(1, T0, 8.0)]
        assert (await store.scan(Scan(ids(4), Range()))).text == ("x",)

    async def test_stats_count_the_points(self, store: TelemetryStore) -> None:
        await self.fill(store)
        stats = store.stats()
        assert stats.points == 120
        assert stats.queued_points == 0
        assert (stats.oldest_us, stats.newest_us) == (T0, T0 + 39 * HOUR)
        assert stats.degraded is None
