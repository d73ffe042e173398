"""Retention."""

import asyncio
import tempfile
from pathlib import Path

from tests.contracts.memory_store import MemoryStore
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import US, ManualClock
from twinedge.telemetry.model import Range, Scan, batch_of
from twinedge.telemetry.retention import keep_days
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream

DAY_US = 86_400 * US


async def test_keeps_the_days_asked_and_drops_what_is_older() -> None:
    clock = ManualClock(20_000 * DAY_US + 5 * US)
    with tempfile.TemporaryDirectory() as directory:
        db = Database(f"sqlite:///{Path(directory) / 'm.db'}")
        db.migrate()
        register = Register(db, clock)
        store = MemoryStore()
        await store.open()
        telemetry = Telemetry(store, register, Stream(), clock)
        (tag,) = await register.ensure([NewTag("Pump", "t", Kind.NUMBER)])
        times = [19_996 * DAY_US, 19_997 * DAY_US - 1, 19_997 * DAY_US, 20_000 * DAY_US]
        await telemetry.ingest(
            batch_of([tag.series] * 4, times, [1.0, 2.0, 3.0, 4.0], [0] * 4, clock.now_us())
        )
        chore = asyncio.create_task(keep_days(telemetry, clock, 3, interval_s=60))
        series = batch_of([tag.series], [0], [0.0], [0], 0).series
        async with asyncio.timeout(60):
            while len(left := await store.scan(Scan(series, Range()))) != 2:
                await asyncio.sleep(0.005)
        assert left.ts.tolist() == times[2:]
        chore.cancel()
        await asyncio.gather(chore, return_exceptions=True)
        await telemetry.stop()
        db.close()
