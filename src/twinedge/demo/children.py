"""Child processes of the demo: started, fed, restarted when they crash, never left behind."""

import asyncio
import json
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from twinedge.demo.servers.feed import Value, write_frame
from twinedge.demo.tags import ServerName
from twinedge.kit.clock import Clock, SystemClock
from twinedge.kit.errors import TwinEdgeError

RESTART_S = 1.0
READY_S = 30.0
_UNSENT_MAX_BYTES = 256 * 1024


class PortTaken(TwinEdgeError):
    """A server's port is used by somebody else."""


def free_port(preferred: int) -> int:
    """The preferred port on loopback if nobody has it, else one the system picks."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PortTaken("no free port on 127.0.0.1")


class ServerChild:
    """One protocol server as a child process.

    `run` keeps it up until cancelled: after a crash it is back RESTART_S later, after `stop` only
    by `start`. It is ready once it shows a frame. Frames are sent at most once: while it is down
    or too slow they are dropped, but a new life begins with the newest. The child ends when its
    stdin closes, so it never outlives us, however we die.
    """

    def __init__(
        self,
        name: ServerName,
        port: int,
        log_path: Path,
        on_change: Callable[[], None] = lambda: None,
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        self.port = port
        self.restarts = 0
        self._log_path = log_path
        self._on_change = on_change
        self._clock = clock or SystemClock()
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._ready = asyncio.Event()
        self._down = asyncio.Event()
        self._down.set()
        self._process: asyncio.subprocess.Process | None = None
        self._newest: bytes | None = None

    @property
    def state(self) -> str:
        """running, starting, stopped (by hand) or restarting (after a crash)."""
        if self._ready.is_set():
            return "running"
        if not self._wanted.is_set():
            return "stopped"
        return "starting" if self._process is not None else "restarting"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def run(self) -> None:
        """Keep the server up until cancelled; then end it and wait for it."""
        while True:
            await self._wanted.wait()
            began_s = self._clock.monotonic_s()
            try:
                await self._once()
            finally:
                self._ready.clear()
                self._process = None
                self._down.set()
                self._on_change()
            if self._wanted.is_set():
                self.restarts += 1
                if self._clock.monotonic_s() - began_s < RESTART_S:
                    self.port = free_port(self.port)
                await asyncio.sleep(RESTART_S)

    async def wait_ready(self) -> None:
        """Return when clients may connect. Raises TimeoutError after READY_S."""
        async with asyncio.timeout(READY_S):
            await self._ready.wait()

    def send(self, ts: int, values: Sequence[Value]) -> None:
        """Hand one frame to the server, or drop it; the newest is what a new life begins with."""
        self._newest = write_frame(ts, values)
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return
        transport = process.stdin.transport
        if transport.get_write_buffer_size() < _UNSENT_MAX_BYTES:
            process.stdin.write(self._newest)

    async def stop(self) -> None:
        """Kill the server, as a power cut would, and keep it down."""
        self._wanted.clear()
        process = self._process
        if process is not None and process.returncode is None:
            process.kill()
        await self._down.wait()

    async def start(self) -> None:
        """Bring the server up again; returns when clients may connect."""
        self._wanted.set()
        await self.wait_ready()

    async def _once(self) -> None:
        """One life of the process."""
        self._down.clear()
        with self._log_path.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "twinedge.demo.servers", self.name, str(self.port),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is ours alone to handle
            )  # fmt: skip
        self._process = process
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            if self._newest is not None:
                process.stdin.write(self._newest)
            while line := await process.stdout.readline():
                self.port = int(json.loads(line)["ready"])
                self._ready.set()
                self._on_change()
            await process.wait()
        finally:
            await _end(process)


async def _end(process: asyncio.subprocess.Process, grace_s: float = 2.0) -> None:
    """Close stdin, give it a moment, then kill; returns when the process is gone."""
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is None:
        try:
            async with asyncio.timeout(grace_s):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
