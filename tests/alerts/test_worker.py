"""The loops, running: points published are judged, told, and survive a stop."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.alerts.rig import NOON, Rig
from twinedge.alerts.worker import retry_delay_s
from twinedge.kit.clock import US
from twinedge.telemetry.model import batch_of


async def until(check: Callable[[], Awaitable[object]], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not await check():
            await asyncio.sleep(0.01)


async def publish(rig: Rig, series: int, second: float, value: float) -> None:
    ts = NOON + round(second * US)
    batch = batch_of([series], [ts], [value], [0], ts)
    await rig.store.append(batch)
    rig.stream.publish(batch)


class TestLoops:
    async def test_point_to_message_and_clean_stop(self, rig: Rig) -> None:
        await rig.room.worker.start()
        await rig.channel()
        await rig.rule(notifications=["email"])
        series = await rig.tag("p", "temperature")
        await publish(rig, series, 0, 85)

        async def told() -> bool:
            return bool(rig.kinds["email"].sent)

        await until(told)
        assert rig.room.worker.is_alive
        await asyncio.wait_for(rig.room.worker.stop(), 60)
        await publish(rig, series, 1, 70)
        await rig.restart()
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_dead_mail_server_does_not_delay_judging(self, rig: Rig) -> None:
        async def hang(*_: object) -> str:
            await asyncio.Event().wait()
            return ""

        await rig.channel()
        await rig.rule(notifications=["email"])
        rig.kinds["email"].send = hang  # type: ignore[method-assign]
        await rig.room.worker.start()
        for i in range(20):
            series = await rig.tag(f"p{i}", "temperature")
            await publish(rig, series, i, 85)

        async def judged() -> bool:
            return len(await rig.alerts()) == 20

        await until(judged)
        await asyncio.wait_for(rig.room.worker.stop(), 60)

    async def test_points_dropped_from_the_queue_are_read_again(self, rig: Rig) -> None:
        worker = rig.room.worker
        worker._queue_points = 2
        await rig.rule()
        await rig.points("p", "temperature", (0, 70))
        await worker.start()
        series = await rig.tag("p", "temperature")
        async with rig.room.evaluation._lock:
            for second, value in ((1, 70), (2, 85), (3, 70), (4, 70), (5, 85), (6, 70), (7, 70)):
                await publish(rig, series, second, value)
                await asyncio.sleep(0)

        async def judged() -> bool:
            return len(await rig.alerts("&status=resolved")) == 2

        await until(judged)
        await worker.stop()

    async def test_disk_that_fails_delays_and_loses_nothing(self, rig: Rig) -> None:
        from sqlalchemy.exc import OperationalError

        await rig.rule()
        write, fails = rig.db.write, [True, True]

        async def flaky(work):
            if fails:
                fails.pop()
                raise OperationalError("insert", {}, Exception("disk I/O error"))
            return await write(work)

        await rig.tag("p", "temperature")
        rig.db.write = flaky  # type: ignore[method-assign]
        await rig.points("p", "temperature", (0, 85))
        rig.db.write = write  # type: ignore[method-assign]
        assert len(await rig.alerts()) == 1


def test_back_off_grows_to_half_an_hour() -> None:
    assert [retry_delay_s(n) for n in (1, 2, 3)] == [5, 10, 20]
    assert retry_delay_s(99) == 1800
