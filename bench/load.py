"""A small keep-alive HTTP load generator: prebuilt requests out, status and latency back.

It costs a fraction of a general client, so the server is measured and not the client beside it.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np


@dataclass(slots=True)
class Outcome:
    """Latencies of all requests in ms, and how long the whole took in s."""

    latency_ms: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wall_s: float = 0.0
    received_bytes: int = 0

    def percentile(self, q: float) -> float:
        return float(np.percentile(self.latency_ms, q)) if self.latency_ms else float("nan")

    @property
    def failed(self) -> int:
        return sum(n for status, n in self.statuses.items() if status >= 300)


def request(
    method: str, path: str, key: str, body: bytes = b"", content_type: str = "application/json"
) -> bytes:
    """The bytes of one HTTP/1.1 request."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def run(port: int, requests: Iterable[bytes], clients: int) -> Outcome:
    """Send the requests over `clients` connections, each waiting for its answer."""
    outcome = Outcome()
    feed = iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(_client(port, feed, outcome) for _ in range(clients)))
    outcome.wall_s = time.perf_counter() - started
    return outcome


async def _client(port: int, feed: Iterator[bytes], outcome: Outcome) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    try:
        for message in feed:
            started = time.perf_counter()
            writer.write(message)
            status, size = await _answer(reader)
            outcome.latency_ms.append((time.perf_counter() - started) * 1000)
            outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
            outcome.received_bytes += size
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lowered = head.lower()
    if b"transfer-encoding: chunked" in lowered:
        size = 0
        while chunk := int((await reader.readline()).split(b";")[0], 16):
            size += len(await reader.readexactly(chunk + 2)) - 2
        await reader.readline()
        return status, size
    at = lowered.find(b"content-length:")
    size = int(lowered[at + 15 : lowered.index(b"\r", at)]) if at >= 0 else 0
    await reader.readexactly(size)
    return status, size
