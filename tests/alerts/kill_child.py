"""A plant's alerting in a process of its own, to be killed: stores points, judges them, repeats.

    python -m tests.alerts.kill_child DIRECTORY LAST_STEP

Goes on after the newest stored point, so points stored but not judged are the room's to find.
Prints a line when it has come up, and one at the end.
"""

import asyncio
import random
import sys
from pathlib import Path

import numpy as np

from twinedge.alerts.bodies import RuleBody
from twinedge.alerts.room import open_room
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import US, ManualClock, from_iso
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry.model import batch_of
from twinedge.telemetry.stream import Stream

BASE = from_iso("2026-01-06T12:00:00Z")
ASSETS = [f"p{i}" for i in range(6)]
RULES = [
    {"tag_name": "t", "operator": "gt", "value": 7},
    {"tag_name": "t", "operator": "gt", "value": 5, "duration_seconds": 3, "deadband": 2},
    {"all": [{"tag_name": "t", "operator": "gt", "value": 4},
             {"tag_name": "u", "operator": "lt", "value": 6}], "clear_duration_seconds": 2},
    {"tag_name": "u", "rate_of_change": {"per": "second", "window_seconds": 3},
     "operator": "gt", "value": 1},
]  # fmt: skip


def values(step: int, count: int) -> list[float]:
    """The same plant in every run: what is measured at a step."""
    rng = random.Random(step // 4)
    return [float(rng.randint(0, 10)) for _ in range(count)]


async def run(path: Path, last: int) -> None:
    db = Database(f"sqlite:///{path / 'twinedge.db'}")
    db.migrate()
    clock = ManualClock(BASE)
    register = Register(db, clock)
    await register.load()
    store = DuckdbStore(path / "telemetry.duckdb", memory_limit_mb=128)
    await store.open()
    tags = await register.ensure(
        [NewTag(asset, name, Kind.NUMBER) for asset in ASSETS for name in ("t", "u")]
    )
    series = np.array([tag.series for tag in tags], np.uint32)
    newest = await store.latest(series)
    step = int((newest.ts.max() - BASE) // US) if len(newest) else 0
    clock.advance(step)
    room = open_room(db, Vault(b"k" * 32), register, store, Stream(), clock, {}, link_key=b"secret")
    await room.evaluation.start()
    if step == 0:
        for number, condition in enumerate(RULES):
            if f"r{number}" not in room.evaluation.rules:
                body = RuleBody(
                    id=f"r{number}", name=f"R{number}", severity="info", condition=condition,
                    notifications=["email"],
                )  # fmt: skip
                await room.rules.create(body)
        await room.evaluation.checkpoint()
    print("up", flush=True)
    while step < last:
        step += 1
        clock.advance(1)
        ts = BASE + step * US
        numbers = values(step, len(series))
        batch = batch_of(series.tolist(), [ts] * len(series), numbers, [0] * len(series), ts)
        await store.append(batch)
        await room.evaluation.feed([batch])
        if step % 7 == 0:
            await room.evaluation.checkpoint()
    print("done", flush=True)
    await store.close()
    db.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))
