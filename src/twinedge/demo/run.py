"""The life of a demo: plant, server, set-up, and an orderly end."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from twinedge.client import ApiError, Client, Unreachable
from twinedge.demo import begin, session
from twinedge.demo.children import free_port
from twinedge.demo.control import Control
from twinedge.demo.director import Director
from twinedge.demo.screen import Screen
from twinedge.kit.errors import TwinEdgeError

_SERVER_READY_S = 60.0
_SERVER_STOP_S = 15.0
_POLL_S = 0.1
_LAST_WORDS = 12


class ServerFailed(TwinEdgeError):
    """`twinedge serve` ended, or never became ready, although nobody asked it to end."""


class Demo:
    """One run: `twinedge serve` as a child, the plant beside it, tied to our life."""

    def __init__(
        self, host: str, port: int, data_dir: Path, seed: int, scheduled: bool, screen: Screen
    ) -> None:
        self._host = host
        self._port = port or free_port(0)
        self._data_dir = data_dir
        self._screen = screen
        self._log_dir = data_dir / "logs"
        self._log_dir.mkdir(parents=True, exist_ok=True)
        self._log_path = self._log_dir / "serve.log"
        self._log_began = 0
        self._director = Director(seed, session.choose_ports(data_dir), self._log_dir, scheduled)

    @property
    def url(self) -> str:
        """Where a client on this machine reaches the server."""
        host = "127.0.0.1" if self._host in {"0.0.0.0", "::"} else self._host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self._port}"

    async def run(self) -> None:
        """Play until SIGINT or SIGTERM; returns when every child is gone.

        Raises ServerFailed, or what the set-up met.
        """
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        server = await self._start_server()
        async with Control(self._director) as control:
            making = asyncio.create_task(self._begin(control), name="demo set-up")
            tasks: set[asyncio.Task[object]] = {
                making,
                asyncio.create_task(self._director.run(), name="demo plant"),
                asyncio.create_task(asked.wait(), name="demo end"),
                asyncio.create_task(self._watch(server), name="demo server"),
            }
            try:
                waiting = set(tasks)
                while making in waiting:
                    done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        task.result()
                    if done - {making}:
                        return
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                self._screen.say("stopping")
                making.cancel()
                await _stop(server)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _start_server(self) -> asyncio.subprocess.Process:
        """`twinedge serve`, out of reach of the terminal's Ctrl-C: we end it, in order."""
        self._log_path.touch(mode=0o600)
        self._log_began = self._log_path.stat().st_size
        with self._log_path.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "twinedge.demo.tether", str(os.getpid()),
                sys.executable, "-m", "twinedge", "serve",
                "--host", self._host, "--port", str(self._port),
                "--data-dir", str(self._data_dir),
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    async def _watch(self, server: asyncio.subprocess.Process) -> None:
        status = await server.wait()
        raise self._failed(f"the server ended with status {status}")

    async def _begin(self, control: Control) -> None:
        """Wait until everything stands, set it up, and greet."""
        self._screen.say("starting the server and the plant")
        await self._wait_for_server()
        key = admin_key(self._data_dir)
        live = await begin.set_up(
            self._director, control, self._data_dir, self.url, key, self._screen.say
        )
        self._screen.greet(self.url, key, self._data_dir, self._director.ports(), live)
        await begin.teach(self.url, key, self._screen.say)

    async def _wait_for_server(self) -> None:
        """Return when it says that it is ready. Raises ServerFailed."""
        with Client(self.url, timeout_s=5.0, patience_s=0.0) as client:
            try:
                async with asyncio.timeout(_SERVER_READY_S):
                    while True:
                        with suppress(Unreachable, ApiError):
                            await asyncio.to_thread(client.health)
                            return
                        await asyncio.sleep(_POLL_S)
            except TimeoutError:
                raise self._failed(
                    f"the server was not ready after {_SERVER_READY_S:.0f} s"
                ) from None

    def _failed(self, what: str) -> ServerFailed:
        said = self._log_path.read_bytes()[self._log_began :].decode(errors="replace")
        last = said.splitlines()[-_LAST_WORDS:]
        return ServerFailed("\n".join([f"{what}; in {self._log_path} it says:", *last]))


async def _stop(server: asyncio.subprocess.Process) -> None:
    """Ask the server to end and wait until it has; kill it if it does not."""
    if server.returncode is not None:
        return
    server.terminate()
    try:
        async with asyncio.timeout(_SERVER_STOP_S):
            await server.wait()
    except TimeoutError:
        server.kill()
        await server.wait()


def admin_key(data_dir: Path) -> str:
    """The admin key: TWINEDGE_API_KEY, else what the server wrote at its first start."""
    given = os.environ.get("TWINEDGE_API_KEY")
    if given is not None:
        return given
    try:
        return (data_dir / "admin.key").read_text().strip()
    except OSError as error:
        raise ServerFailed(
            f"the admin key cannot be read ({error}); if it was taken away, pass it as "
            "TWINEDGE_API_KEY"
        ) from None
