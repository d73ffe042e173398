"""Answers compressed on the way out when the client asks: zstd, else gzip; streams keep flowing."""

import re
import zlib
from typing import Protocol

import zstandard
from starlette.types import Message, Send

MIN_BYTES = 1024
_COMPRESSIBLE = re.compile(
    rb"(text/(?!event-stream).*|application/(.*json|.*javascript|xml|x-ndjson|wasm)|image/svg\+xml)"
)


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self, mode: int, /) -> bytes: ...


def chosen(accept_encoding: bytes) -> str | None:
    """The best encoding the client takes; None when it wants none of ours."""
    wanted: set[str] = set()
    for part in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameters = part.strip().partition(";")
        if parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            wanted.add(name.strip())
    return next((name for name in ("zstd", "gzip") if name in wanted), None)


class Compressing:
    """A `send` that compresses what is text and larger than MIN_BYTES.

    Each piece of a streamed answer is flushed, so the client sees it when it was sent.
    """

    def __init__(self, send: Send, encoding: str) -> None:
        self._send = send
        self._encoding = encoding
        self._start: Message | None = None
        self._compressor: _Compressor | None = None

    async def __call__(self, message: Message) -> None:
        kind = message["type"]
        if kind == "http.response.start" and _worth_it(message):
            self._start = message  # wait for the body: only then its size is known
            return
        if kind == "http.response.body" and (self._start or self._compressor):
            await self._body(message)
            return
        if self._start is not None:  # the server sends a file by itself: not compressed
            start, self._start = self._start, None
            await self._send(start)
        await self._send(message)

    async def _body(self, message: Message) -> None:
        body: bytes = message.get("body", b"")
        more: bool = message.get("more_body", False)
        if self._start is not None:
            start, self._start = self._start, None
            if not more and len(body) < MIN_BYTES:
                await self._send(start)
                await self._send(message)
                return
            self._compressor = self._new_compressor()
            await self._send(_encoded(start, self._encoding))
        assert self._compressor is not None
        packed = self._compressor.compress(body)
        packed += self._compressor.flush(self._flush_mode(more))
        await self._send({"type": "http.response.body", "body": packed, "more_body": more})

    def _new_compressor(self) -> _Compressor:
        if self._encoding == "zstd":
            return zstandard.ZstdCompressor(level=1).compressobj()
        return zlib.compressobj(1, zlib.DEFLATED, 31)

    def _flush_mode(self, more: bool) -> int:
        if self._encoding == "zstd":
            return zstandard.COMPRESSOBJ_FLUSH_BLOCK if more else zstandard.COMPRESSOBJ_FLUSH_FINISH
        return zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH


def _worth_it(start: Message) -> bool:
    """Whether this answer may be compressed, as far as its headers tell."""
    if start["status"] in {204, 206, 304}:
        return False
    kind = b""
    for name, value in start.get("headers", ()):
        match name.lower():
            case b"content-encoding":
                return False
            case b"content-length" if value.isdigit() and int(value) < MIN_BYTES:
                return False
            case b"content-type":
                kind = value.partition(b";")[0].strip().lower()
    return _COMPRESSIBLE.fullmatch(kind) is not None


def _encoded(start: Message, encoding: str) -> Message:
    headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    headers.append((b"content-encoding", encoding.encode()))
    return {**start, "headers": headers}
