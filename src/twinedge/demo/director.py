"""Runs the plant: one second of physics a second, its frames to the three servers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from twinedge.demo.children import ServerChild
from twinedge.demo.faults import Fault, FaultBook
from twinedge.demo.plant import STEP_S, Plant, Value
from twinedge.demo.tags import SERVERS, ServerName, plant_tags
from twinedge.kit.clock import US, Clock, SystemClock
from twinedge.kit.errors import Invalid

_LAG_MAX_S = 5.0
Past = list[tuple[int, dict[str, Value]]]
"""Readings by key at points of time (microseconds since 1970 UTC), oldest first."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """One protocol server now."""

    name: str
    state: str
    port: int
    pid: int | None
    restarts: int


class Director:
    """The plant, its faults and its servers. Plant time starts at 0 and knows no wall clock: the
    same seed gives the same values second by second, on any day."""

    def __init__(
        self,
        seed: int,
        ports: Mapping[ServerName, int],
        log_dir: Path,
        scheduled: bool = True,
        clock: Clock | None = None,
    ) -> None:
        self.seed = seed
        self._clock = clock or SystemClock()
        self._book = FaultBook(seed, scheduled)
        self._plant: Plant | None = None
        self._past: Past = []
        self._born = asyncio.Event()
        self._children = {
            name: ServerChild(name, ports[name], log_dir / f"{name}.log", clock=self._clock)
            for name in SERVERS
        }

    async def run(self) -> None:
        """Play until cancelled; then every server is ended and waited for."""
        async with asyncio.TaskGroup() as group:
            for child in self._children.values():
                group.create_task(child.run(), name=f"demo {child.name}")
            group.create_task(self._play(), name="demo plant")

    async def wait_ready(self) -> None:
        """Return when all three servers take clients. Raises TimeoutError."""
        for child in self._children.values():
            await child.wait_ready()

    @property
    def elapsed_s(self) -> float:
        """Plant time: 0 when it begins."""
        return self._plant.elapsed_s if self._plant is not None else 0.0

    async def past(self) -> Past:
        """What was read before the plant's time began, for a server that knows nothing yet."""
        await self._born.wait()
        return self._past

    def ports(self) -> dict[ServerName, int]:
        return {name: child.port for name, child in self._children.items()}

    def servers(self) -> list[ServerStatus]:
        """The state of each server, in a fixed order."""
        return [
            ServerStatus(child.name, child.state, child.port, child.pid, child.restarts)
            for child in self._children.values()
        ]

    def faults(self) -> list[Fault]:
        """The faults under way, oldest first."""
        return self._book.under_way()

    def next_fault(self) -> Fault | None:
        """The next one of the schedule, if there is to be one."""
        return self._book.coming(self.elapsed_s)

    def start_fault(self, kind: str, asset_id: str) -> Fault:
        """Begin a fault by hand. Raises Invalid or Conflict."""
        return self._book.start(kind, asset_id, self.elapsed_s)

    def clear_faults(self, kind: str | None = None, asset_id: str | None = None) -> int:
        """End the faults that match; returns how many."""
        return self._book.clear(self.elapsed_s, kind, asset_id)

    def quiet(self, seconds: float) -> None:
        """No scheduled fault begins for so long."""
        self._book.quiet(self.elapsed_s, seconds)

    async def stop_server(self, name: str) -> None:
        """Kill a server and keep it down. Raises Invalid for a name there is not."""
        await self._child(name).stop()

    async def start_server(self, name: str) -> None:
        """Bring a server up again; returns when it takes clients. Raises Invalid."""
        await self._child(name).start()

    def _child(self, name: str) -> ServerChild:
        for known, child in self._children.items():
            if known == name:
                return child
        raise Invalid.at("name", f"there is no server {name!r}; there are: {', '.join(SERVERS)}")

    async def _play(self) -> None:
        """Step and send on a fixed grid; after a longer sleep of the machine, go on from now."""
        plant = self._plant = await asyncio.to_thread(Plant, self.seed)
        now_us = self._clock.now_us()
        self._past = [(now_us + round(s * US), values) for s, values in plant.past]
        plant.past.clear()
        self._born.set()
        due_s = self._clock.monotonic_s()
        while True:
            values = plant.advance(self._book.effects(plant.elapsed_s))
            ts = self._clock.now_us()
            for name, child in self._children.items():
                child.send(ts, [values[t.key] for t in plant_tags() if t.server == name])
            due_s += STEP_S
            behind_s = self._clock.monotonic_s() - due_s
            if behind_s > _LAG_MAX_S:
                due_s += behind_s
            await asyncio.sleep(max(0.0, -behind_s))
