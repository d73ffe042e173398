"""How `twinedge demo fault …` in another terminal reaches a running demo.

A TCP port on loopback, one JSON line each way: {token, command, arguments} and {data} or {error}.
The token stands in `demo.json`, which only the demo's own user can read.
"""

import asyncio
import hmac
import json
import secrets
import socket
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from twinedge.demo.director import Director
from twinedge.demo.faults import Fault
from twinedge.demo.session import Session
from twinedge.kit.errors import Invalid, TwinEdgeError, Unavailable

_LINE_MAX_BYTES = 64 * 1024
_ANSWER_S = 40.0


class Control:
    """The demo's side of the channel; use as an async context around its run."""

    def __init__(self, director: Director) -> None:
        self.token = secrets.token_urlsafe(24)
        self._director = director
        self._server: asyncio.Server | None = None
        self._commands: dict[str, Callable[..., Awaitable[Any]]] = {
            "status": self._status,
            "fault": self._fault,
            "clear": self._clear,
            "quiet": self._quiet,
            "stop": self._stop,
            "start": self._start,
        }

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> "Control":
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=_LINE_MAX_BYTES
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_ANSWER_S):
                answer = await self._answer(await reader.readline())
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except (TimeoutError, ConnectionError):
            writer.transport.abort()
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(line)
            if not hmac.compare_digest(str(asked["token"]), self.token):
                return {"error": "this is another demo: wrong token"}
            return {"data": await self._commands[asked["command"]](**asked["arguments"])}
        except (ValueError, KeyError, TypeError):
            return {"error": "the demo does not know this command; is it of the same version?"}
        except TwinEdgeError as error:
            return {"error": error.message}
        except TimeoutError:
            return {"error": "the server did not come up in time; its log is in the data directory"}

    async def _status(self) -> dict[str, Any]:
        coming = self._director.next_fault()
        return {
            "seed": self._director.seed,
            "elapsed_s": self._director.elapsed_s,
            "servers": [asdict(server) for server in self._director.servers()],
            "faults": [self._told(fault) for fault in self._director.faults()],
            "next_fault": None if coming is None else self._told(coming),
        }

    async def _fault(self, kind: str, asset_id: str) -> dict[str, Any]:
        return self._told(self._director.start_fault(kind, asset_id))

    async def _clear(self, kind: str | None, asset_id: str | None) -> int:
        return self._director.clear_faults(kind, asset_id)

    async def _quiet(self, minutes: float) -> None:
        self._director.quiet(minutes * 60.0)

    async def _stop(self, name: str) -> None:
        await self._director.stop_server(name)

    async def _start(self, name: str) -> None:
        await self._director.start_server(name)

    def _told(self, fault: Fault) -> dict[str, Any]:
        now_s = self._director.elapsed_s
        return {
            "kind": fault.kind,
            "asset_id": fault.asset_id,
            "by_hand": fault.by_hand,
            "severity": round(fault.severity(now_s), 2),
            "starts_in_s": max(0.0, fault.start_s - now_s),
            "ends_in_s": None if fault.end_s is None else max(0.0, fault.end_s - now_s),
        }


def ask(session: Session, command: str, **arguments: Any) -> Any:
    """The caller's side: one command to a running demo. Raises Invalid or Unavailable."""
    asked = {"token": session.token, "command": command, "arguments": arguments}
    try:
        with socket.create_connection(("127.0.0.1", session.control_port), timeout=5) as link:
            link.settimeout(_ANSWER_S)
            link.sendall(json.dumps(asked).encode() + b"\n")
            with link.makefile("rb") as answers:
                line = answers.readline(_LINE_MAX_BYTES)
    except OSError as error:
        raise Unavailable(f"the demo (process {session.pid}) does not answer: {error}") from None
    if not line:
        raise Unavailable(f"the demo (process {session.pid}) hung up without an answer")
    answer = json.loads(line)
    if "error" in answer:
        raise Invalid(answer["error"])
    return answer["data"]
