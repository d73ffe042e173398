"""The simulated plant beside this very server, for somebody who looks around: one click, no shell.

It is the same as of `twinedge demo`, in a child process that sets everything up through our own
REST API and ends with us. It is never mixed with what a real plant has sent.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog

from twinedge.access.model import NewKey
from twinedge.access.service import Access
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict, NotFound, TwinEdgeError

KEY_NAME = "demo plant, while it is set up"
_KEY_S = 900
_MARK = "demo.json"
"""What a demo leaves in its data directory; whoever started one here may start it again."""
_LINE_MAX_BYTES = 1 << 16
_END_S = 15.0
_log = structlog.get_logger(__name__)


class DemoState(StrEnum):
    """`running` from the moment values arrive; the model is still being made then."""

    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DemoStatus:
    """How it stands. `step` and `error` are for people."""

    state: DemoState
    step: str
    error: str | None
    is_ours: bool
    """Whether this data directory is a demo's, so that starting it again mixes nothing."""


class DemoPlant:
    """At most one child; it ends when we close its stdin or die."""

    def __init__(
        self, access: Access, data_dir: Path, clock: Clock, is_empty: Callable[[], bool]
    ) -> None:
        """is_empty: whether the server has neither data sources nor values."""
        self._access = access
        self._data_dir = data_dir
        self._clock = clock
        self._is_empty = is_empty
        self._state, self._step = DemoState.OFF, ""
        self._error: str | None = None
        self._task: asyncio.Task[None] | None = None

    def status(self) -> DemoStatus:
        mark = self._data_dir / _MARK
        if self._state is DemoState.OFF and _runs(mark):
            return DemoStatus(DemoState.RUNNING, "", None, True)
        return DemoStatus(self._state, self._step, self._error, mark.exists())

    def start(self, url: str, seed: int) -> DemoStatus:
        """Begin; ask for the status until it is running. url: where the child reaches us.

        Raises Conflict while it runs, and beside data of a real plant.
        """
        if self.status().state in {DemoState.STARTING, DemoState.RUNNING}:
            raise Conflict("the demo plant is running already")
        if not self.status().is_ours and not self._is_empty():
            raise Conflict(
                "this server has data sources or values already, and the demo plant would mix with "
                "them; `twinedge demo` starts it with a server of its own"
            )
        self._state, self._step, self._error = DemoState.STARTING, "starting the plant", None
        self._task = asyncio.create_task(self._life(url, seed), name="demo plant")
        return self.status()

    async def stop(self) -> None:
        """End the plant; its data sources stay, and say that nobody answers.

        One that `twinedge demo` runs beside us is not ours to end.
        """
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task})
        self._state, self._step, self._error = DemoState.OFF, "", None

    async def _life(self, url: str, seed: int) -> None:
        try:
            await self._play(url, seed)
        except (TwinEdgeError, OSError) as error:  # no key, or no process
            self._error = error.message if isinstance(error, TwinEdgeError) else str(error)
        self._state = DemoState.FAILED
        _log.warning("demo_plant_failed", error=self._error)

    async def _play(self, url: str, seed: int) -> None:
        """One life of the child, and of the key it sets up with; returns when it has ended."""
        expires_us = self._clock.now_us() + _KEY_S * US
        key, token = await self._access.create(NewKey(KEY_NAME, ("admin",), expires_us=expires_us))
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "twinedge.demo.beside", url, str(self._data_dir), str(seed)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE_MAX_BYTES,
            start_new_session=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(token.encode() + b"\n")
            while line := await child.stdout.readline():
                news = json.loads(line)
                self._step = news.get("step", self._step)
                self._error = news.get("error")
                if "live" in news:
                    self._state = DemoState.RUNNING
                    _log.info("demo_plant_running", tags=news["live"])
                if "done" in news:
                    self._step = ""
                    await self._forget(key.id)
            self._error = self._error or "the plant's process ended; its logs are in logs/"
        finally:
            child.stdin.close()
            await _end(child)
            await self._forget(key.id)

    async def _forget(self, key_id: str) -> None:
        try:
            await self._access.delete(key_id)
        except NotFound:
            return  # by us a moment ago, or by hand


def _runs(mark: Path) -> bool:
    """Whether `twinedge demo` plays in this directory, as it notes itself there."""
    try:
        pid = int(json.loads(mark.read_text())["pid"])
        return b"twinedge" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return False


async def _end(child: asyncio.subprocess.Process) -> None:
    """Wait until it has ended by itself; kill it if it does not."""
    try:
        async with asyncio.timeout(_END_S):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()
