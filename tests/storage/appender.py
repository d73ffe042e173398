"""A child process for the kill test: appends without end and prints what was acknowledged.

`python -m tests.storage.appender FILE FIRST [settling]` writes, from four tasks at once, numbered
points and a repeat of each point before (which must not make it two), and prints `number` after
each acknowledgement. Point n: series n % 7, ts = T0 + n s (late ones among them), value n.
Settling, it moves, sorts and compacts without end beside that.
"""

import asyncio
import sys
from pathlib import Path

from twinedge.kit.clock import US, from_iso
from twinedge.storage.duckdb import DuckdbStore
from twinedge.telemetry.model import Batch, batch_of

T0 = from_iso("2026-01-05T00:00:00Z")
TASKS = 4
MOVE_ROWS = 60


def point(number: int) -> tuple[int, int]:
    """The (series, ts) of a point; ts goes back and forth, and over many days."""
    return number % 7, T0 + (number ^ 5) * 3_607 * US


def numbered(number: int) -> Batch:
    """Point `number`, after the point of the same task before, once more."""
    keys = [point(max(number - TASKS, number % TASKS)), point(number)]
    values = [float(max(number - TASKS, number % TASKS)), float(number)]
    return batch_of([s for s, _ in keys], [ts for _, ts in keys], values, [0, 0], T0)


async def work(store: DuckdbStore, number: int) -> None:
    while True:
        await store.append(numbered(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += TASKS


async def settle(store: DuckdbStore) -> None:
    while True:
        await store.settle()


async def main(path: Path, first: int, is_settling: bool) -> None:
    store = DuckdbStore(
        path, memory_limit_mb=256, threads=1, move_rows=MOVE_ROWS, sort_rows=200, compact_mb=0
    )
    await store.open()
    tasks = [work(store, first + task) for task in range(TASKS)]
    await asyncio.gather(*tasks, *([settle(store)] if is_settling else []))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] == ["settling"]))
