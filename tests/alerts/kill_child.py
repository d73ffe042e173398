"""A plant's alerting in a process of its own, to be killed: it stores, judges, reminds, delivers.

    python -m tests.alerts.kill_child DIRECTORY LAST_STEP

Goes on after the newest stored point, so points stored but not judged are the room's to find.
What is delivered is appended to `told.jsonl` before the notifier answers, as a receiver that the
kill does not touch would have it. Prints a line when it has come up, and one at the end.
"""

import asyncio
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.alerts.rig import RecordConfig
from twinedge.alerts.bodies import RuleBody
from twinedge.alerts.ports import Message
from twinedge.alerts.room import AlertRoom, open_room
from twinedge.alerts.service.channels import NewChannel
from twinedge.alerts.store.alerts import AlertFilter
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import US, ManualClock, from_iso
from twinedge.kit.errors import Fault
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
    {"any": [{"tag_name": "t", "operator": "outside", "value": [1, 9]},
             {"tag_name": "u", "operator": "eq", "value": 0}]},
    {"tag_name": "t", "operator": "gte", "value": 1, "clear_duration_seconds": 20},
]  # fmt: skip
GROUPED = 4
"""The number of the rule whose assets share an alert."""
STANDING = 5
"""The number of the rule whose alerts stay long enough to be repeated and escalated."""


def values(step: int, count: int) -> list[float]:
    """The same plant in every run: what is measured at a step."""
    rng = random.Random(step // 4)
    return [float(rng.randint(0, 10)) for _ in range(count)]


@dataclass
class Receiver:
    """Somebody outside who writes down what arrives, whole, before answering."""

    path: Path
    kind: str = "email"
    config: type[RecordConfig] = RecordConfig

    async def check(self, config: RecordConfig) -> list[Fault]:
        return []

    async def send(self, config: RecordConfig, message: Message) -> str:
        told = {"id": message.id, "title": message.title, "text": message.text,
                "payload": message.payload}  # fmt: skip
        with self.path.open("a") as file:
            file.write(json.dumps(told) + "\n")
        await asyncio.sleep(0)
        return "ok"


async def _make_rules(room: AlertRoom) -> None:
    if not (await room.channels.get("email")).configured:
        options = {"max_per_minute": 10_000}
        await room.channels.create(None, NewChannel("email", "email", {"to": "x"}, True, options))
    for number, condition in enumerate(RULES):
        if f"r{number}" not in room.evaluation.rules:
            steps = [{"after_seconds": after, "notifications": ["email"]} for after in (60, 90)]
            more = {"repeat_seconds": 60, "escalation": steps} if number == STANDING else {}
            body = RuleBody(
                id=f"r{number}", name=f"R{number}", severity="info", condition=condition,
                notifications=["email"], group_by="rule" if number == GROUPED else None, **more,
            )  # fmt: skip
            await room.rules.create(body)


async def _people(room: AlertRoom, step: int) -> None:
    """What people do at this step; done again after a kill it changes nothing more."""
    alerts, _ = await room.alerts.list(AlertFilter(), 0, 100)
    of_interest = [a for a in alerts if a.is_open and a.rule_id in ("r0", f"r{STANDING}")]
    of_interest.sort(key=lambda alert: alert.key)
    if step % 40 == 20 and of_interest and of_interest[0].shelved_until_us is None:
        await room.alerts.shelve(of_interest[0].id, 15, None, "known", "Ada")
    if step % 50 == 30 and of_interest:
        await room.alerts.acknowledge(of_interest[-1].id, "Ada", None)


async def _by_the_clock(room: AlertRoom, step: int) -> None:
    """Chores and people. Also done after a kill, since nobody knows how far the step got."""
    await room.worker._do_chores()
    await _people(room, step)


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
    room = open_room(
        db, Vault(b"k" * 32), register, store, Stream(), clock,
        {"email": Receiver(path / "told.jsonl")}, link_key=b"secret",
    )  # fmt: skip
    await room.evaluation.start()
    if step == 0:
        await _make_rules(room)
        await room.evaluation.checkpoint()
    await _by_the_clock(room, step)
    print("up", flush=True)
    while step < last:
        step += 1
        clock.advance(1)
        ts = BASE + step * US
        numbers = values(step, len(series))
        batch = batch_of(series.tolist(), [ts] * len(series), numbers, [0] * len(series), ts)
        await store.append(batch)
        await room.evaluation.feed([batch])
        await _by_the_clock(room, step)
        if step % 3 == 0:
            await room.worker.deliver_due()
        if step % 7 == 0:
            await room.evaluation.checkpoint()
    while await room.worker.deliver_due():
        pass
    print("done", flush=True)
    await store.close()
    db.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))
