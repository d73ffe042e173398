"""A copy of the store is one moment of it, while appends go on."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from twinedge.kit.errors import Unavailable
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry.model import Batch, Range, Scan

ALL = np.array([1], np.uint32)


def rows(start: int, count: int) -> Batch:
    ts = np.arange(start, start + count, dtype=np.int64)
    return Batch(
        np.full(count, 1, np.uint32), ts, ts.astype(np.float64), np.zeros(count, np.uint8), 0
    )


async def read(store: DuckdbStore) -> list[int]:
    found = await store.scan(Scan(ALL, Range(None, None), limit=1_000_000))
    return [int(ts) for ts in found.ts]


class TestCopy:
    async def test_is_a_beginning_of_what_was_appended_and_opens_by_itself(
        self, tmp_path: Path
    ) -> None:
        store = DuckdbStore(tmp_path / "telemetry.duckdb", move_rows=500)
        await store.open()
        await store.append(rows(0, 1000))
        await store.settle()  # some of it is history, some is not
        await store.append(rows(1000, 100))
        done = asyncio.Event()

        async def go_on() -> None:
            n = 1100
            while not done.is_set():
                await store.append(rows(n, 100))
                n += 100

        feeding = asyncio.create_task(go_on())
        try:
            await store.copy_to(tmp_path / "copy.duckdb")
        finally:
            done.set()
            await feeding
        await store.close()
        copy = DuckdbStore(tmp_path / "copy.duckdb")
        await copy.open()
        found = await read(copy)
        await copy.close()
        assert len(found) >= 1100
        assert len(found) % 100 == 0
        assert found == list(range(len(found)))
        assert (tmp_path / "copy.duckdb").stat().st_mode & 0o077 == 0

    async def test_of_a_closed_store_is_refused(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "telemetry.duckdb")
        with pytest.raises(Unavailable):
            await store.copy_to(tmp_path / "copy.duckdb")
