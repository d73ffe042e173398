"""A Modbus device of another make (libmodbus, `server.c`) as a child process of the tests."""

import asyncio
import shutil
import signal
import socket
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_SOURCE = Path(__file__).with_name("server.c")


def build_server(into: Path) -> Path:
    """Compile the server; skips the test when neither compiler nor libmodbus is there."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    found = shutil.which("pkg-config") and subprocess.run(
        ["pkg-config", "--cflags", "--libs", "libmodbus"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if compiler is None or not found or found.returncode != 0:
        pytest.skip("needs a C compiler and libmodbus-dev: run scripts/peers.sh as root")
    binary = into / "modbus-server"
    flags = found.stdout.split()
    subprocess.run([compiler, "-O1", "-o", binary, _SOURCE, *flags], check=True)
    return binary


class Device:
    """The server on one port; `stop` kills it, `start` brings it back there."""

    def __init__(self, binary: Path, port: int, options: Sequence[str] = ()) -> None:
        self.port = port
        self._command = [str(binary), str(port), *options]
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        self._process = await asyncio.to_thread(self._launch)

    def _launch(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        return process

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with process:
                process.kill()

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    async def write(self, offset: int, values: Sequence[int], unit: int = 1) -> None:
        """Write holding registers, over a connection of its own."""
        data = struct.pack(f">{len(values)}H", *values)
        body = struct.pack(">BBHHB", unit, 16, offset, len(values), len(data)) + data
        await asyncio.to_thread(self._exchange, body)

    async def write_coil(self, offset: int, is_on: bool) -> None:
        await asyncio.to_thread(
            self._exchange, struct.pack(">BBHH", 1, 5, offset, 0xFF00 if is_on else 0)
        )

    def _exchange(self, body: bytes) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(struct.pack(">HHH", 1, 0, len(body)) + body)
            answer = connection.recv(300)
        assert answer[7] == body[1], answer.hex()
