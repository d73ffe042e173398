"""Real OPC UA servers of other makes as processes under the tests' control."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.contracts.connector import free_port
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.sources.model import TagSpec

PEERS = Path(__file__).parent / "peers"
URI = "urn:test:plant"
START_S = 120.0


class PeerProcess:
    """A server process that prints "ready" and obeys lines of JSON."""

    def __init__(self, command: Sequence[str], options: dict[str, Any]) -> None:
        self._command = list(command)
        self.options = options
        self._process: asyncio.subprocess.Process | None = None
        self._asking = asyncio.Lock()

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            json.dumps(self.options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await self._line("ready")

    async def order(self, **order: Any) -> None:
        """Send an order and wait until it is done."""
        async with self._asking:
            process = self._running()
            assert process.stdin is not None
            process.stdin.write(json.dumps(order).encode() + b"\n")
            await process.stdin.drain()
            await self._line("ok")

    async def _line(self, wanted: str) -> None:
        stdout = self._running().stdout
        assert stdout is not None
        async with asyncio.timeout(START_S):
            while (line := await stdout.readline()).strip() != wanted.encode():
                assert line, f"the peer ended before it said {wanted!r}"

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            os.kill(process.pid, signal.SIGCONT)
            process.kill()
        if process is not None:
            await process.communicate()

    def freeze(self) -> None:
        os.kill(self._running().pid, signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGCONT)

    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "the peer is not running"
        return self._process


def open62541(options: dict[str, Any]) -> PeerProcess:
    return PeerProcess([sys.executable, str(PEERS / "open62541.py")], options)


def number_tag(name: str, **more: Any) -> TagSpec:
    return TagSpec(f"ns=1;s={name}", "plant", name, interval_ms=100, **more)


class OpcuaPlant:
    """See `tests.contracts.connector.Plant`."""

    def __init__(self, peer: PeerProcess, driver: OpcuaDriver) -> None:
        self._peer = peer
        self.port: int = peer.options["port"]
        self.driver = driver
        self.config = settings(self.port, subscription={"publishing_interval_ms": 100})
        self.tags = [number_tag("Temperature"), number_tag("Pressure")]
        self.bad_tag: TagSpec | None = number_tag("NoSuchNode")
        self.garbage_address = "Temperature"
        self.refused = settings(free_port())
        self.unknown_host = OpcuaSettings(endpoint="opc.tcp://no-such-host.invalid:4840")

    async def start(self) -> None:
        await self._peer.start()

    async def stop(self) -> None:
        await self._peer.stop()

    async def freeze(self) -> None:
        self._peer.freeze()

    async def thaw(self) -> None:
        self._peer.thaw()

    async def set(self, tag: TagSpec, value: float) -> None:
        await self._peer.order(set=tag.tag_name, value=value)


def settings(port: int, **more: Any) -> OpcuaSettings:
    return OpcuaSettings.model_validate({"endpoint": f"opc.tcp://127.0.0.1:{port}", **more})
