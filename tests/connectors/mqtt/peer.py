"""mosquitto as a child process of the tests: a broker of another make."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

_PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def program(name: str) -> str:
    """Path of a program; skips the test when it is not installed."""
    found = shutil.which(name, path=_PATHS)
    if found is None:
        pytest.skip(f"needs {name}: run scripts/peers.sh as root")
    return found


class Mosquitto:
    """A broker on one port with a folder of its own; what it stores outlives a kill."""

    def __init__(self, folder: Path, port: int, lines: Sequence[str] = ()) -> None:
        self.port = port
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        has_users = any(line.startswith("password_file") for line in lines)
        config = [
            f"listener {port} 127.0.0.1",
            f"allow_anonymous {'false' if has_users else 'true'}",
            "user root",
            "persistence true",
            f"persistence_location {folder}/",
            "autosave_on_changes true",
            "autosave_interval 1",
            *lines,
        ]
        (folder / "mosquitto.conf").write_text("\n".join(config) + "\n")

    async def start(self) -> None:
        await asyncio.to_thread(self._launch)

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    async def publish(self, topic: str, payload: str, *options: str) -> None:
        await asyncio.to_thread(self._publish, topic, payload, options)

    def _publish(self, topic: str, payload: str, options: Sequence[str]) -> None:
        command = [program("mosquitto_pub"), "-p", str(self.port), "-q", "1", "-t", topic]
        try:
            subprocess.run(
                [*command, "-l", *options],
                input=payload.encode(), timeout=5, check=False, capture_output=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return  # a frozen broker

    def _launch(self) -> None:
        binary = program("mosquitto")
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [binary, "-c", str(self._folder / "mosquitto.conf")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert time.monotonic() < deadline, (self._folder / "log").read_text()
                assert self._process.poll() is None, (self._folder / "log").read_text()
                time.sleep(0.02)
            else:
                return
