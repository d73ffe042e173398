"""`Idempotency-Key`: a POST repeated with the same key is done once and answered twice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinedge.kit.errors import Invalid

MAX_BODY_BYTES = 1024 * 1024
"""Larger POSTs (bulk telemetry, uploads) are passed on without remembering: repeating them is
harmless by nature, the same points and the same file are stored once."""
_KEPT_HEADERS = {b"content-type", b"location", b"etag"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer as it was sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Idempotency(Protocol):
    """Where answers are remembered for 24 hours. Keys are per principal and path."""

    async def begin(self, owner: str, path: str, key: str, fingerprint: str) -> Answer | None:
        """The answer given before, or None: go on, and `finish` or `abandon`.

        Raises Conflict when the key was used with another body, or its first use still runs.
        """
        ...

    async def finish(self, owner: str, path: str, key: str, answer: Answer) -> None:
        """Remember the answer."""
        ...

    async def abandon(self, owner: str, path: str, key: str) -> None:
        """Forget the attempt; it changed nothing."""
        ...


async def once(
    memory: Idempotency,
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: Mapping[bytes, bytes],
) -> None:
    """Run the request unless it was run before; a success is remembered, a failure is not.

    A failed request changed nothing, so its repetition may be tried again, also with a body put
    right.
    """
    key = _key(headers[b"idempotency-key"])
    owner, path = scope["state"]["principal"].id, scope["path"]
    messages, body = await _read(receive)
    replay = _replaying(messages, receive)
    if body is None:
        await app(scope, replay, send)
        return
    fingerprint = _fingerprint(scope, headers, body)
    before = await memory.begin(owner, path, key, fingerprint)
    if before is not None:
        await _resend(before, send)
        return
    tape = _Tape(send)
    try:
        await app(scope, replay, tape)
    finally:
        answer = tape.answer()
        if answer is not None:
            await memory.finish(owner, path, key, answer)
        else:
            await memory.abandon(owner, path, key)
    await tape.release()


def _key(raw: bytes) -> str:
    key = raw.decode("latin-1")
    if not 1 <= len(key) <= 255 or not (key.isascii() and key.isprintable()):
        raise Invalid.at("Idempotency-Key", "must have 1 to 255 printable ASCII characters")
    return key


def _fingerprint(scope: Scope, headers: Mapping[bytes, bytes], body: bytes) -> str:
    parts = (scope.get("query_string", b""), headers.get(b"content-type", b""), body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


async def _read(receive: Receive) -> tuple[list[Message], bytes | None]:
    """The body's messages and its bytes; None for the bytes when it is over MAX_BODY_BYTES."""
    messages: list[Message] = []
    body = b""
    while True:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            return messages, None
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return messages, None
        if not message.get("more_body", False):
            return messages, body


def _replaying(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replay() -> Message:
        for message in waiting:
            return message
        return await receive()

    return replay


class _Tape:
    """Holds the answer back until it is remembered: what the client saw is what it sees again."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self._size = 0
        self._flowing = False

    async def __call__(self, message: Message) -> None:
        self._size += len(message.get("body", b""))
        self._held.append(message)
        if self._size > MAX_BODY_BYTES:
            self._flowing = True
            await self.release()

    def answer(self) -> Answer | None:
        """The answer, if it is a whole success of a size worth keeping."""
        if self._flowing or not self._held or self._held[-1].get("more_body", False):
            return None
        start = self._held[0]
        if not 200 <= start["status"] < 300:
            return None
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in start.get("headers", ())
            if name.lower() in _KEPT_HEADERS
        )
        body = b"".join(message.get("body", b"") for message in self._held[1:])
        return Answer(start["status"], headers, body)

    async def release(self) -> None:
        held, self._held = self._held, []
        for message in held:
            await self._send(message)


async def _resend(answer: Answer, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    headers.append((b"idempotency-replayed", b"true"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
