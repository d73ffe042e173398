"""The request body on its way in: inflated, counted, and cut off at its limit."""

import re
from collections.abc import Iterator

from starlette.types import Message, Receive, Scope

from twinedge.kit.errors import TooLarge
from twinedge.web.inflate import Inflater, inflater
from twinedge.web.limits import Limits, MiB


class BodyLimits:
    """How large a body each path may send."""

    def __init__(self, limits: Limits) -> None:
        self.default_bytes = limits.body_bytes
        self._large = [(re.compile(large.path), large.max_bytes) for large in limits.large_bodies]

    def max_bytes(self, path: str) -> int:
        for pattern, max_bytes in self._large:
            if pattern.fullmatch(path):
                return max_bytes
        return self.default_bytes


class GuardedBody:
    """The `receive` of one request; hands on plain bytes.

    Calling it raises TooLarge as soon as more than the path's limit was declared, sent or
    inflated, and Invalid on broken compression. An unknown Content-Encoding raises
    UnsupportedMediaType at once; for a known one, the scope's headers are freed of the compressed
    form, so that nothing behind this has to know of it.
    """

    def __init__(
        self, scope: Scope, receive: Receive, headers: dict[bytes, bytes], limits: BodyLimits
    ) -> None:
        self._receive = receive
        self._path: str = scope["path"]
        self._limits = limits
        self._max_bytes = limits.default_bytes
        self._seen = 0
        declared = headers.get(b"content-length", b"")
        self._declared = int(declared) if declared.isdigit() else 0
        self._inflater: Inflater | None = inflater(headers.get(b"content-encoding", b""))
        self._pieces: Iterator[bytes] = iter(())
        self._last = False
        if self._inflater is not None:
            scope["headers"] = [
                pair
                for pair in scope["headers"]
                if pair[0] not in {b"content-encoding", b"content-length"}
            ]

    async def __call__(self) -> Message:
        if self._declared:
            self._check(self._declared)
            self._declared = 0
        if self._inflater is None:
            message = await self._receive()
            if message["type"] == "http.request":
                self._seen += len(message.get("body", b""))
                self._check(self._seen)
            return message
        return await self._inflated(self._inflater)

    async def _inflated(self, inflater: Inflater) -> Message:
        while True:
            for plain in self._pieces:
                self._seen += len(plain)
                self._check(self._seen)
                return {"type": "http.request", "body": plain, "more_body": True}
            if self._last:
                self._inflater = None  # the next messages are about the connection only
                inflater.finish()
                return {"type": "http.request", "body": b"", "more_body": False}
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            self._pieces = inflater.feed(message.get("body", b""))
            self._last = not message.get("more_body", False)

    def _check(self, size: int) -> None:
        if size <= self._max_bytes:
            return
        self._max_bytes = self._limits.max_bytes(self._path)
        if size > self._max_bytes:
            raise TooLarge(
                f"the body is larger than {self._max_bytes / MiB:g} MiB, the most this path takes"
            )
