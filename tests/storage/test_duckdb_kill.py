"""kill -9: whatever was acknowledged is there, once."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.storage.appender import TASKS, point
from twinedge.storage.duckdb import DuckdbStore
from twinedge.telemetry.model import Range, Scan


def run_until_killed(path: Path, first: int, after_s: float, *more: str) -> list[int]:
    """The numbers acknowledged by an appender that lived for so long after its first one."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.appender", str(path), str(first), *more],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        time.sleep(after_s)
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    return [int(line) for line in lines if line.endswith("\n")]


async def killed(folder: Path, times: int, *more: str) -> None:
    path = folder / "telemetry.duckdb"
    chance = random.Random(1)
    acknowledged: set[int] = set()
    for _ in range(times):
        first = (max(acknowledged, default=-1) // TASKS + 3) * TASKS
        acknowledged |= set(run_until_killed(path, first, chance.uniform(0.0, 0.25), *more))
    assert len(acknowledged) > times * 5

    store = DuckdbStore(path)
    await store.open()
    history = store.stats().points - store.stats().hot_points
    assert history > 0, "no kill can have met a move"
    for _ in ("as found", "settled"):
        answer = await store.scan(Scan(np.arange(7, dtype=np.uint32), Range(), limit=1_000_000))
        keys = list(zip(answer.series.tolist(), answer.ts.tolist(), strict=True))
        assert len(keys) == len(set(keys)), "a point is there twice"
        found = dict(zip(keys, answer.value.tolist(), strict=True))
        assert [n for n in sorted(acknowledged) if found.get(point(n)) != n] == []
        assert await store.settle() == len(keys)
    await store.close()


class TestKill:
    async def test_nothing_acknowledged_is_lost_in_10_kills(self, tmp_path: Path) -> None:
        await killed(tmp_path, 10)

    async def test_nothing_is_lost_when_kills_meet_sorting_and_compaction(
        self, tmp_path: Path
    ) -> None:
        await killed(tmp_path, 10, "settling")

    @pytest.mark.slow
    @pytest.mark.timeout(600)
    async def test_nothing_acknowledged_is_lost_in_100_kills(self, tmp_path: Path) -> None:
        await killed(tmp_path, 100)

    @pytest.mark.slow
    @pytest.mark.timeout(600)
    async def test_nothing_is_lost_when_100_kills_meet_compaction(self, tmp_path: Path) -> None:
        await killed(tmp_path, 100, "settling")
