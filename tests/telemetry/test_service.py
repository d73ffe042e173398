"""Ingest's guarantees: what is published was stored, in order, whatever fails or is cancelled."""

import asyncio

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.memory_store import MemoryStore
from tests.telemetry.conftest import Room
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.errors import Invalid, Unavailable
from twinedge.telemetry.model import Batch, Range, Scan, batch_of
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream

T0 = 1_767_693_600_000_000


class GatedStore(MemoryStore):
    """Appends wait at a gate each, so that a test decides which finishes when, and how."""

    def __init__(self) -> None:
        super().__init__()
        self.gates: list[asyncio.Future[None]] = []
        self.arrived = asyncio.Condition()

    async def append(self, batch: Batch) -> None:
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        async with self.arrived:
            self.gates.append(gate)
            self.arrived.notify_all()
        await gate
        await super().append(batch)

    async def waiting(self, count: int) -> None:
        """Until so many appends stand at their gates."""
        async with asyncio.timeout(60), self.arrived:
            await self.arrived.wait_for(lambda: len(self.gates) >= count)


class Everyone:
    """A register that knows every series."""

    def knows(self, series: object) -> bool:
        return True


class Still:
    """A clock that stands."""

    def now_us(self) -> int:
        return T0

    def monotonic_s(self) -> float:
        return 0.0


def gated() -> tuple[Telemetry, GatedStore]:
    store = GatedStore()
    return Telemetry(store, Everyone(), Stream(), Still()), store  # type: ignore[arg-type]


def point(mark: float, ts: int = T0, series: int = 1) -> Batch:
    return batch_of([series], [ts], [mark], [0], T0)


def marks(batches: list[Batch]) -> list[float]:
    return [float(batch.value[0]) for batch in batches]


