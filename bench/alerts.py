"""Alert latency: 10 000 rules, 50 000 points/s, from the point published to the notice on disk.

Prints p50, p99 and the worst latency, and the CPU the evaluation takes of one core. Every second a
few tags step over their limits; the rest is noise below it. Then 5 000 tags step over at once, and
back: how many messages, how long, how much CPU.
"""

import asyncio
import random
import tempfile
import time
from pathlib import Path

import numpy as np
from sqlalchemy import delete, func, select

from twinedge.alerts.model import Condition, Operator, Rule, Severity, Threshold
from twinedge.alerts.room import AlertRoom, open_room
from twinedge.alerts.store.tables import ChannelRow, DeliveryRow, RuleRow, SubjectRow
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import SystemClock
from twinedge.telemetry.model import Batch, Buckets, Range, Rollup, Scan, Series, batch_of
from twinedge.telemetry.stream import Stream

RULES = 10_000
RATE = 50_000
BATCH = 1_000
SECONDS = 20
STEPS_PER_S = 20
LOST = 5_000


class NoPoints:
    """A store with nothing in it: the points of this run are only published."""

    async def scan(self, question: Scan) -> Batch:
        return batch_of([], [], [], [], 0)

    async def latest_before(self, series: Series, ts: int) -> Batch:
        return batch_of([], [], [], [], 0)

    async def rollup(self, question: Rollup) -> Buckets:
        raise NotImplementedError

    async def extent(self, series: Series) -> Range | None:
        return None


async def _room(path: Path) -> tuple[AlertRoom, Database, Stream, np.ndarray]:
    clock = SystemClock()
    db = Database(f"sqlite:///{path / 'twinedge.db'}")
    db.migrate()
    register = Register(db, clock)
    wanted = [NewTag(f"asset{n:05d}", f"tag{n % 50}", Kind.NUMBER) for n in range(RULES)]
    tags = await register.ensure(wanted)

    def fill(session) -> None:
        for n, tag in enumerate(wanted):
            condition = Condition(Threshold(tag.tag_name, Operator.GT, 80.0))
            row = RuleRow(id=f"r{n}")
            row.take(
                Rule(f"r{n}", f"R{n}", Severity.WARNING, condition, asset_id=tag.asset_id,
                     notifications=("email",))
            )  # fmt: skip
            session.add(row)
        channel = session.get(ChannelRow, "email")
        channel.enabled, channel.config = True, {"to": ["a@plant.example"]}
        channel.options = {"max_per_minute": 10_000}

    await db.write(fill)
    stream = Stream()
    room = open_room(db, Vault(b"k" * 32), register, NoPoints(), stream, clock, {}, link_key=b"x")
    room.worker._deliver = asyncio.Event().wait
    return room, db, stream, np.array([tag.series for tag in tags], np.uint32)


async def _run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room, db, stream, series = await _room(Path(folder))
        started = time.perf_counter()
        await room.worker.start()
        print(f"{RULES} rules loaded in {time.perf_counter() - started:.2f} s")
        published: dict[tuple[str, int], float] = {}
        latencies: list[float] = []
        original = room.evaluation._write_transitions

        async def timed(transitions, burst) -> None:
            await original(transitions, burst)
            now = time.perf_counter()
            for t in transitions:
                at = published.pop((t.key[0], t.ts), None)
                if at is not None:
                    latencies.append(now - at)

        room.evaluation._write_transitions = timed
        rng, rows = random.Random(1), np.random.default_rng(1)
        cpu, begin, sent, over = time.process_time(), time.perf_counter(), 0, set()
        spent = 0.0
        while (elapsed := time.perf_counter() - begin) < SECONDS:
            while sent < elapsed * RATE:
                made = time.process_time()
                chosen = rows.permutation(len(series))[:BATCH]
                now = time.time_ns() // 1000
                value = rows.normal(60.0, 3.0, BATCH)
                for n in over & set(chosen.tolist()):
                    value[np.flatnonzero(chosen == n)] = 95.0
                step = rng.random() < STEPS_PER_S * BATCH / RATE
                if step:
                    n = int(chosen[0])
                    value[0] = 50.0 if n in over else 95.0
                    over ^= {n}
                    published[(f"r{n}", now)] = time.perf_counter()
                batch = Batch(
                    series[chosen], np.full(BATCH, now), value, np.zeros(BATCH, np.uint8), now
                )
                spent += time.process_time() - made
                stream.publish(batch)
                sent += BATCH
                await asyncio.sleep(0)
            await asyncio.sleep(0.001)
        took = time.perf_counter() - begin
        cpu = time.process_time() - cpu - spent
        await asyncio.sleep(1)
        await room.worker.stop()
        bursts = [await _burst(room, db, series, value) for value in (95.0, 50.0)]
        db.close()
    p50, p99 = (np.percentile(latencies, q) * 1000 for q in (50, 99))
    print(
        f"{sent / took:,.0f} points/s, {len(latencies)} transitions: p50 {p50:.1f} ms, "
        f"p99 {p99:.1f} ms, worst {max(latencies) * 1000:.1f} ms; "
        f"CPU {100 * cpu / took:.0f} % of a core"
    )
    for word, (seconds, cpu_s, messages) in zip(("over", "back"), bursts, strict=True):
        print(
            f"{LOST} tags {word} at once: booked and queued in {seconds:.2f} s, {cpu_s:.2f} CPU s, "
            f"{messages} messages now, the rest in one a minute later"
        )


async def _burst(
    room: AlertRoom, db: Database, series: np.ndarray, value: float
) -> tuple[float, float, int]:
    """5 000 tags, each with a rule of its own, step to this value in one batch.

    (seconds, CPU seconds, messages to send now); the storm cap holds the rest for one summary.
    """

    def calm(session) -> None:
        session.execute(delete(SubjectRow))
        session.execute(delete(DeliveryRow))
        session.get(ChannelRow, "email").options = {}

    def count(session) -> int:
        pending = DeliveryRow.status == "pending"
        return session.scalar(select(func.count()).select_from(DeliveryRow).where(pending))

    await db.write(calm)
    begin, cpu = time.perf_counter(), time.process_time()
    now = time.time_ns() // 1000
    batch = Batch(
        series[:LOST], np.full(LOST, now), np.full(LOST, value), np.zeros(LOST, np.uint8), now
    )
    await room.evaluation.feed([batch])
    spent = time.perf_counter() - begin, time.process_time() - cpu
    return *spent, await db.read(count)


def main() -> None:
    """Run and print."""
    asyncio.run(_run())


if __name__ == "__main__":
    main()
