"""Opening, closing, limits and failures of the DuckDB store."""

import asyncio
import os
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.contracts.telemetry_store import DAY, HOUR, T0, batch, ids, points, rows
from twinedge.kit.clock import US, ManualClock, from_iso
from twinedge.kit.errors import Invalid, Unavailable
from twinedge.storage.duckdb import DuckdbStore
from twinedge.storage.duckdb.session import Columns, Session
from twinedge.telemetry.model import Batch, Range, Rollup, Scan, StoreLocked, batch_of

ALL = np.arange(100, dtype=np.uint32)


def many(count: int, first: int = 0, series: int = 10) -> Batch:
    """Points 1 s apart, over some series."""
    number = np.arange(first, first + count)
    return Batch(
        (number % series).astype(np.uint32),
        T0 + number * US,
        np.random.default_rng(first).random(count),
        np.zeros(count, np.uint8),
        T0,
    )


async def until(condition, timeout_s: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    """Poll until the condition holds."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "did not come true in time"
        await asyncio.sleep(0.01)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[DuckdbStore]:
    store = DuckdbStore(tmp_path / "telemetry.duckdb", memory_limit_mb=256)
    await store.open()
    yield store
    await store.close()


class TestOpen:
    async def test_a_second_process_is_told_in_plain_words(self, store: DuckdbStore) -> None:
        await store.append(batch((1, T0, 1.0)))
        script = (
            "import asyncio, sys; from pathlib import Path\n"
            "from twinedge.storage.duckdb import DuckdbStore\n"
            "from twinedge.telemetry.model import StoreLocked\n"
            "try: asyncio.run(DuckdbStore(Path(sys.argv[1])).open())\n"
            "except StoreLocked as error: print(error.message)\n"
        )
        path = store._path
        child = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", script, str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert child.stdout == (
            f"{path} is in use by another process; only one TwinEdge can run on a data directory\n"
        )

    async def test_a_second_store_of_the_process_is_refused(self, store: DuckdbStore) -> None:
        other = DuckdbStore(store._path)
        with pytest.raises(StoreLocked, match="already open in this process"):
            await other.open()
        await store.close()
        await other.open()
        await other.close()

    async def test_a_file_that_is_no_database_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "telemetry.duckdb"
        path.write_text("not a database")
        with pytest.raises(Unavailable, match="not a valid DuckDB database"):
            await DuckdbStore(path).open()
        assert path.read_text() == "not a database"

    async def test_the_files_are_private(self, store: DuckdbStore) -> None:
        await store.append(many(1000))
        await store.settle()
        await store.append(many(1000, 2000))
        folder = store._path.parent

        def private() -> bool:
            modes = [stat.S_IMODE(f.stat().st_mode) for f in folder.iterdir() if f.is_file()]
            return all(mode == 0o600 for mode in modes)

        await until(private)

    async def test_hot_tables_left_by_a_crash_are_read_and_moved(self, tmp_path: Path) -> None:
        path = tmp_path / "t.duckdb"
        store = DuckdbStore(path)
        await store.open()
        await store.append(batch((1, T0, 1.0), (2, T0, 1.0)))
        await store.close()
        store = DuckdbStore(path)
        await store.open()
        await store.append(batch((1, T0, 2.0)))
        assert points(await store.scan(Scan(ids(1, 2), Range()))) == [(1, T0, 2.0), (2, T0, 1.0)]
        assert await store.settle() == 2
        assert points(await store.scan(Scan(ids(1, 2), Range()))) == [(1, T0, 2.0), (2, T0, 1.0)]
        await store.close()


class TestClose:
    async def test_queued_appends_are_finished_first(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "t.duckdb")
        await store.open()
        tasks = [asyncio.create_task(store.append(many(500, n * 500))) for n in range(40)]
        await asyncio.sleep(0)
        started = time.monotonic()
        await store.close()
        assert time.monotonic() - started < 5
        await asyncio.gather(*tasks)
        await store.open()
        assert len(await store.scan(Scan(ALL, Range(), limit=10**6))) == 20_000
        await store.close()

    async def test_a_closed_store_says_so(self, store: DuckdbStore) -> None:
        await store.close()
        with pytest.raises(Unavailable, match="closed"):
            await store.append(batch((1, T0, 1.0)))
        with pytest.raises(Unavailable, match="closed"):
            await store.latest()
        with pytest.raises(Unavailable, match="closed"):
            await store.delete(None, Range())
        assert store.stats().degraded is not None


class TestAppend:
    async def test_a_full_queue_refuses_and_takes_again(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "t.duckdb", max_queued_points=1000)
        await store.open()
        answers = await asyncio.gather(
            *(store.append(many(400, n * 400)) for n in range(10)), return_exceptions=True
        )
        refused = [a for a in answers if isinstance(a, Unavailable)]
        stored = answers.count(None)
        assert stored >= 2
        assert len(refused) + stored == 10
        assert refused
        assert "waiting" in refused[0].message
        assert len(await store.scan(Scan(ALL, Range(), limit=10**6))) == stored * 400
        await store.append(many(5000, 100_000))  # larger than the queue, but the queue is empty
        assert store.stats().queued_points == 0
        await store.close()

    async def test_a_malformed_batch_spoils_nothing_for_others(self, store: DuckdbStore) -> None:
        surrogate = batch((1, T0, float("nan"), 0, "\ud800"))
        early = batch_of([1], [-(2**62)], [1.0], [0], T0)
        ragged = Batch(ids(1, 2), np.array([T0]), np.array([1.0]), np.array([0], np.uint8), T0)
        answers = await asyncio.gather(
            store.append(batch((5, T0, 5.0))),
            store.append(surrogate),
            store.append(early),
            store.append(ragged),
            store.append(batch((6, T0, 6.0))),
            return_exceptions=True,
        )
        assert [type(a) for a in answers] == [
            type(None), Invalid, Invalid, ValueError, type(None),
        ]  # fmt: skip
        assert points(await store.scan(Scan(ALL, Range()))) == [(5, T0, 5.0), (6, T0, 6.0)]


class TestRead:
    async def test_a_cancelled_question_frees_its_reader(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "t.duckdb", readers=1)
        await store.open()
        await store.append(many(300_000))
        question = Rollup(ALL, Range(), ("avg", "first", "last"), width_us=US)
        tasks = [asyncio.create_task(store.rollup(question)) for _ in range(20)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert len(await asyncio.wait_for(store.latest(ids(1)), 5)) == 1
        await store.close()

    async def test_reads_beside_moves_always_see_everything(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "t.duckdb", move_rows=50, sort_rows=200)
        await store.open()
        done = 0

        async def write() -> None:
            nonlocal done
            for n in range(60):
                await store.append(many(40, n * 40))
                done = (n + 1) * 40

        writing = asyncio.create_task(write())
        while not writing.done():
            before = done
            found = len(await store.scan(Scan(ALL, Range(), limit=10**6)))
            assert before <= found <= done + 40
            counted = await store.rollup(Rollup(ALL, Range(), ("count",), width_us=DAY))
            assert counted.values["count"].sum() >= found
        await writing
        await store.close()


class TestKeeping:
    async def test_an_old_hot_table_is_moved_by_age(self, tmp_path: Path) -> None:
        store = DuckdbStore(tmp_path / "t.duckdb", move_after_s=0.05)
        await store.open()
        await store.append(many(10))
        await until(lambda: store.stats().hot_points == 0)
        assert store.stats().points == 10
        await store.close()

    async def test_quiet_months_become_one_table(self, tmp_path: Path) -> None:
        clock = ManualClock(from_iso("2026-01-07T00:00:00Z"))
        store = DuckdbStore(tmp_path / "t.duckdb", clock=clock)
        await store.open()
        for day in range(3):
            await store.append(batch((1, T0 + day * DAY, float(day)), (2, T0 + day * DAY, 0.0)))
            await store.settle()
        assert tables(store) == ["p_20260105", "p_20260106", "p_20260107"]
        clock.advance(70 * 86_400)
        await store.settle()
        assert tables(store) == ["m_202601"]
        await store.append(batch((1, T0, 9.0), (1, T0 + HOUR, 8.0)))
        await store.settle()
        assert tables(store) == ["m_202601"]
        found = [value for _, _, value in points(await store.scan(Scan(ids(1), Range())))]
        assert found == [9.0, 8.0, 1.0, 2.0]
        await store.close()

    async def test_points_of_wild_clocks_make_few_tables(self, store: DuckdbStore) -> None:
        wild = [from_iso(f"{year:04d}-06-01T00:00:00Z") for year in range(1, 10_000, 7)]
        wild += [from_iso("2090-01-01T00:00:00Z") + day * DAY for day in range(365)]
        wild.sort()
        await store.append(batch(*((1, ts, 1.0) for ts in wild)))
        assert await store.settle() == len(wild)
        assert len(tables(store)) < 50
        assert len(await store.scan(Scan(ids(1), Range(), limit=10_000))) == len(wild)

    async def test_retention_drops_whole_days(self, tmp_path: Path) -> None:
        clock = ManualClock(from_iso("2026-01-12T00:00:00Z"))
        store = DuckdbStore(tmp_path / "t.duckdb", clock=clock)
        await store.open()
        await store.append(batch(*((s, T0 + d * DAY, 1.0) for d in range(6) for s in (1, 2))))
        await store.settle()
        assert await store.delete(None, Range(None, from_iso("2026-01-08T00:00:00Z"))) == 6
        assert tables(store) == ["p_20260108", "p_20260109", "p_20260110"]
        assert store.stats().oldest_us == T0 + 3 * DAY
        assert store.stats().points == 6
        await store.close()


def tables(store: DuckdbStore) -> list[str]:
    """The history tables there are."""
    assert store._open is not None
    return sorted(store._open._catalog.pieces)


class TestCompaction:
    async def test_the_file_gives_back_what_a_resort_freed(self, tmp_path: Path) -> None:
        path = tmp_path / "telemetry.duckdb"
        store = DuckdbStore(path, move_rows=100_000, compact_mb=1)
        await store.open()
        for _ in range(2):  # all of it twice, so that a move replaces what came before
            for some in many_points(400_000):
                await store.append(some)
        wanted = Scan(np.arange(4, dtype=np.uint32), Range(), limit=1_000_000)
        before = await store.scan(wanted)
        assert await store.settle() == 400_000
        largest = max(path.stat().st_size, 1)
        await store.delete(np.array([0, 1, 2], np.uint32), Range())
        assert await store.settle() == 100_000
        assert path.stat().st_size < largest / 2
        after = await store.scan(wanted)
        kept = before.series == 3
        assert after.ts.tolist() == before.ts[kept].tolist()
        assert after.value.tolist() == before.value[kept].tolist()
        await store.close()

    async def test_points_come_in_meanwhile(self, tmp_path: Path) -> None:
        path = tmp_path / "telemetry.duckdb"
        store = DuckdbStore(path, move_rows=50_000, compact_mb=0)
        await store.open()
        settled = asyncio.create_task(store.settle())
        rows = 0
        for some in many_points(300_000):
            await store.append(some)
            rows += len(some)
            if settled.done():
                settled = asyncio.create_task(store.settle())
        await settled
        assert await store.settle() == rows
        await store.close()


def many_points(rows: int) -> list[Batch]:
    """Four series with values that hardly compress, in batches of 20 000."""
    chance = np.random.default_rng(1)
    numbers = np.tile(np.arange(4, dtype=np.uint32), 5_000)
    return [
        Batch(
            numbers,
            T0 + (first + np.repeat(np.arange(5_000), 4)) * 100_000,
            chance.standard_normal(20_000),
            np.zeros(20_000, np.uint8),
            T0,
        )
        for first in range(0, rows // 4, 5_000)
    ]


class TestFailure:
    @pytest.fixture
    def small_disk(self, tmp_path: Path) -> Iterator[Path]:
        """A real file system of 24 MB that can be filled and grown."""
        place = tmp_path / "disk"
        place.mkdir()
        if (
            os.geteuid() != 0
            or subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place],
                check=False,
                capture_output=True,
            ).returncode
        ):
            pytest.skip("mounting a small tmpfs needs root")
        yield place
        subprocess.run(["umount", place], check=True)

    async def test_a_full_disk_loses_nothing_and_heals(self, small_disk: Path) -> None:
        store = DuckdbStore(
            small_disk / "t.duckdb", memory_limit_mb=256, move_rows=100_000, min_free_mb=0
        )
        await store.open()
        stored: list[int] = []
        failed: list[str] = []
        for n in range(60):
            try:
                await store.append(many(50_000, n * 50_000))
            except Unavailable as error:
                failed.append(error.message)
            else:
                stored.append(n)
        assert failed
        assert {"the disk is full" in message for message in failed} == {True}, failed
        assert "the disk is full" in (store.stats().degraded or "")

        grow = ["mount", "-o", "remount,size=200m", str(small_disk)]
        await asyncio.to_thread(subprocess.run, grow, check=True)
        await store.append(many(50_000, 100 * 50_000))
        stored.append(100)
        await until(lambda: store.stats().degraded is None)
        await self.check(store, stored)
        await store.close()
        await store.open()
        await self.check(store, stored)
        await store.close()

    async def check(self, store: DuckdbStore, stored: list[int]) -> None:
        """Each batch stored is there whole, and no other."""
        answer = await store.rollup(
            Rollup(ALL, Range(), ("count",), width_us=50_000 * US, origin_us=T0)
        )
        found = dict.fromkeys(answer.start.tolist(), 0.0)
        for start, count in zip(answer.start.tolist(), answer.values["count"], strict=True):
            found[start] += count
        assert found == {T0 + n * 50_000 * US: 50_000.0 for n in sorted(stored)}

    async def test_a_failed_commit_reaches_its_group_only(
        self, store: DuckdbStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await store.append(batch((1, T0, 1.0)))
        fails = True
        honest = Session.do

        def do(session: Session, statement: str, given: Columns | None = None) -> int:
            if fails and statement.startswith("INSERT INTO hot"):
                raise duckdb.IOException("IO Error: Could not write: No space left on device")
            return honest(session, statement, given)

        monkeypatch.setattr(Session, "do", do)
        with pytest.raises(Unavailable, match="the disk is full") as caught:
            await store.append(batch((1, T0, 2.0)))
        assert caught.value.retry_after_s > 1
        assert store.stats().degraded == "New points cannot be stored: the disk is full"
        fails = False
        await store.append(batch((2, T0, 3.0)))
        assert store.stats().degraded is None
        assert points(await store.scan(Scan(ALL, Range()))) == [(1, T0, 1.0), (2, T0, 3.0)]

    async def test_a_fatal_error_opens_the_file_again(
        self, store: DuckdbStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await store.append(batch((1, T0, 1.0), (2, T0, float("nan"), 2, "x")))
        fatal = True
        honest = Session.do

        def do(session: Session, statement: str, given: Columns | None = None) -> int:
            nonlocal fatal
            answer = honest(session, statement, given)
            if fatal and statement.startswith("INSERT INTO hot"):
                fatal = False
                raise duckdb.FatalException("FATAL Error: the log could not be synced")
            return answer

        monkeypatch.setattr(Session, "do", do)
        with pytest.raises(Unavailable, match="could not be synced"):
            await store.append(batch((1, T0, 2.0), (1, T0 + 1, 2.0)))
        await store.append(batch((3, T0, 3.0)))
        answer = rows(await store.scan(Scan(ALL, Range())))
        assert [repr(row) for row in answer] == [
            repr((1, T0, 1.0, 0, None)),
            repr((2, T0, float("nan"), 2, "x")),
            repr((3, T0, 3.0, 0, None)),
        ]
        assert await store.settle() == 3

    async def test_a_move_that_fails_is_tried_again(
        self, store: DuckdbStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await store.append(batch((1, T0, 1.0)))
        await store.append(batch((1, T0, 2.0), (1, T0 + US, 3.0)))
        fails = True
        honest = Session.do

        def do(session: Session, statement: str, given: Columns | None = None) -> int:
            if fails and statement.startswith("DROP TABLE hot"):
                raise duckdb.IOException("IO Error: No space left on device")
            return honest(session, statement, given)

        monkeypatch.setattr(Session, "do", do)
        settling = asyncio.create_task(store.settle())
        await until(lambda: store.stats().degraded is not None)
        assert "history" in (store.stats().degraded or "")
        await settling
        found = points(await store.scan(Scan(ids(1), Range())))
        assert found == [(1, T0, 2.0), (1, T0 + US, 3.0)]
        assert await store.delete(ids(1), Range(T0 + US, None)) == 1
        fails = False
        await until(lambda: store.stats().degraded is None)
        assert await store.settle() == 1
        assert points(await store.scan(Scan(ids(1), Range()))) == [(1, T0, 2.0)]
