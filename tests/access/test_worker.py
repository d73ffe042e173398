"""The upkeep loop."""

import asyncio
from collections.abc import Callable

import pytest

from twinedge.access.model import NewKey
from twinedge.access.replays import Replays
from twinedge.access.service import Access
from twinedge.access.worker import tend
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock


async def until(condition: Callable[[], bool], deadline_s: float = 60.0) -> None:
    """Wait until `condition()` is true."""
    async with asyncio.timeout(deadline_s):
        while not condition():
            await asyncio.sleep(0.01)


class TestTend:
    async def test_brings_in_keys_made_elsewhere(
        self, access: Access, replays: Replays, db: Database, clock: ManualClock
    ) -> None:
        other = Access(db, clock)
        await other.refresh()
        task = asyncio.create_task(tend(access, replays, interval_s=0.01))
        await other.create(NewKey("b", ("read:ml",), id="b"))
        await until(lambda: access.still_valid("b"))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def test_goes_on_after_a_failure(
        self, access: Access, replays: Replays, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls: list[int] = []

        async def broken() -> None:
            calls.append(1)
            raise OSError("disk")

        monkeypatch.setattr(access, "flush", broken)
        task = asyncio.create_task(tend(access, replays, interval_s=0.01))
        await until(lambda: len(calls) >= 3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
