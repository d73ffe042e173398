"""The live stream's promises."""

import asyncio

from twinedge.telemetry.model import Batch, batch_of
from twinedge.telemetry.stream import Stream


def batch(points: int, mark: float = 0.0) -> Batch:
    return batch_of([1] * points, list(range(points)), [mark] * points, [0] * points, 0)


class TestPublish:
    async def test_every_subscriber_gets_every_batch_in_order(self) -> None:
        stream = Stream()
        with stream.subscribe("a") as a, stream.subscribe("b") as b:
            for mark in range(5):
                stream.publish(batch(2, mark))
            for reader in (a, b):
                assert [float(x.value[0]) for x in reader.drain()] == [0, 1, 2, 3, 4]
                assert reader.queued_points == 0

    async def test_a_full_queue_drops_the_oldest_and_tells(self) -> None:
        stream = Stream()
        slow, fast = stream.subscribe("slow", max_points=5), stream.subscribe("fast")
        for mark in range(4):
            stream.publish(batch(2, mark))
        assert (slow.dropped, slow.take_gap(), slow.take_gap()) == (4, 4, 0)
        assert [float(x.value[0]) for x in slow.drain()] == [2, 3]
        assert len(fast.drain()) == 4

    async def test_one_batch_larger_than_the_bound_is_kept(self) -> None:
        stream = Stream()
        reader = stream.subscribe("r", max_points=1)
        stream.publish(batch(10))
        assert (len(reader.drain()), reader.dropped) == (1, 0)


class TestSubscription:
    async def test_a_waiting_reader_wakes(self) -> None:
        stream = Stream()
        reader = stream.subscribe("r")
        waiting = asyncio.create_task(reader.get())
        await asyncio.sleep(0)
        stream.publish(batch(1, 7))
        got = await asyncio.wait_for(waiting, 60)
        assert got is not None
        assert float(got.value[0]) == 7

    async def test_closing_ends_the_iteration_after_what_is_queued(self) -> None:
        stream = Stream()
        reader = stream.subscribe("r")
        stream.publish(batch(1))
        reader.close()
        assert [len(x) async for x in reader] == [1]
        assert stream.subscriptions == ()
        stream.publish(batch(1))
        assert reader.drain() == []