class TestIngest:
    async def test_returns_only_after_the_append_and_then_all_can_see_it(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            ingest = asyncio.create_task(telemetry.ingest(point(1)))
            await store.waiting(1)
            assert not ingest.done()
            assert reader.drain() == []
            assert len(telemetry.latest(np.array([1], np.uint32))) == 0
            store.gates[0].set_result(None)
            await ingest
            assert marks(reader.drain()) == [1]
            assert telemetry.latest(np.array([1], np.uint32)).value.tolist() == [1]

    async def test_publishes_in_the_order_of_calls_though_appends_finish_otherwise(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            tasks = [asyncio.create_task(telemetry.ingest(point(n))) for n in range(3)]
            await store.waiting(3)
            for place in (2, 1):
                store.gates[place].set_result(None)
            await asyncio.sleep(0.01)
            assert reader.drain() == []
            store.gates[0].set_result(None)
            await asyncio.gather(*tasks)
            assert marks(reader.drain()) == [0, 1, 2]

    async def test_a_failed_append_is_told_and_never_published(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            tasks = [asyncio.create_task(telemetry.ingest(point(n))) for n in range(3)]
            await store.waiting(3)
            store.gates[1].set_exception(Unavailable("disk full"))
            store.gates[0].set_result(None)
            store.gates[2].set_result(None)
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert [type(result) for result in results] == [type(None), Unavailable, type(None)]
            assert marks(reader.drain()) == [0, 2]

    async def test_a_cancelled_caller_leaves_at_once_and_its_points_are_not_lost(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            ingest = asyncio.create_task(telemetry.ingest(point(1)))
            await store.waiting(1)
            ingest.cancel()
            with pytest.raises(asyncio.CancelledError):
                await ingest
            store.gates[0].set_result(None)
            await telemetry.stop()
            assert marks(reader.drain()) == [1]
            assert len(store.points) == 1

    async def test_a_cancelled_caller_whose_append_fails_publishes_nothing(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            ingest = asyncio.create_task(telemetry.ingest(point(1)))
            await store.waiting(1)
            ingest.cancel()
            store.gates[0].set_exception(Unavailable("disk full"))
            await telemetry.stop()
            assert reader.drain() == []

    async def test_stop_waits_for_appends_under_way(self) -> None:
        telemetry, store = gated()
        ingest = asyncio.create_task(telemetry.ingest(point(1)))
        await store.waiting(1)
        stop = asyncio.create_task(telemetry.stop())
        await asyncio.sleep(0.01)
        assert not stop.done()
        store.gates[0].set_result(None)
        await asyncio.gather(ingest, stop)

    async def test_rows_of_one_moment_are_stored_as_one_batch_in_the_order_of_calls(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            rows = [asyncio.create_task(telemetry.ingest_rows([(n, T0, n, 0)])) for n in range(3)]
            await store.waiting(1)
            assert not any(task.done() for task in rows)
            store.gates[0].set_result(None)
            await asyncio.gather(*rows)
            assert [batch.series.tolist() for batch in reader.drain()] == [[0, 1, 2]]

    async def test_rows_stay_before_a_batch_that_came_after_them(self) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            tasks = [
                asyncio.create_task(telemetry.ingest_rows([(1, T0, 1.0, 0)])),
                asyncio.create_task(telemetry.ingest(point(2))),
                asyncio.create_task(telemetry.ingest_rows([(1, T0, 3.0, 0)])),
            ]
            await store.waiting(3)
            for gate in store.gates:
                gate.set_result(None)
            await asyncio.gather(*tasks)
            assert marks(reader.drain()) == [1, 2, 3]

    async def test_a_failure_is_told_to_every_caller_of_the_batch(self) -> None:
        telemetry, store = gated()
        rows = [asyncio.create_task(telemetry.ingest_rows([(n, T0, n, 0)])) for n in range(3)]
        await store.waiting(1)
        rows[1].cancel()
        store.gates[0].set_exception(Unavailable("disk full"))
        results = await asyncio.gather(*rows, return_exceptions=True)
        assert list(map(type, results)) == [Unavailable, asyncio.CancelledError, Unavailable]

    async def test_stop_stores_rows_not_yet_sent(self) -> None:
        telemetry, store = gated()
        rows = asyncio.create_task(telemetry.ingest_rows([(1, T0, 1.0, 0)]))
        await asyncio.sleep(0)
        stop = asyncio.create_task(telemetry.stop())
        await store.waiting(1)
        store.gates[0].set_result(None)
        await asyncio.gather(rows, stop)
        assert len(store.points) == 1

    @given(fates=st.lists(st.sampled_from(["store", "fail", "cancel"]), max_size=8), data=st.data())
    async def test_published_is_exactly_what_was_stored_in_order(
        self, fates: list[str], data: st.DataObject
    ) -> None:
        telemetry, store = gated()
        with telemetry.stream.subscribe("r") as reader:
            tasks = [
                asyncio.create_task(telemetry.ingest(point(n, T0 - n))) for n in range(len(fates))
            ]
            await store.waiting(len(fates))
            for place in data.draw(st.permutations(range(len(fates)))):
                if fates[place] == "fail":
                    store.gates[place].set_exception(Unavailable("full"))
                    continue
                if fates[place] == "cancel":
                    tasks[place].cancel()
                store.gates[place].set_result(None)
                await asyncio.sleep(0)
            await asyncio.gather(*tasks, return_exceptions=True)
            await telemetry.stop()
            kept = [n for n, fate in enumerate(fates) if fate != "fail"]
            assert marks(reader.drain()) == kept
            assert sorted(ts for _, ts in store.points) == sorted(T0 - n for n in kept)

    async def test_an_empty_batch_is_nothing(self, room: Room) -> None:
        await room.telemetry.ingest(batch_of([], [], [], [], 0))
        assert room.store.appended == []

    async def test_an_unknown_series_is_refused(self, room: Room) -> None:
        with pytest.raises(Invalid, match="series"):
            await room.telemetry.ingest(point(1))

    async def test_columns_of_unequal_length_are_refused(self, room: Room) -> None:
        one = point(1)
        crooked = Batch(one.series, one.ts, np.array([1.0, 2.0]), one.quality, 0)
        with pytest.raises(Invalid, match="length"):
            await room.telemetry.ingest(crooked)

    async def test_a_time_more_than_a_day_ahead_is_refused(self, room: Room) -> None:
        (tag,) = await room.register.ensure([NewTag("P", "t", Kind.NUMBER)])
        now, day = room.clock.now_us(), 86_400_000_000
        await room.telemetry.ingest(point(1, now + day, tag.series))
        with pytest.raises(Invalid, match="ahead"):
            await room.telemetry.ingest(point(1, now + day + 1, tag.series))
        assert len(room.store.points) == 1


class TestLatest:
    async def test_a_late_point_never_changes_it_and_an_equal_time_replaces(
        self, room: Room
    ) -> None:
        (tag,) = await room.register.ensure([NewTag("P", "t", Kind.NUMBER)])
        series = np.array([tag.series], np.uint32)
        for mark, ts in ((1, T0), (2, T0 - 1), (3, T0)):
            await room.telemetry.ingest(point(mark, ts, tag.series))
        assert room.telemetry.latest(series).value.tolist() == [3]

    async def test_it_is_warm_after_a_restart(self, room: Room) -> None:
        (tag,) = await room.register.ensure([NewTag("P", "t", Kind.NUMBER)])
        await room.telemetry.ingest(point(7, T0, tag.series))
        again = Telemetry(room.store, room.register, Stream(), room.clock)
        await again.start()
        assert again.latest(np.array([tag.series], np.uint32)).value.tolist() == [7]


class TestDelete:
    async def test_latest_falls_back_to_what_is_left(self, room: Room) -> None:
        tags = await room.register.ensure([NewTag("P", n, Kind.NUMBER) for n in "abc"])
        a, b, c = (tag.series for tag in tags)
        for mark, ts, series in ((1, 10, a), (2, 20, a), (3, 20, b), (4, 5, c)):
            await room.telemetry.ingest(point(mark, ts, series))
        assert await room.telemetry.delete(None, Range(15, None)) == 2
        got = room.telemetry.latest(np.array([a, b, c], np.uint32))
        assert dict(zip(got.series.tolist(), got.value.tolist(), strict=True)) == {a: 1, c: 4}

    async def test_points_ingested_meanwhile_are_not_lost(self, room: Room) -> None:
        (tag,) = await room.register.ensure([NewTag("P", "t", Kind.NUMBER)])
        series = np.array([tag.series], np.uint32)
        await room.telemetry.ingest(point(1, 10, tag.series))
        slow = room.store.latest

        async def latest_with_ingest_between(asked: object = None) -> Batch:
            before = await slow(series)
            await room.telemetry.ingest(point(2, 20, tag.series))
            return before

        room.store.latest = latest_with_ingest_between  # type: ignore[method-assign]
        await room.telemetry.delete(series, Range(None, 15))
        assert room.telemetry.latest(series).value.tolist() == [2]


class TestEmptySelection:
    async def test_asks_the_store_nothing(self, room: Room) -> None:
        nothing = np.empty(0, np.uint32)
        assert len(await room.telemetry.scan(Scan(nothing, Range()))) == 0
        assert await room.telemetry.extent(nothing) is None
